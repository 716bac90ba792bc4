/** Cases of cross-entropy: rows without a label, logits so large that their exponentials overflow. */
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers } from '../caseBuilder';
import { lossName, lossTensors, type LossSizes } from '../lossCases';

interface Variant {
  deviation?: number;
  /** Every how manieth row has a label (1: all). */
  labelled?: number;
  scale?: number;
  note?: string;
}

function lossCase(sizes: LossSizes, { deviation = 2, labelled = 1, scale, note = '' }: Variant = {}): InstructionCase {
  const { rows, labels: count } = sizes;
  const build = new CaseBuilder(lossName(sizes, note));
  const { logits, scalars, dLogits, results } = lossTensors(build, sizes, scale ?? 1 / rows, deviation);
  const answers = build.numbers.integers(rows, 0, count - 1).map((label, row) => (row % labelled === 0 ? label : -1));
  const labels = build.integers('labels', [rows], answers);
  return build.build({ kind: 'softmaxCrossEntropy', reads: { logits, labels, scalars }, writes: { dLogits, results }, rows, labels: count });
}

export function softmaxCrossEntropyCases(): InstructionCase[] {
  const numbers = new SeededNumbers(10);
  return [
    ...([[1, 1], [1, 2], [3, 5], [16, 6], [7, 2], [33, 77], [65, 3], [64, 64], [257, 4]] as const).map(([rows, labels]) => lossCase({ rows, labels })),
    lossCase({ rows: 16, labels: 6 }, { labelled: 3, scale: 1 / 6, note: ', a third has labels' }),
    lossCase({ rows: 5, labels: 4 }, { labelled: 7, scale: 0.5, note: ', one row has a label' }),
    lossCase({ rows: 16, labels: 6 }, { scale: 1 / 64, note: ', part of a larger batch' }),
    lossCase({ rows: 9, labels: 5 }, { deviation: 150, note: ', huge logits' }),
    ...Array.from({ length: 5 }, (_, index) => lossCase({ rows: numbers.integer(1, 40), labels: numbers.integer(2, 90) }, { note: `, random ${index}` })),
    unlabelledCase(),
  ];
}

/** A micro-batch that is there to fill up the last bucket: no row counts. */
function unlabelledCase(): InstructionCase {
  const sizes = { rows: 4, labels: 3 };
  const build = new CaseBuilder(lossName(sizes, ', no labels'));
  const { logits, scalars, dLogits, results } = lossTensors(build, sizes, 0.25, 2);
  const labels = build.integers('labels', [4], new Float64Array(4).fill(-1));
  return build.build({ kind: 'softmaxCrossEntropy', reads: { logits, labels, scalars }, writes: { dLogits, results }, ...sizes });
}
