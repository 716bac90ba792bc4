/**
 * How far chance in the choice of test rows can move a report's figures: the percentile bootstrap (Efron, 1979), held to
 * scipy.stats.bootstrap(method='percentile') in bootstrap.test.ts.
 */
import type { Interval } from '../../domain';
import { drawRows } from './draws';
import { wilsonInterval } from './wilson';

export { drawRows } from './draws';

/** Test rows as far as their figures need them, so that a draw costs a pass over a few numbers a row. */
export interface Resample {
  rows: number;
  /**
   * The report's figures of rows drawn `counts[row]` times each; `counts` sums to `rows`. Names as in `reportMetrics`;
   * null where these rows give a figure no meaning.
   */
  figures(counts: ArrayLike<number>): Record<string, number | null>;
  /** Figures that are a share of rows: where all are right, or all wrong, Wilson's interval stands in. */
  shares: readonly string[];
}

const MOST_DRAWS = 1000;
const FEWEST_DRAWS = 200;
/** Rows over all draws: about half a second. */
const ROWS_DRAWN = 10_000_000;
const SEED = 0;
/** A figure that more draws than this lack (as R2 where the drawn truths are all equal) has no interval. */
const LARGEST_LACKING = 0.05;

/** Linear between neighbours, as numpy's default. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (place - below);
}

/** The interval of a figure from its values over the draws; null where it has no width: that is no sign of certainty. */
function percentileInterval(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values).sort();
  const interval: [number, number] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
  return interval[1] > interval[0] ? interval : null;
}

/** A thousand, as many as are drawn in half a second, but two hundred. */
export function drawsOf(rows: number): number {
  return Math.min(MOST_DRAWS, Math.max(FEWEST_DRAWS, Math.floor(ROWS_DRAWN / Math.max(1, rows))));
}

/** 95 % intervals of all figures, by name. The same rows give the same intervals always. */
export function bootstrapIntervals(resample: Resample, draws = drawsOf(resample.rows), seed = SEED): Record<string, Interval> {
  const counts = new Uint32Array(resample.rows);
  const words = new Uint32Array(resample.rows);
  const own = resample.figures(counts.fill(1));
  const values = new Map(Object.keys(own).map((name) => [name, [] as number[]]));
  for (let draw = 0; draw < draws && resample.rows > 1; draw += 1) {
    drawRows(counts, words, seed, draw);
    for (const [name, value] of Object.entries(resample.figures(counts))) if (value !== null) values.get(name)?.push(value);
  }
  const intervalOf = (name: string, figure: number | null): Interval => {
    if (figure === null) return null;
    if (resample.shares.includes(name) && (figure === 0 || figure === 1)) return wilsonInterval(figure * resample.rows, resample.rows);
    const drawn = values.get(name) ?? [];
    return drawn.length > 0 && drawn.length >= draws * (1 - LARGEST_LACKING) ? percentileInterval(drawn) : null;
  };
  return Object.fromEntries(Object.entries(own).map(([name, figure]) => [name, intervalOf(name, figure)]));
}
