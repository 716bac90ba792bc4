/**
 * Embedding: dropout(LayerNorm(word[id] + position[s] + tokenType[t])).
 *
 * Two instructions forward, so that a table too large for one binding can be gathered in slices: `gatherRows` copies
 * word rows, `embeddingNorm` adds the rest and normalizes. Backward: `normGradient` (see residual-norm) gives the
 * gradient of the sum; the three tables then add up its rows.
 */
import type { DropoutSpec, TensorId } from '../../plan/tensor';

/** output[n] = table[ids[n] - firstRow] for every id in [firstRow, firstRow + rows of table); other rows are left alone. */
export interface GatherRows {
  kind: 'gatherRows';
  reads: { table: TensorId; ids: TensorId };
  writes: { output: TensorId };
  tokens: number;
  hidden: number;
  firstRow: number;
  tableRows: number;
}

/**
 * sum[n] += position[n mod S] + tokenType[typeIds[n]] (in place); statistics[n] = (mean, 1 / sqrt(variance + epsilon))
 * of sum[n]; output[n] = dropout((sum[n] - mean) x inverse x weight + bias).
 */
export interface EmbeddingNorm {
  kind: 'embeddingNorm';
  reads: { sum: TensorId; positionTable: TensorId; tokenTypeTable: TensorId | null; tokenTypeIds: TensorId; weight: TensorId; bias: TensorId; scalars: TensorId };
  writes: { sum: TensorId; output: TensorId; statistics: TensorId };
  tokens: number;
  length: number;
  hidden: number;
  epsilon: number;
  dropout: DropoutSpec | null;
}

/**
 * gradient[id - firstRow] (+)= sum of dSum[n] over the n with ids[n] = id, added in the order of n.
 * The host sorts at upload: `order` [tokens] holds the n sorted by id (stable); segment k of `segmentIds` covers
 * order[segmentOffsets[k] .. segmentOffsets[k + 1]]; the scalar `segments` says how many there are.
 * Rows of ids that do not occur are not touched: a `clear` precedes the first write.
 */
export interface TableGradient {
  kind: 'tableGradient';
  reads: { dSum: TensorId; order: TensorId; segmentIds: TensorId; segmentOffsets: TensorId; scalars: TensorId };
  writes: { gradient: TensorId };
  tokens: number;
  hidden: number;
  firstRow: number;
  tableRows: number;
  accumulate: boolean;
}

/** gradient[s] (+)= sum over the batch's rows b, in order, of dSum[b S + s]; rows from `length` on get 0 (or stay, where it accumulates). */
export interface PositionGradient {
  kind: 'positionGradient';
  reads: { dSum: TensorId };
  writes: { gradient: TensorId };
  rows: number;
  length: number;
  hidden: number;
  tableRows: number;
  accumulate: boolean;
}

/** gradient[t] (+)= sum of dSum[n] over the n with typeIds[n] = t, in a fixed order. */
export interface TokenTypeGradient {
  kind: 'tokenTypeGradient';
  reads: { dSum: TensorId; tokenTypeIds: TensorId };
  writes: { gradient: TensorId };
  tokens: number;
  hidden: number;
  tableRows: number;
  accumulate: boolean;
}
