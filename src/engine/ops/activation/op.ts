/** Elementwise activations: exact GELU (erf), its tanh approximation, tanh, ReLU. */
import type { Activation } from '../../graph/graph';
import type { TensorId } from '../../plan/tensor';

/** output = activation(input). Used to compute an activation again in the backward pass instead of keeping it. */
export interface ApplyActivation {
  kind: 'applyActivation';
  reads: { input: TensorId };
  writes: { output: TensorId };
  elements: number;
  activation: Activation;
}

/** dInput = dOutput x activation'(input). `dInput` may be the tensor `dOutput` (in place). */
export interface ActivationGradient {
  kind: 'activationGradient';
  reads: { dOutput: TensorId; input: TensorId };
  writes: { dInput: TensorId };
  elements: number;
  activation: Activation;
}
