/** LayerNorm(residual + dropout(x)) over the last axis (population variance, as torch), and the gradients of any LayerNorm. */
import type { DropoutSpec, TensorId } from '../../plan/tensor';

/**
 * sum[n] = residual[n] + dropout(sum[n]) (in place: `sum` comes in as x); statistics[n] = (mean, 1 / sqrt(variance +
 * epsilon)) of sum[n]; output[n] = (sum[n] - mean) x inverse x weight + bias.
 */
export interface ResidualNorm {
  kind: 'residualNorm';
  reads: { sum: TensorId; residual: TensorId; weight: TensorId; bias: TensorId; scalars: TensorId };
  writes: { sum: TensorId; output: TensorId; statistics: TensorId };
  tokens: number;
  hidden: number;
  epsilon: number;
  dropout: DropoutSpec | null;
}

/**
 * With x̂ = (sum - mean) x inverse and g = outputDropout(dOutput) x weight:
 * ds = inverse x (g - mean(g) - x̂ mean(g x̂)); dSum (+)= ds; dInput = inputDropout(ds), where asked for.
 * `dSum` may be the tensor `dOutput` (in place), but not where it accumulates.
 */
export interface NormGradient {
  kind: 'normGradient';
  reads: { dOutput: TensorId; sum: TensorId; statistics: TensorId; weight: TensorId; scalars: TensorId };
  writes: { dSum: TensorId; dInput: TensorId | null };
  tokens: number;
  hidden: number;
  /** Of the embedding: between LayerNorm and dOutput. */
  outputDropout: DropoutSpec | null;
  /** Of the residual: between x and the sum. */
  inputDropout: DropoutSpec | null;
  accumulate: boolean;
}

/** dWeight (+)= sum over n of d[n] x̂[n], dBias (+)= sum over n of d[n], with d = outputDropout(dOutput). */
export interface NormParameterGradient {
  kind: 'normParameterGradient';
  reads: { dOutput: TensorId; sum: TensorId; statistics: TensorId; scalars: TensorId };
  writes: { dWeight: TensorId | null; dBias: TensorId | null };
  tokens: number;
  hidden: number;
  outputDropout: DropoutSpec | null;
  accumulate: boolean;
}
