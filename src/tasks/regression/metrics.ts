/** Scores of numbers, with scikit-learn's and scipy's meaning (held to them in metrics.test.ts). */

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean of a figure over pairs of truth and answer; 0 where there are none. */
function meanOver(truth: readonly number[], answers: readonly number[], figure: (difference: number) => number): number {
  return truth.length > 0 ? meanOf(truth.map((value, index) => figure((answers[index] ?? NaN) - value))) : 0;
}

export const meanSquaredError = (truth: readonly number[], answers: readonly number[]): number => meanOver(truth, answers, (difference) => difference * difference);
export const meanAbsoluteError = (truth: readonly number[], answers: readonly number[]): number => meanOver(truth, answers, Math.abs);

/** Compared, not counted: the squares of equal numbers about their mean may leave a rounding error, and no meaning. */
const varies = (values: readonly number[]): boolean => values.some((value) => value !== values[0]);

/** Null where all truths are equal: there is nothing to explain (scikit-learn puts 0 or 1). */
export function r2(truth: readonly number[], answers: readonly number[]): number | null {
  if (!varies(truth)) return null;
  const mean = meanOf(truth);
  const spread = meanSquaredError(truth, truth.map(() => mean));
  // Numbers that differ may still have squares too small to be told from 0.
  return spread > 0 ? 1 - meanSquaredError(truth, answers) / spread : null;
}

/** Pearson's correlation; null where one side does not vary. */
export function pearson(left: readonly number[], right: readonly number[]): number | null {
  if (!varies(left) || !varies(right)) return null;
  const [leftMean, rightMean] = [meanOf(left), meanOf(right)];
  let together = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  left.forEach((value, index) => {
    const leftDistance = value - leftMean;
    const rightDistance = (right[index] ?? NaN) - rightMean;
    together += leftDistance * rightDistance;
    leftSquares += leftDistance * leftDistance;
    rightSquares += rightDistance * rightDistance;
  });
  if (!(leftSquares > 0 && rightSquares > 0)) return null;
  // Rounding may carry a perfect correlation a little too far.
  return Math.max(-1, Math.min(1, together / (Math.sqrt(leftSquares) * Math.sqrt(rightSquares))));
}

/** Ranks from 1; equals share the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const result = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[first] ?? 0]) end += 1;
    for (const place of order.slice(first, end)) result[place] = (first + 1 + end) / 2;
    first = end;
  }
  return result;
}

/** Spearman's correlation: Pearson's of the ranks. */
export const spearman = (left: readonly number[], right: readonly number[]): number | null => pearson(ranks(left), ranks(right));
