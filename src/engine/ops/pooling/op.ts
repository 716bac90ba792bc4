/** From one vector a token to one a row: the first token (BERT, DistilBERT), or the mean over tokens that are not padding. */
import type { TensorId } from '../../plan/tensor';

export type PoolingKind = 'firstToken' | 'mean';

/** input [rows, length, hidden] -> output [rows, hidden]. A row of padding only has mean 0. */
export interface Pool {
  kind: 'pool';
  reads: { input: TensorId; attentionMask: TensorId };
  writes: { output: TensorId };
  rows: number;
  length: number;
  hidden: number;
  pooling: PoolingKind;
}

/** dInput (+)= each token's share of dOutput; every element of dInput is written, zeros included. */
export interface PoolGradient {
  kind: 'poolGradient';
  reads: { dOutput: TensorId; attentionMask: TensorId };
  writes: { dInput: TensorId };
  rows: number;
  length: number;
  hidden: number;
  pooling: PoolingKind;
  accumulate: boolean;
}
