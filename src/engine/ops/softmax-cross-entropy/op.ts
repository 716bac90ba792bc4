/** Cross-entropy of softmax(logits) with one label a row: torch.nn.functional.cross_entropy. */
import type { TensorId } from '../../plan/tensor';

/**
 * loss = lossScale x sum over rows with label >= 0 of (logSumExp(logits) - logits[label]);
 * dLogits = lossScale x (softmax(logits) - oneHot(label)), 0 in rows with label < 0.
 * lossScale is a scalar of the step (1 / labelled rows of the whole batch), loss goes to results[RESULTS.loss].
 */
export interface SoftmaxCrossEntropy {
  kind: 'softmaxCrossEntropy';
  reads: { logits: TensorId; labels: TensorId; scalars: TensorId };
  writes: { dLogits: TensorId; results: TensorId };
  rows: number;
  labels: number;
}
