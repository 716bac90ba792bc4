/**
 * AdamW with decoupled weight decay and clipping by global norm, in the order of torch 1.13:
 * clip_grad_norm_, then p -= lr wd p, then p -= lr m̂ / (sqrt(v̂) + eps).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { StepSettings } from '../../backend';

/** Norm over all gradients together, as a scalar on the device. */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() => {
    // One by one: tfjs-webgpu binds every input of addN or concat at once, and a stage has eight bindings at least.
    const sums = gradients.map((gradient) => tf.sum(tf.square(gradient)));
    return tf.sqrt(sums.reduce((total, sum) => tf.add(total, sum))) as tf.Scalar;
  });
}

/** min(1, max norm / (norm + 1e-6)), torch's clipping coefficient. */
export function clippingCoefficient(norm: tf.Scalar, maxGradNorm: number): tf.Scalar {
  return tf.tidy(() => tf.minimum(tf.div(maxGradNorm, tf.add(norm, 1e-6)), 1) as tf.Scalar);
}

export interface Moments {
  first: tf.Tensor;
  second: tf.Tensor;
}

/** New parameter and moments; the caller disposes of the old ones. */
export function adamwUpdate(
  parameter: tf.Tensor,
  moments: Moments,
  gradient: tf.Tensor,
  coefficient: tf.Scalar | null,
  settings: StepSettings,
  decay: boolean,
): { parameter: tf.Tensor; moments: Moments } {
  const { adamBeta1, adamBeta2, adamEpsilon, learningRate, weightDecay, step } = settings;
  return tf.tidy(() => {
    const clipped = coefficient ? tf.mul(gradient, coefficient) : gradient;
    const first = tf.add(tf.mul(moments.first, adamBeta1), tf.mul(clipped, 1 - adamBeta1));
    const second = tf.add(tf.mul(moments.second, adamBeta2), tf.mul(tf.square(clipped), 1 - adamBeta2));
    const correction1 = 1 - adamBeta1 ** step;
    const correction2 = 1 - adamBeta2 ** step;
    const denominator = tf.add(tf.mul(tf.sqrt(second), 1 / Math.sqrt(correction2)), adamEpsilon);
    const update = tf.mul(tf.div(first, denominator), learningRate / correction1);
    const decayed = decay && weightDecay > 0 ? tf.mul(parameter, 1 - learningRate * weightDecay) : parameter;
    return { parameter: tf.sub(decayed, update), moments: { first, second } };
  });
}
