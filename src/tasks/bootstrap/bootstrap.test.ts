import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resampleLabelSets } from '../multi-label-classification/resample';
import { resampleNumbers } from '../regression/resample';
import { resampleClasses } from '../single-label-classification/resample';
import { resampleSentences } from '../token-classification/resample';
import { bootstrapIntervals, drawRows, drawsOf, quantile, type Resample } from '.';

type Drawn = Record<string, number | null>;
type GoldenCase = {
  name: string;
  index: number[][];
  drawn: Drawn[];
  percentiles: Record<string, [number, number]>;
  scipy?: Record<string, { interval: [number, number]; within: [[number, number], [number, number]] }>;
} & (
  | { task: 'class'; labels: number; truth: number[]; answers: number[]; logits: number[][] }
  | { task: 'labels'; labels: number; truth: number[][]; answers: number[][]; logits: number[][] }
  | { task: 'number'; truth: number[]; answers: number[] }
  | { task: 'tokens'; truth: string[][]; answers: string[][] }
);

const golden = JSON.parse(readFileSync('parity/golden/bootstrap.json', 'utf8')) as { draws: number; cases: GoldenCase[] };
const cases = golden.cases.map((one) => [one.name, one] as const);

function resampleOf(one: GoldenCase): Resample {
  switch (one.task) {
    case 'class':
      return resampleClasses(one.truth, one.answers, one.logits, one.labels);
    case 'labels':
      return resampleLabelSets(one.truth, one.answers, one.logits, one.labels);
    case 'number':
      return resampleNumbers(one.truth, one.answers, 1);
    case 'tokens':
      return resampleSentences(one.truth.map((truth, row) => ({ truth, answers: one.answers[row] ?? [], losses: [] })), 'IOB2');
  }
}

function countsOf(index: readonly number[]): Uint32Array {
  const counts = new Uint32Array(index.length);
  for (const row of index) counts[row] = (counts[row] ?? 0) + 1;
  return counts;
}

/** Relative, for figures of every size. */
function expectClose(actual: number | null | undefined, wanted: number): void {
  expect(Math.abs((actual ?? NaN) - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

describe('figures of drawn rows are those of scikit-learn, scipy and seqeval on just these rows', () => {
  it('has enough cases, some where a figure has no meaning', () => {
    expect(cases.length).toBeGreaterThanOrEqual(7);
    expect(cases.some(([, { drawn }]) => drawn.some(({ r2 }) => r2 === null))).toBe(true);
  });

  it.each(cases)('%s', (_, one) => {
    const resample = resampleOf(one);
    const values = one.index.map((index) => resample.figures(countsOf(index)));
    one.drawn.forEach((wanted, draw) => {
      for (const [name, value] of Object.entries(wanted)) {
        if (value === null) expect([name, values[draw]?.[name]]).toEqual([name, null]);
        else expectClose(values[draw]?.[name], value);
      }
    });
    for (const [name, [low, high]] of Object.entries(one.percentiles)) {
      const sorted = Float64Array.from(values, (figures) => figures[name] ?? NaN).sort();
      expectClose(quantile(sorted, 0.025), low);
      expectClose(quantile(sorted, 0.975), high);
    }
  });
});

describe('intervals lie within chance of scipy.stats.bootstrap', () => {
  it.each(cases.filter(([, { scipy }]) => scipy))('%s', (_, one) => {
    const intervals = bootstrapIntervals(resampleOf(one), golden.draws);
    for (const [name, { within }] of Object.entries(one.scipy ?? {})) {
      within.forEach(([least, most], end) => {
        const actual = intervals[name]?.[end];
        expect(actual, `${name} ${end}`).toBeGreaterThanOrEqual(least - 1e-9);
        expect(actual, `${name} ${end}`).toBeLessThanOrEqual(most + 1e-9);
      });
    }
  });
});

describe('an interval', () => {
  const logits = (rows: number) => Array.from({ length: rows }, () => [0, 1]);

  it('is Wilson of the share where every row is right, or none: drawn anew they are all the same', () => {
    expect(bootstrapIntervals(resampleClasses([0, 1, 0, 1], [0, 1, 0, 1], logits(4), 2))).toMatchObject({ accuracy: [expect.closeTo(0.5101, 4), 1], macroF1: null });
    expect(bootstrapIntervals(resampleClasses([0, 1], [1, 0], logits(2), 2))['accuracy']).toEqual([0, expect.closeTo(0.6576, 4)]);
  });

  it('is null where the figure is, where it has no width and where too many draws lack the figure', () => {
    expect(bootstrapIntervals(resampleNumbers([2, 2, 2], [1, 2, 3], 1))).toMatchObject({ r2: null, pearson: null, spearman: null });
    expect(bootstrapIntervals(resampleNumbers([1, 2, 3], [2, 3, 4], 1))['meanAbsoluteError']).toBeNull();
    // Of two rows every other draw is twice the same one.
    expect(bootstrapIntervals(resampleNumbers([1, 2], [1, 3], 1))['r2']).toBeNull();
  });

  it('of one row says nothing but Wilson', () => {
    expect(bootstrapIntervals(resampleNumbers([1], [2], 1))).toEqual({ meanSquaredError: null, meanAbsoluteError: null, r2: null, pearson: null, spearman: null, loss: null });
    expect(bootstrapIntervals(resampleClasses([0], [0], logits(1), 2))).toEqual({ accuracy: [expect.closeTo(0.2065, 4), 1], macroF1: null, loss: null });
    expect(bootstrapIntervals(resampleClasses([], [], [], 2))).toEqual({ accuracy: null, macroF1: null, loss: null });
  });

  it('is the same for the same rows', () => {
    const resample = resampleNumbers([1, 5, 3, 2, 8, 1], [1, 4, 4, 2, 6, 2], 1);
    expect(bootstrapIntervals(resample)).toEqual(bootstrapIntervals(resample));
    expect(bootstrapIntervals(resample, 50, 1)).not.toEqual(bootstrapIntervals(resample, 50, 2));
  });
});

describe('draws', () => {
  it('hold as many rows as there are, every row as often as any other', () => {
    const rows = 50;
    const sums = new Float64Array(rows);
    const counts = new Uint32Array(rows);
    for (let draw = 0; draw < 2000; draw += 1) {
      drawRows(counts, new Uint32Array(rows), 0, draw);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows);
      counts.forEach((count, row) => (sums[row] = (sums[row] ?? 0) + count));
    }
    // 2,000 a row are expected, with a standard deviation of 44.
    for (const sum of sums) expect(Math.abs(sum - 2000)).toBeLessThan(5 * 44);
  });

  it('are fewer where there are many rows', () => {
    expect([10, 10_000, 20_000, 10_000_000].map(drawsOf)).toEqual([1000, 1000, 500, 200]);
  });
});
