/** y = activation(x Wᵀ + b), W as [out, in], and its three gradients. Queries, keys and values are one such product. */
import type { Activation } from '../../graph/graph';
import type { TensorId } from '../../plan/tensor';

/** output [rows, outputs] = activation(input [rows, inputs] Wᵀ + bias); `preActivation` also keeps the value before it. */
export interface Linear {
  kind: 'linear';
  reads: { input: TensorId; weight: TensorId; bias: TensorId };
  writes: { output: TensorId; preActivation: TensorId | null };
  rows: number;
  outputs: number;
  inputs: number;
  activation: Activation;
}

/**
 * dInput [rows, inputs] (+)= dOutput [rows, outputs] W, times activation'(preActivation) where the input came out of an
 * activation of which this is the only use: then dInput is the gradient before that activation.
 */
export interface LinearInputGradient {
  kind: 'linearInputGradient';
  reads: { dOutput: TensorId; weight: TensorId; preActivation: TensorId | null };
  writes: { dInput: TensorId };
  rows: number;
  outputs: number;
  inputs: number;
  /** Of the node below; 'none' where `preActivation` is null. */
  activation: Activation;
  accumulate: boolean;
}

/** dWeight [outputs, inputs] (+)= dOutputᵀ input; dBias [outputs] (+)= column sums of dOutput. */
export interface LinearWeightGradient {
  kind: 'linearWeightGradient';
  reads: { dOutput: TensorId; input: TensorId };
  writes: { dWeight: TensorId | null; dBias: TensorId | null };
  rows: number;
  outputs: number;
  inputs: number;
  accumulate: boolean;
}
