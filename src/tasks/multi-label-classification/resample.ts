/** Figures of rows with any number of labels, drawn anew. */
import type { Resample } from '../bootstrap';
import { f1Of, rowLosses, type LabelSets } from './metrics';

/** Label ids of all rows one after another; those of row r begin at `starts[r]`. */
function flatten(sets: LabelSets): { ids: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(sets.length + 1);
  sets.forEach((set, row) => (starts[row + 1] = (starts[row] ?? 0) + set.length));
  return { ids: Uint32Array.from(sets.flat()), starts };
}

function addTo(sums: Float64Array, { ids, starts }: ReturnType<typeof flatten>, row: number, count: number): void {
  for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place += 1) {
    const id = ids[place] ?? 0;
    sums[id] = (sums[id] ?? 0) + count;
  }
}

/** @param threshold stays as it was chosen: it does not depend on the test rows */
export function resampleLabelSets(truth: LabelSets, answers: LabelSets, logits: readonly ArrayLike<number>[], labels: number): Resample {
  const rows = truth.length;
  const rightSets = truth.map((set, row) => set.filter((label) => answers[row]?.includes(label)));
  const right = flatten(rightSets);
  const owned = flatten(truth);
  const answered = flatten(answers);
  const rowF1 = Float64Array.from(truth, (set, row) => f1Of({ right: rightSets[row]?.length ?? 0, support: set.length, answered: answers[row]?.length ?? 0 }));
  const exact = Float64Array.from(truth, (set, row) => (set.length === answers[row]?.length && set.length === rightSets[row]?.length ? 1 : 0));
  const losses = rowLosses(logits, truth);
  const rightSums = new Float64Array(labels);
  const eitherSums = new Float64Array(labels);
  return {
    rows,
    shares: ['exactMatch'],
    figures(counts) {
      rightSums.fill(0);
      eitherSums.fill(0);
      const sums = { sampleF1: 0, exactMatch: 0, loss: 0 };
      for (let row = 0; row < rows; row += 1) {
        const count = counts[row] ?? 0;
        if (count === 0) continue;
        sums.sampleF1 += count * (rowF1[row] ?? 0);
        sums.exactMatch += count * (exact[row] ?? 0);
        sums.loss += count * (losses[row] ?? 0);
        addTo(rightSums, right, row, count);
        addTo(eitherSums, owned, row, count);
        addTo(eitherSums, answered, row, count);
      }
      let macro = 0;
      const micro = { right: 0, either: 0 };
      for (let label = 0; label < labels; label += 1) {
        const either = eitherSums[label] ?? 0;
        micro.right += rightSums[label] ?? 0;
        micro.either += either;
        if (either > 0) macro += (2 * (rightSums[label] ?? 0)) / either;
      }
      return {
        microF1: micro.either > 0 ? (2 * micro.right) / micro.either : 0,
        macroF1: labels > 0 ? macro / labels : 0,
        sampleF1: sums.sampleF1 / rows,
        exactMatch: sums.exactMatch / rows,
        threshold: null,
        loss: sums.loss / rows,
      };
    },
  };
}
