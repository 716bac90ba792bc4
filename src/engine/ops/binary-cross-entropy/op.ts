/** Several labels a row, each a yes or no: torch.nn.functional.binary_cross_entropy_with_logits. */
import type { TensorId } from '../../plan/tensor';

/**
 * loss = lossScale x sum of (max(z, 0) - z y + log(1 + exp(-|z|))); dLogits = lossScale x (sigmoid(z) - y).
 * targets y is [rows, labels]; lossScale is 1 / (rows x labels) of the whole batch.
 */
export interface BinaryCrossEntropy {
  kind: 'binaryCrossEntropy';
  reads: { logits: TensorId; targets: TensorId; scalars: TensorId };
  writes: { dLogits: TensorId; results: TensorId };
  rows: number;
  labels: number;
}
