/** Rows to folds, so that each row is judged by a model that has not learnt from it or from a copy of it. */
import { seededPermutation } from '../../domain';

/** Apart from the streams that shuffle and split. */
const stream = 0xf01d;

/**
 * Fold of each row, from 0. Rows of one group share a fold; the groups of each label, taken in a seeded order, are dealt
 * to the folds in turn, so that labels are spread alike.
 *
 * @param groups one number a row, from 0: equal for copies of a text
 */
export function dealFolds(labels: Int32Array, groups: Int32Array, folds: number, seed: number): Int32Array {
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const labelOf = new Int32Array(count).fill(-1);
  groups.forEach((group, index) => {
    if (labelOf[group] === -1) labelOf[group] = labels[index] ?? 0;
  });
  const foldOf = new Int32Array(count);
  const dealt = new Map<number, number>();
  for (const group of seededPermutation(count, seed, stream)) {
    const label = labelOf[group] ?? 0;
    // Labels begin at different folds, so that those with few rows do not all fill the first.
    const next = dealt.get(label) ?? label % folds;
    foldOf[group] = next % folds;
    dealt.set(label, next + 1);
  }
  return groups.map((group) => foldOf[group] ?? 0);
}
