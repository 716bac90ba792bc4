/**
 * Softmax attention: for each row b and head h, P = softmax(Q Kᵀ / sqrt(headSize) + mask), context = dropout(P) V.
 *
 * P is never stored: the forward pass keeps the logarithm of each row's sum of exponents, and the backward pass
 * computes P again from it (Dao et al., "FlashAttention", 2022, without its online softmax).
 * A padded key has probability exactly 0. In a row of the batch whose keys are all padded, every score counts as 0 (as if
 * the same large number had been taken from all of them): P = 1 / length, and the gradient follows from that.
 */
import type { DropoutSpec, TensorId } from '../../plan/tensor';

/** Queries, keys and values may be columns of one tensor: each begins `offset` elements in, rows are `rowStride` apart. */
export interface QueryKeyValueLayout {
  queryOffset: number;
  keyOffset: number;
  valueOffset: number;
  rowStride: number;
}

interface AttentionSizes {
  rows: number;
  length: number;
  heads: number;
  headSize: number;
  layout: QueryKeyValueLayout;
  /** Element ((b heads + h) length + i) length + j, b counted over the whole batch. */
  dropout: DropoutSpec | null;
}

/** context [rows x length, heads x headSize]; logSumExp [rows, heads, length]. */
export interface Attention extends AttentionSizes {
  kind: 'attention';
  reads: { query: TensorId; key: TensorId; value: TensorId; attentionMask: TensorId; scalars: TensorId };
  writes: { context: TensorId; logSumExp: TensorId };
}

/**
 * With D the dropout scales, dP = (dContext Vᵀ) D and delta_i = sum_j P_ij dP_ij = dContext_i . context_i:
 * dS = P (dP - delta); dQ = dS K / sqrt(headSize); dK = dSᵀ Q / sqrt(headSize); dV = (P D)ᵀ dContext.
 * The three gradients are written (not added), laid out like Q, K and V.
 */
export interface AttentionGradient extends AttentionSizes {
  kind: 'attentionGradient';
  reads: { query: TensorId; key: TensorId; value: TensorId; attentionMask: TensorId; scalars: TensorId; context: TensorId; logSumExp: TensorId; dContext: TensorId };
  /** `delta` [rows, heads, length] is room for a backend that computes it in a pass of its own. */
  writes: { dQuery: TensorId; dKey: TensorId; dValue: TensorId; delta: TensorId };
}
