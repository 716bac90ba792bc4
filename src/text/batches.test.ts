import { describe, expect, it } from 'vitest';
import { uniform } from '../domain';
import { bucketLength, epochBatches, evaluationBatches, padBatch, type EncodedRow } from './batches';

/** Lengths between 4 and 131, of all sorts. */
const lengthsOf = (rows: number): number[] => Array.from({ length: rows }, (_, index) => 4 + Math.floor(128 * uniform(7, 1, index) ** 2));
const ascending = (rows: number): number[] => Array.from({ length: rows }, (_, index) => index);
const sorted = (batches: number[][]): number[] => batches.flat().sort((left, right) => left - right);

const encoded = (inputIds: number[], label = 0): EncodedRow => ({ inputIds: Int32Array.from(inputIds), tokenTypeIds: Int32Array.from(inputIds, (id) => id % 2), label });

/** Tokens that a device computes: every row of a batch is as long as the batch. */
function paddedTokens(batches: number[][], lengths: number[]): number {
  return batches.reduce((sum, batch) => sum + batch.length * bucketLength(Math.max(...batch.map((row) => lengths[row] ?? 0))), 0);
}

describe.each([true, false])('epochBatches, grouped by length: %s', (groupByLength) => {
  const lengths = lengthsOf(203);
  const epoch = (seed: number, number: number) => epochBatches(lengths, 8, groupByLength, seed, number);

  it.each([[203, 8], [16, 16], [17, 16], [1, 8], [1000, 3], [7, 64]])('gives every one of %i rows once in batches of %i, the smaller last batch kept', (rows, batchSize) => {
    const batches = epochBatches(lengthsOf(rows), batchSize, groupByLength, 42, 0);
    expect(sorted(batches)).toEqual(ascending(rows));
    expect(batches).toHaveLength(Math.ceil(rows / batchSize));
    const sizes = batches.map(({ length }) => length);
    expect(sizes.filter((size) => size === batchSize)).toHaveLength(Math.floor(rows / batchSize));
    if (rows % batchSize > 0) expect(Math.min(...sizes)).toBe(rows % batchSize);
  });

  it('is decided by seed and epoch', () => {
    expect(epoch(42, 0)).toEqual(epoch(42, 0));
    expect(epoch(42, 1)).toEqual(epoch(42, 1));
    expect(epoch(42, 1)).not.toEqual(epoch(42, 0));
    expect(epoch(43, 0)).not.toEqual(epoch(42, 0));
  });

  it('puts other rows together in the next epoch', () => {
    const together = (batches: number[][]) => new Set(batches.map((batch) => [...batch].sort((left, right) => left - right).join()));
    const first = together(epoch(42, 0));
    expect([...together(epoch(42, 1))].filter((batch) => first.has(batch)).length).toBeLessThan(5);
  });

  it('gives no batch of no rows', () => expect(epochBatches([], 8, groupByLength, 42, 0)).toEqual([]));
});

describe('grouping by length', () => {
  it('pads clearly less than plain shuffling', () => {
    const lengths = lengthsOf(1000);
    const grouped = paddedTokens(epochBatches(lengths, 16, true, 42, 0), lengths);
    const shuffled = paddedTokens(epochBatches(lengths, 16, false, 42, 0), lengths);
    expect(grouped).toBeLessThan(0.7 * shuffled);
    expect(grouped).toBeGreaterThanOrEqual(lengths.reduce((sum, length) => sum + length, 0));
  });

  it('does not put long batches first', () => {
    const lengths = lengthsOf(1000);
    const longest = epochBatches(lengths, 16, true, 42, 0).map((batch) => Math.max(...batch.map((row) => lengths[row] ?? 0)));
    const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const first = mean(longest.slice(0, 31));
    const second = mean(longest.slice(31));
    expect(first / second).toBeGreaterThan(0.6);
    expect(first / second).toBeLessThan(1.7);
    expect(longest).not.toEqual([...longest].sort((left, right) => right - left));
  });
});

describe('evaluationBatches', () => {
  it('gives every row once, longest first, equals in their own order', () => {
    expect(evaluationBatches([3, 9, 5, 9, 3], 2)).toEqual([[1, 3], [2, 0], [4]]);
    expect(sorted(evaluationBatches(lengthsOf(77), 32))).toEqual(ascending(77));
  });
});

describe('bucketLength', () => {
  it.each([[1, 8], [8, 8], [9, 16], [63, 64], [64, 64], [65, 96], [96, 96], [97, 128], [500, 512], [512, 512]])('%i tokens go into %i', (length, bucket) => {
    expect(bucketLength(length)).toBe(bucket);
  });
});

describe('padBatch', () => {
  it('fills up with the padding id, mask 0 and token type 0', () => {
    const batch = padBatch([encoded([5, 6, 7], 2), encoded([9], 0), encoded([3, 2, 1, 8, 9], -1)], 77, 512);
    expect(batch).toEqual({
      rows: 3,
      length: 8,
      inputIds: Int32Array.of(5, 6, 7, 77, 77, 77, 77, 77, 9, 77, 77, 77, 77, 77, 77, 77, 3, 2, 1, 8, 9, 77, 77, 77),
      attentionMask: Int32Array.of(1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0),
      tokenTypeIds: Int32Array.of(1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0),
      labels: Int32Array.of(2, 0, -1),
    });
  });

  it('counts a token that equals the padding id as a token', () => {
    expect([...padBatch([encoded([4, 0, 4])], 0, 512).attentionMask]).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it("never goes above the model's positions", () => {
    const row = encoded(Array.from({ length: 66 }, (_, index) => index));
    expect(padBatch([row], 0, 512).length).toBe(96);
    expect(padBatch([row], 0, 70).length).toBe(70);
    expect(padBatch([row], 0, 66).length).toBe(66);
  });

  it('gives batches of each size their own arrays', () => {
    expect(padBatch([], 0, 512)).toMatchObject({ rows: 0, inputIds: new Int32Array(0) });
    expect(padBatch([encoded([])], 9, 512).inputIds).toEqual(new Int32Array(8).fill(9));
  });
});
