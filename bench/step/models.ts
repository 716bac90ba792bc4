/** The models whose step is measured, their weights (random: only shapes matter for speed) and their batches. */
import type { Batch, StepSettings, Tensor } from '../../src/engine';
import type { Graph } from '../../src/engine';
import { recognizeModel } from '../../src/models';

export const LABELS = 6;
const DEVIATION = 0.02;
/** Different batches in turn, so that no peer keeps one on the device. */
const BATCHES = 4;

const shared = {
  model_type: 'bert', type_vocab_size: 2, hidden_act: 'gelu', hidden_dropout_prob: 0.1, attention_probs_dropout_prob: 0.1,
  layer_norm_eps: 1e-12, initializer_range: DEVIATION,
};

/** `config.json` of sentence-transformers/all-MiniLM-L6-v2, and one small enough for WebGPU on a processor. */
export const configs = {
  minilm: {
    ...shared, vocab_size: 30522, hidden_size: 384, num_hidden_layers: 6, num_attention_heads: 12, intermediate_size: 1536,
    max_position_embeddings: 512,
  },
  tiny: {
    ...shared, vocab_size: 1000, hidden_size: 128, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 512,
    max_position_embeddings: 128,
  },
};

export type ModelName = keyof typeof configs;
export type BenchConfig = (typeof configs)[ModelName];

export interface StepSize {
  model: ModelName;
  batch: number;
  length: number;
}

export interface StepWork extends StepSize {
  config: BenchConfig;
  graph: Graph;
  parameters: Map<string, Tensor>;
  batches: Batch[];
}

export const settings: Omit<StepSettings, 'step'> = {
  seed: 7, learningRate: 5e-5, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true,
};

/** Uniform numbers in [0, 1): xorshift32, the same on every machine. */
export function uniformNumbers(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

function normalValues(data: Float32Array, next: () => number): void {
  for (let index = 0; index < data.length; index += 2) {
    // Box and Muller give two at a time.
    const radius = DEVIATION * Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    data[index] = radius * Math.cos(angle);
    if (index + 1 < data.length) data[index + 1] = radius * Math.sin(angle);
  }
}

function makeParameters(graph: Graph): Map<string, Tensor> {
  const next = uniformNumbers(42);
  return new Map(graph.parameters.map(({ name, shape }) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (name.endsWith('LayerNorm.weight')) data.fill(1);
    else if (!name.endsWith('bias')) normalValues(data, next);
    return [name, { shape: [...shape], data }];
  }));
}

function makeBatch({ batch, length }: StepSize, vocabulary: number, seed: number): Batch {
  const next = uniformNumbers(seed);
  const tokens = batch * length;
  return {
    rows: batch,
    length,
    inputIds: Int32Array.from({ length: tokens }, () => Math.floor(next() * vocabulary)),
    attentionMask: new Int32Array(tokens).fill(1),
    tokenTypeIds: new Int32Array(tokens),
    labels: Int32Array.from({ length: batch }, () => Math.floor(next() * LABELS)),
  };
}

export function makeWork(size: StepSize): StepWork {
  const config = configs[size.model];
  const graph = recognizeModel(config, 'config.json').model.sequenceClassificationGraph(LABELS);
  const batches = Array.from({ length: BATCHES }, (_, index) => makeBatch(size, config.vocab_size, 1000 + index));
  return { ...size, config, graph, parameters: makeParameters(graph), batches };
}

export function batchOf(work: StepWork, step: number): Batch {
  const batch = work.batches[step % work.batches.length];
  if (!batch) throw new Error('There are no batches.');
  return batch;
}
