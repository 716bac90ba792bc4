/** Runs a graph in tfjs, node by node, for one batch. Called inside a `tf.tidy`; owns nothing. */
import * as tf from '@tensorflow/tfjs-core';
import type { Batch } from '../../backend';
import type { Graph, LayerNormParameters } from '../../graph/graph';
import { fillDropoutMask } from '../../random/dropoutMask';
import { activate, attention, gatherRows, layerNorm, linear } from './operations';

/** Added to the score of a padded position; its probability is then exactly 0 in float32. */
const MASKED_SCORE = -1e9;

export interface DropoutKey {
  seed: number;
  step: number;
}

export function runGraph(
  graph: Graph,
  parameters: ReadonlyMap<string, tf.Tensor>,
  batch: Batch,
  dropout: DropoutKey | null,
): tf.Tensor2D {
  const { rows, length } = batch;
  const values: tf.Tensor[] = [];

  const parameter = (name: string): tf.Tensor => {
    const tensor = parameters.get(name);
    if (!tensor) throw new Error(`Parameter ${name} is not on the device.`);
    return tensor;
  };
  const value = (node: number): tf.Tensor2D => values[node] as tf.Tensor2D;
  const mask = (shape: number[], probability: number, op: number): tf.Tensor | null => {
    if (!dropout || probability === 0) return null;
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    fillDropoutMask(data, probability, dropout.seed, dropout.step, op);
    return tf.tensor(data, shape, 'float32');
  };
  const drop = (x: tf.Tensor2D, probability: number, op: number): tf.Tensor2D => {
    const kept = mask(x.shape, probability, op);
    return kept ? tf.mul(x, kept) : x;
  };
  const normalize = (x: tf.Tensor2D, { weight, bias, epsilon }: LayerNormParameters): tf.Tensor2D =>
    layerNorm(x, parameter(weight) as tf.Tensor1D, parameter(bias) as tf.Tensor1D, epsilon);

  const maskBias = tf.tensor4d(
    Float32Array.from(batch.attentionMask, (kept) => (kept ? 0 : MASKED_SCORE)),
    [rows, 1, 1, length],
  );

  graph.nodes.forEach((node, op) => {
    switch (node.op) {
      case 'embedding': {
        const positions = Int32Array.from(batch.inputIds, (_, index) => index % length);
        let sum = tf.add(
          gatherRows(parameter(node.wordTable) as tf.Tensor2D, tf.tensor1d(batch.inputIds, 'int32')),
          gatherRows(parameter(node.positionTable) as tf.Tensor2D, tf.tensor1d(positions, 'int32')),
        );
        if (node.tokenTypeTable !== null) {
          const types = tf.tensor1d(batch.tokenTypeIds, 'int32');
          sum = tf.add(sum, gatherRows(parameter(node.tokenTypeTable) as tf.Tensor2D, types));
        }
        values.push(drop(normalize(sum as tf.Tensor2D, node.layerNorm), node.dropout, op));
        break;
      }
      case 'linear': {
        const weight = parameter(node.weight) as tf.Tensor2D;
        const output = linear(value(node.input), weight, parameter(node.bias) as tf.Tensor1D);
        values.push(activate(output, node.activation));
        break;
      }
      case 'attention': {
        const kept = mask([rows, node.heads, length, length], node.dropout, op) as tf.Tensor4D | null;
        const shape = { rows, length, heads: node.heads };
        values.push(attention(value(node.query), value(node.key), value(node.value), maskBias, kept, shape));
        break;
      }
      case 'residualLayerNorm': {
        const sum = tf.add(value(node.residual), drop(value(node.input), node.dropout, op));
        values.push(normalize(sum as tf.Tensor2D, node.layerNorm));
        break;
      }
      case 'firstToken': {
        const input = value(node.input);
        const hidden = input.shape[1];
        const first = tf.slice(tf.reshape(input, [rows, length, hidden]), [0, 0, 0], [rows, 1, hidden]);
        values.push(tf.reshape(first, [rows, hidden]));
        break;
      }
      case 'meanPool': {
        const input = value(node.input);
        const kept = tf.tensor3d(Float32Array.from(batch.attentionMask), [rows, length, 1]);
        const sum = tf.sum(tf.mul(tf.reshape(input, [rows, length, input.shape[1]]), kept), 1);
        values.push(tf.div(sum, tf.maximum(tf.sum(kept, 1), 1)));
        break;
      }
      case 'dropout':
        values.push(drop(value(node.input), node.probability, op));
        break;
    }
  });
  return value(graph.logits);
}
