/** How long looking for likely wrong labels will take: each row read once by the base model, and five fits. */

/** Multiply-adds a second of the fits, and their steps, as a laptop's processor does them; only the order matters. */
const speed = 5e8;
const usualSteps = 20;
const folds = 5;

export interface LookSize {
  rows: number;
  classes: number;
  hiddenSize: number;
  /** To read all rows once. */
  readingSeconds: number;
}

/** @param mostRows above which a sample is looked at */
export function secondsToLook({ rows, classes, hiddenSize, readingSeconds }: LookSize, mostRows: number): number {
  const looked = Math.min(rows, mostRows);
  const products = looked * hiddenSize * hiddenSize + folds * usualSteps * 2 * looked * hiddenSize * classes;
  return readingSeconds * (looked / Math.max(1, rows)) + products / speed;
}
