/** A number to predict: torch.nn.functional.mse_loss. */
import type { TensorId } from '../../plan/tensor';

/** loss = lossScale x sum of (z - y)²; dLogits = lossScale x 2 (z - y). targets y is [rows, labels]. */
export interface MeanSquaredError {
  kind: 'meanSquaredError';
  reads: { logits: TensorId; targets: TensorId; scalars: TensorId };
  writes: { dLogits: TensorId; results: TensorId };
  rows: number;
  labels: number;
}
