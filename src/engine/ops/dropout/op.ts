/** Dropout by itself (before a classifier). Its gradient is the same operation on the gradient. */
import type { DropoutSpec, TensorId } from '../../plan/tensor';

/** output (+)= input x mask / (1 - probability). `output` may be the tensor `input` (in place). */
export interface ApplyDropout {
  kind: 'applyDropout';
  reads: { input: TensorId; scalars: TensorId };
  writes: { output: TensorId };
  elements: number;
  dropout: DropoutSpec;
  accumulate: boolean;
}
