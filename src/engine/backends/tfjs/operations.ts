/**
 * The design's fused ops in tfjs. Forward passes are written plainly; where tfjs's own gradient is missing (embedding
 * on WASM) or slow (transposed products, LayerNorm, GELU) the op carries a custom one.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../../graph/graph';

/**
 * x [N, in] times W [out, in] transposed, plus b [out].
 * tfjs-wasm multiplies 5 to 10 times slower when an operand is flagged as transposed, so transposes are made explicit.
 */
export function linear(input: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const operation = tf.customGrad((x, w, b, save) => {
    (save as tf.GradSaveFunc)([x as tf.Tensor, w as tf.Tensor]);
    const value = tf.add(tf.matMul(x as tf.Tensor2D, tf.transpose(w as tf.Tensor2D)), b as tf.Tensor1D);
    return {
      value,
      gradFunc: (gradient: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedInput, savedWeight] = saved as [tf.Tensor2D, tf.Tensor2D];
        const dy = gradient as tf.Tensor2D;
        return [
          tf.matMul(dy, savedWeight),
          tf.matMul(tf.transpose(dy), savedInput),
          tf.sum(dy, 0),
        ];
      },
    };
  });
  return operation(input, weight, bias) as tf.Tensor2D;
}

/** LayerNorm over the last axis of x [N, H] (population variance, as torch). */
export function layerNorm(input: tf.Tensor2D, weight: tf.Tensor1D, bias: tf.Tensor1D, epsilon: number): tf.Tensor2D {
  const operation = tf.customGrad((x, w, b, save) => {
    const centred = tf.sub(x as tf.Tensor, tf.mean(x as tf.Tensor, -1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    const normalized = tf.mul(centred, inverse);
    (save as tf.GradSaveFunc)([normalized, inverse, w as tf.Tensor]);
    return {
      value: tf.add(tf.mul(normalized, w as tf.Tensor), b as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedNormalized, savedInverse, savedWeight] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const scaled = tf.mul(dy, savedWeight);
        const meanScaled = tf.mean(scaled, -1, true);
        const meanProduct = tf.mean(tf.mul(scaled, savedNormalized), -1, true);
        const dx = tf.mul(savedInverse, tf.sub(tf.sub(scaled, meanScaled), tf.mul(savedNormalized, meanProduct)));
        return [dx, tf.sum(tf.mul(dy, savedNormalized), 0), tf.sum(dy, 0)];
      },
    };
  });
  return operation(input, weight, bias) as tf.Tensor2D;
}

/** x Φ(x) with the exact error function: `gelu` in Hugging Face's names. */
export function gelu(input: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((x, save) => {
    const cumulative = tf.mul(tf.add(tf.erf(tf.mul(x as tf.Tensor, Math.SQRT1_2)), 1), 0.5);
    (save as tf.GradSaveFunc)([x as tf.Tensor, cumulative]);
    return {
      value: tf.mul(x as tf.Tensor, cumulative),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedInput, savedCumulative] = saved as [tf.Tensor, tf.Tensor];
        const density = tf.mul(tf.exp(tf.mul(tf.square(savedInput), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return tf.mul(dy, tf.add(savedCumulative, tf.mul(savedInput, density)));
      },
    };
  });
  return operation(input);
}

/** The tanh approximation of GELU: `gelu_new`. */
function geluTanh(x: tf.Tensor): tf.Tensor {
  const inner = tf.mul(tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715)), Math.sqrt(2 / Math.PI));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
}

export function activate(x: tf.Tensor, activation: Activation): tf.Tensor {
  switch (activation) {
    case 'none':
      return x;
    case 'gelu':
      return gelu(x);
    case 'gelu_new':
      return geluTanh(x);
    case 'relu':
      return tf.relu(x);
    case 'tanh':
      return tf.tanh(x);
  }
}

/**
 * Rows of a table [V, H] by ids [N]. tfjs-wasm has no gradient for a gather (UnsortedSegmentSum is missing); scatterND
 * adds up rows with equal ids.
 */
export function gatherRows(table: tf.Tensor2D, ids: tf.Tensor1D): tf.Tensor2D {
  const operation = tf.customGrad((t, save) => {
    const shape = (t as tf.Tensor2D).shape;
    // Saved, because tfjs frees what the forward pass made before the gradients run.
    (save as tf.GradSaveFunc)([ids]);
    return {
      value: tf.gather(t as tf.Tensor2D, ids),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedIds] = saved as [tf.Tensor1D];
        return tf.scatterND(tf.expandDims(savedIds, 1), dy, shape);
      },
    };
  });
  return operation(table) as tf.Tensor2D;
}

export interface AttentionShape {
  rows: number;
  length: number;
  heads: number;
}

/** Softmax attention. Q, K, V are [B*S, H]; `maskBias` is [B, 1, 1, S]; `dropoutMask` is [B, heads, S, S] or null. */
export function attention(
  query: tf.Tensor2D,
  key: tf.Tensor2D,
  value: tf.Tensor2D,
  maskBias: tf.Tensor4D,
  dropoutMask: tf.Tensor4D | null,
  { rows, length, heads }: AttentionShape,
): tf.Tensor2D {
  const hidden = query.shape[1];
  const headSize = hidden / heads;
  const split = (x: tf.Tensor2D, order: number[]) => tf.transpose(tf.reshape(x, [rows, length, heads, headSize]), order);
  const q = split(tf.mul(query, 1 / Math.sqrt(headSize)), [0, 2, 1, 3]);
  const keyTransposed = split(key, [0, 2, 3, 1]);
  const v = split(value, [0, 2, 1, 3]);
  const scores = tf.add(batchMatMul(q, keyTransposed), maskBias);
  const probabilities = tf.softmax(scores);
  const kept = dropoutMask ? tf.mul(probabilities, dropoutMask) : probabilities;
  const context = batchMatMul(kept, v);
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [rows * length, hidden]);
}

/** Batched product with explicit transposes in the gradient, for the same reason as in `linear`. */
function batchMatMul(left: tf.Tensor, right: tf.Tensor): tf.Tensor {
  const operation = tf.customGrad((a, b, save) => {
    (save as tf.GradSaveFunc)([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: tf.matMul(a as tf.Tensor, b as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedLeft, savedRight] = saved as [tf.Tensor, tf.Tensor];
        const order = [0, 1, 3, 2];
        return [tf.matMul(dy, tf.transpose(savedRight, order)), tf.matMul(tf.transpose(savedLeft, order), dy)];
      },
    };
  });
  return operation(left, right);
}

/** Mean cross-entropy of logits [B, L] with one-hot targets [B, L]. */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const operation = tf.customGrad((x, save) => {
    const logProbabilities = tf.logSoftmax(x as tf.Tensor);
    (save as tf.GradSaveFunc)([logProbabilities]);
    return {
      value: tf.neg(tf.mean(tf.sum(tf.mul(logProbabilities, targets), -1))),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedLog] = saved as [tf.Tensor];
        return tf.mul(tf.sub(tf.exp(savedLog), targets), tf.div(dy, logits.shape[0]));
      },
    };
  });
  return operation(logits) as tf.Scalar;
}
