/** Scores of single-label classification, with scikit-learn's meaning (held to it in metrics.test.ts). */
import type { ClassScore } from '../../domain';

/** counts[truth * labels + predicted] */
export function confusionCounts(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: number): Uint32Array {
  const counts = new Uint32Array(labels * labels);
  for (let row = 0; row < truth.length; row++) {
    const cell = (truth[row] ?? 0) * labels + (predicted[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

export function accuracy(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let right = 0;
  for (let row = 0; row < truth.length; row++) if (truth[row] === predicted[row]) right++;
  return truth.length > 0 ? right / truth.length : 0;
}

interface Tally {
  right: number;
  support: number;
  answered: number;
}

function tally(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: number): Tally[] {
  const tallies = Array.from({ length: labels }, (): Tally => ({ right: 0, support: 0, answered: 0 }));
  for (let row = 0; row < truth.length; row++) {
    const expected = tallies[truth[row] ?? -1];
    const answer = tallies[predicted[row] ?? -1];
    if (expected) expected.support++;
    if (answer) answer.answered++;
    if (expected && expected === answer) expected.right++;
  }
  return tallies;
}

const harmonic = ({ right, support, answered }: Tally): number => (right === 0 ? 0 : (2 * right) / (support + answered));

/** Mean F1 over the labels that occur in the truth or among the answers: scikit-learn's default for `average='macro'`. */
export function macroF1(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: number): number {
  const present = tally(truth, predicted, labels).filter(({ support, answered }) => support + answered > 0);
  return present.length > 0 ? present.reduce((sum, one) => sum + harmonic(one), 0) / present.length : 0;
}

/** A label without test rows has no recall and no F1 (null, shown blank), one never answered no precision. */
export function classScores(truth: ArrayLike<number>, predicted: ArrayLike<number>, labels: readonly string[]): ClassScore[] {
  return tally(truth, predicted, labels.length).map((one, index) => ({
    label: labels[index] ?? '',
    precision: one.answered > 0 ? one.right / one.answered : null,
    recall: one.support > 0 ? one.right / one.support : null,
    f1: one.support > 0 ? harmonic(one) : null,
    support: one.support,
  }));
}

/** Softmax of one row of logits, in double precision. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const largest = Math.max(...values);
  const exponentials = values.map((value) => Math.exp(value - largest));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((value) => value / sum);
}

/** Cross-entropy of each row, natural logarithm, straight from the logits so that no score of 0 gives infinity. */
export function rowLosses(logits: readonly ArrayLike<number>[], truth: ArrayLike<number>): Float64Array {
  return Float64Array.from(logits, (row, index) => {
    const values = Array.from(row);
    const largest = Math.max(...values);
    const logSum = Math.log(values.reduce((total, value) => total + Math.exp(value - largest), 0)) + largest;
    return logSum - (values[truth[index] ?? 0] ?? NaN);
  });
}

/** Mean over the rows. */
export function crossEntropy(logits: readonly ArrayLike<number>[], truth: ArrayLike<number>): number {
  return logits.length > 0 ? rowLosses(logits, truth).reduce((sum, loss) => sum + loss, 0) / logits.length : 0;
}

export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if ((values[index] ?? -Infinity) > (values[best] ?? -Infinity)) best = index;
  return best;
}
