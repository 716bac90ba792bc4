/** AdamW with decoupled weight decay (Loshchilov & Hutter, 2019), in the order of torch.optim.AdamW, over one flat buffer. */
import type { TensorId } from '../../plan/tensor';

/**
 * For every element, with g = gradient x clipCoefficient (from results; nothing at all is done where it is 0):
 * p -= lr wd p (elements before `decayedElements` only); m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²;
 * p -= lr (m / correction1) / (sqrt(v / correction2) + epsilon).
 * First moments under 1e-30 in size are stored as 0: they would otherwise turn denormal, which is slow, and stay so.
 */
export interface AdamW {
  kind: 'adamw';
  reads: { parameters: TensorId; gradients: TensorId; firstMoments: TensorId; secondMoments: TensorId; scalars: TensorId; results: TensorId };
  writes: { parameters: TensorId; firstMoments: TensorId; secondMoments: TensorId };
  elements: number;
  decayedElements: number;
}
