/**
 * BERT's forward pass and loss in jax-js. Its arrays are consumed by whatever uses them, so one that is used twice is
 * handed on as `.ref` the first time; every parameter is used exactly once.
 *
 * Chosen for speed where jax-js leaves a choice: weights are kept as [in, out], as Flax keeps them; positions are a
 * slice and not a gather, the two token types a product and not a gather (a gather's gradient runs on one thread);
 * everything is two-dimensional outside the attention, so that biases fuse into the products.
 */
import { lax, nn, numpy as np, random } from '@jax-js/jax';
import type { BenchConfig } from '../../step/models';

export type Tree = { [name: string]: np.Array };

export type BatchArrays = {
  /** [rows * length] */
  ids: np.Array;
  /** [rows * length, 1], as numbers */
  types: np.Array;
  /** [rows, labels], one-hot */
  targets: np.Array;
  /** [dropouts, 2]: a key for each dropout of the model. */
  keys: np.Array;
};

export interface ForwardShape {
  config: BenchConfig;
  rows: number;
  length: number;
  dropout: boolean;
}

/** One for the embedding, three for each layer, one before the classifier. */
export const dropoutsOf = (config: BenchConfig): number => 2 + 3 * config.num_hidden_layers;

/** Uses up a tree of parameters name by name. */
function taker(parameters: Tree): (name: string) => np.Array {
  return (name) => {
    const array = parameters[name];
    if (!array) throw new Error(`Parameter ${name} is not described.`);
    return array;
  };
}

function layerNorm(x: np.Array, weight: np.Array, bias: np.Array, epsilon: number): np.Array {
  const centred = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred.mul(np.reciprocal(np.sqrt(variance.add(epsilon)))).mul(weight).add(bias);
}

/** Mean cross-entropy of a batch. */
export function lossOf({ config, rows, length, dropout }: ForwardShape, parameters: Tree, batch: BatchArrays): np.Array {
  const take = taker(parameters);
  const { hidden_size: hidden, num_attention_heads: heads, layer_norm_eps: epsilon } = config;
  const headSize = hidden / heads;

  let dropouts = 0;
  const drop = (x: np.Array, probability: number): np.Array => {
    if (!dropout || probability === 0) return x;
    const kept = random.bernoulli(batch.keys.ref.slice(dropouts++), 1 - probability, x.shape);
    return np.where(kept, x.mul(1 / (1 - probability)), 0);
  };
  const dense = (x: np.Array, name: string): np.Array => np.matmul(x, take(`${name}.weight`)).add(take(`${name}.bias`));
  const normalize = (x: np.Array, name: string): np.Array => layerNorm(x, take(`${name}.weight`), take(`${name}.bias`), epsilon);
  const split = (x: np.Array, order: number[]): np.Array => x.reshape([rows, length, heads, headSize]).transpose(order);

  const embed = (): np.Array => {
    const prefix = 'bert.embeddings';
    const words = take(`${prefix}.word_embeddings.weight`).slice(batch.ids);
    const positions = take(`${prefix}.position_embeddings.weight`).slice([0, length]).reshape([1, length, hidden]);
    const types = take(`${prefix}.token_type_embeddings.weight`);
    const first = types.ref.slice([0, 1]);
    const second = types.slice([1, 2]);
    const typed = first.ref.add(batch.types.mul(second.sub(first)));
    const sum = words.add(typed).reshape([rows, length, hidden]).add(positions);
    return drop(normalize(sum.reshape([rows * length, hidden]), `${prefix}.LayerNorm`), config.hidden_dropout_prob);
  };

  const attend = (x: np.Array, prefix: string): np.Array => {
    const query = split(dense(x.ref, `${prefix}.query`).mul(1 / Math.sqrt(headSize)), [0, 2, 1, 3]);
    const key = split(dense(x.ref, `${prefix}.key`), [0, 2, 3, 1]);
    const value = split(dense(x, `${prefix}.value`), [0, 2, 1, 3]);
    const probabilities = drop(nn.softmax(np.matmul(query, key), -1), config.attention_probs_dropout_prob);
    return np.matmul(probabilities, value).transpose([0, 2, 1, 3]).reshape([rows * length, hidden]);
  };

  const layer = (x: np.Array, prefix: string): np.Array => {
    const context = dense(attend(x.ref, `${prefix}.attention.self`), `${prefix}.attention.output.dense`);
    const attended = normalize(x.add(drop(context, config.hidden_dropout_prob)), `${prefix}.attention.output.LayerNorm`);
    const wide = dense(attended.ref, `${prefix}.intermediate.dense`);
    const active = wide.ref.mul(0.5).mul(lax.erf(wide.mul(Math.SQRT1_2)).add(1));
    const output = drop(dense(active, `${prefix}.output.dense`), config.hidden_dropout_prob);
    return normalize(attended.add(output), `${prefix}.output.LayerNorm`);
  };

  let x = embed();
  for (let index = 0; index < config.num_hidden_layers; index++) x = layer(x, `bert.encoder.layer.${index}`);
  const firstTokens = x.reshape([rows, length, hidden]).slice([], 0);
  const pooled = drop(np.tanh(dense(firstTokens, 'bert.pooler.dense')), config.hidden_dropout_prob);
  const logits = dense(pooled, 'classifier');
  batch.keys.dispose();
  return nn.logSoftmax(logits, -1).mul(batch.targets).sum().mul(-1 / rows);
}
