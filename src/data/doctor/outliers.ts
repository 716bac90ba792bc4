/** Numbers far off all others: slips of the pen, codes for "unknown", another unit. */
import type { FindingCheck } from './check';

/** Tukey's outer fences ("far out", Exploratory Data Analysis, 1977): so many quartile distances beyond the quartiles. */
const distances = 3;
const enoughRows = 20;

/** By linear interpolation between the order statistics, as numpy's `percentile` does. @param sorted ascending, not empty */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place % 1);
}

export const outliers: FindingCheck<'outliers'> = {
  id: 'outliers',
  examine(examined) {
    const values = Float64Array.from(examined.rows.flatMap(({ target }) => (target.kind === 'number' ? [target.value] : []))).sort();
    if (values.length < enoughRows) return null;
    const [low, high] = [quantile(values, 0.25), quantile(values, 0.75)];
    // Where half of all numbers are one, every other would be far off.
    if (low === high) return null;
    const [from, to] = [low - distances * (high - low), high + distances * (high - low)];
    const rows = examined.rows.filter(({ target }) => target.kind === 'number' && (target.value < from || target.value > to));
    return rows.length === 0 ? null : { id: 'outliers', rows: rows.length, examples: examined.examples(rows), from, to };
  },
  mend(files, mend) {
    if (mend.finding !== 'outliers') return 0;
    const { from, to } = mend;
    const isNear = ({ target }: (typeof files.data.rows)[number]) => target.kind !== 'number' || (target.value >= from && target.value <= to);
    // What is tested stays as it is given: only learning is spared.
    return files.data.keep((row) => row.side === 'test' || isNear(row), 'outlier');
  },
};
