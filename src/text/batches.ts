/** Encoded rows to padded batches: which rows go together, in which order, and how long each batch is. */
import { seededPermutation } from '../domain';

export interface EncodedRow {
  inputIds: Int32Array;
  tokenTypeIds: Int32Array;
  /** Label id, -1 where there is none. */
  label: number;
  /** Where every token has a label: one a token, -1 where none counts. All rows of a batch have them or none. */
  tokenLabels?: Int32Array;
  /** With `tokenLabels`: the word of each labelled token, in order. */
  firstTokens?: number[];
  /** For losses that compare with numbers: one a label. All rows of a batch have them or none. */
  targets?: Float32Array;
}

/** Padded rows; arrays are row-major [rows, length]. The engine's `Batch` is this shape. */
export interface PaddedBatch {
  rows: number;
  length: number;
  inputIds: Int32Array;
  attentionMask: Int32Array;
  tokenTypeIds: Int32Array;
  /** [rows], or [rows, length] where every token has a label. */
  labels: Int32Array;
  /** [rows, labels] */
  targets?: Float32Array;
}

/** Streams of the counter-based generator; each epoch takes two of its own. */
const ORDER_STREAM = 0x10000;
/** Batches that are sorted by length together, as in transformers' LengthGroupedSampler (there: up to 50). */
const BATCHES_PER_GROUP = 50;

/** Lengths are rounded up so that few different shapes occur: every 8 to 64 tokens, then every 32. */
export function bucketLength(length: number): number {
  const step = length <= 64 ? 8 : 32;
  return Math.ceil(length / step) * step;
}

/**
 * Row indices of each batch of one epoch, every row once, the last smaller batch kept.
 * With `groupByLength` rows are shuffled, sorted by length within groups of some batches, and the batches are shuffled
 * again so that no length comes first. Without it: plain shuffling.
 * @param lengths tokens of each row
 */
export function epochBatches(lengths: ArrayLike<number>, batchSize: number, groupByLength: boolean, seed: number, epoch: number): number[][] {
  const order = Array.from(seededPermutation(lengths.length, seed, ORDER_STREAM + 2 * epoch));
  if (!groupByLength) return chunks(order, batchSize);
  // A group is at most a quarter of the rows, so that small data sets are not simply sorted in every epoch.
  const groupSize = batchSize * Math.max(1, Math.min(BATCHES_PER_GROUP, Math.floor(order.length / (batchSize * 4))));
  const length = (row: number): number => lengths[row] ?? 0;
  const sorted = chunks(order, groupSize).flatMap((group) => group.sort((a, b) => length(b) - length(a)));
  const batches = chunks(sorted, batchSize);
  const batchOrder = seededPermutation(batches.length, seed, ORDER_STREAM + 2 * epoch + 1);
  return Array.from(batchOrder, (index) => batches[index] ?? []);
}

/** Batches for prediction: longest first, so that memory is at its peak at once and padding is least. */
export function evaluationBatches(lengths: ArrayLike<number>, batchSize: number): number[][] {
  const order = Array.from({ length: lengths.length }, (_, index) => index);
  return chunks(order.sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b), batchSize);
}

function chunks<Item>(items: Item[], size: number): Item[][] {
  const result: Item[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}

/** Length to which these rows are padded: that of their bucket, where the model takes so many tokens. */
export function paddedLength(rows: readonly EncodedRow[], maximumLength: number): number {
  const longest = rows.reduce((most, { inputIds }) => Math.max(most, inputIds.length), 1);
  return Math.max(longest, Math.min(bucketLength(longest), maximumLength));
}

/** @param maximumLength the bucket never goes above this (the model's positions end there) */
export function padBatch(rows: readonly EncodedRow[], padId: number, maximumLength: number): PaddedBatch {
  const length = paddedLength(rows, maximumLength);
  const size = rows.length * length;
  const inputIds = new Int32Array(size).fill(padId);
  const attentionMask = new Int32Array(size);
  const tokenTypeIds = new Int32Array(size);
  const perToken = rows.some(({ tokenLabels }) => tokenLabels !== undefined);
  const labels = new Int32Array(perToken ? size : rows.length).fill(-1);
  rows.forEach((row, index) => {
    const start = index * length;
    inputIds.set(row.inputIds, start);
    tokenTypeIds.set(row.tokenTypeIds, start);
    attentionMask.fill(1, start, start + row.inputIds.length);
    if (perToken) labels.set(row.tokenLabels ?? [], start);
    else labels[index] = row.label;
  });
  const targets = rows.some((row) => row.targets !== undefined) ? Float32Array.from(rows.flatMap((row) => [...(row.targets ?? [])])) : null;
  return { rows: rows.length, length, inputIds, attentionMask, tokenTypeIds, labels, ...(targets && { targets }) };
}
