/** Figures of classified rows drawn anew. */
import type { Resample } from '../bootstrap';
import { rowLosses } from './metrics';

/** @param predicted label ids, as `truth` */
export function resampleClasses(truth: readonly number[], predicted: readonly number[], logits: readonly ArrayLike<number>[], labels: number): Resample {
  const rows = truth.length;
  const answers = Uint32Array.from(predicted);
  const labelled = Uint32Array.from(truth);
  const losses = rowLosses(logits, truth);
  const right = new Float64Array(labels);
  // Rows labelled so plus rows answered so: all that an F1 needs beside those right.
  const either = new Float64Array(labels);
  return {
    rows,
    shares: ['accuracy'],
    figures(counts) {
      right.fill(0);
      either.fill(0);
      let allRight = 0;
      let loss = 0;
      for (let row = 0; row < rows; row += 1) {
        const count = counts[row] ?? 0;
        if (count === 0) continue;
        const label = labelled[row] ?? 0;
        const answer = answers[row] ?? 0;
        loss += count * (losses[row] ?? 0);
        either[label] = (either[label] ?? 0) + count;
        either[answer] = (either[answer] ?? 0) + count;
        if (label !== answer) continue;
        right[label] = (right[label] ?? 0) + count;
        allRight += count;
      }
      let sum = 0;
      let present = 0;
      for (let label = 0; label < labels; label += 1) {
        const rowsOfLabel = either[label] ?? 0;
        if (rowsOfLabel === 0) continue;
        present += 1;
        sum += (2 * (right[label] ?? 0)) / rowsOfLabel;
      }
      return { accuracy: allRight / rows, macroF1: present > 0 ? sum / present : 0, loss: loss / rows };
    },
  };
}
