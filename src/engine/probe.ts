/** How fast a device trains: a small encoder of the bundled model's width, timed for less than half a second. */
import type { Backend, Batch, Tensor } from './backend';
import { GraphBuilder, type Graph } from './graph/graph';

const HIDDEN = 384;
const INTERMEDIATE = 1536;
const VOCABULARY = 64;
const ROWS = 8;
const LENGTH = 64;
const LABELS = 2;
/** Most time for the timed steps, and most of them. */
const LIMIT_MILLISECONDS = 350;
const MOST_STEPS = 8;

function probeGraph(): Graph {
  const builder = new GraphBuilder();
  const parameter = (name: string, shape: number[]): string =>
    builder.parameter({ name, shape, initializer: { kind: 'zeros' }, decay: shape.length > 1, part: 'encoder' });
  const norm = (name: string) => ({ weight: parameter(`${name}.weight`, [HIDDEN]), bias: parameter(`${name}.bias`, [HIDDEN]), epsilon: 1e-12 });
  const dense = (name: string, input: number, from: number, to: number, activation: 'none' | 'gelu' = 'none'): number =>
    builder.add({ op: 'linear', input, weight: parameter(`${name}.weight`, [to, from]), bias: parameter(`${name}.bias`, [to]), activation });

  const embedded = builder.add({
    op: 'embedding',
    wordTable: parameter('words', [VOCABULARY, HIDDEN]),
    positionTable: parameter('positions', [LENGTH, HIDDEN]),
    tokenTypeTable: null,
    layerNorm: norm('embedding'),
    dropout: 0.1,
  });
  const [query, key, value] = ['query', 'key', 'value'].map((name) => dense(name, embedded, HIDDEN, HIDDEN)) as [number, number, number];
  const context = builder.add({ op: 'attention', query, key, value, heads: 12, dropout: 0.1 });
  const projected = dense('projection', context, HIDDEN, HIDDEN);
  const attended = builder.add({ op: 'residualLayerNorm', input: projected, residual: embedded, layerNorm: norm('attention'), dropout: 0.1 });
  const inner = dense('inner', attended, HIDDEN, INTERMEDIATE, 'gelu');
  const outer = dense('outer', inner, INTERMEDIATE, HIDDEN);
  const output = builder.add({ op: 'residualLayerNorm', input: outer, residual: attended, layerNorm: norm('output'), dropout: 0.1 });
  const pooled = builder.add({ op: 'firstToken', input: output });
  return builder.build(dense('head', pooled, HIDDEN, LABELS), 'softmaxCrossEntropy');
}

/** Small numbers that differ; what they are does not matter to the time. */
function probeParameters(graph: Graph): Map<string, Tensor> {
  return new Map(
    graph.parameters.map(({ name, shape }) => {
      const size = shape.reduce((product, length) => product * length, 1);
      return [name, { shape: [...shape], data: Float32Array.from({ length: size }, (_, index) => (((index * 2654435761) >>> 8) % 1000) / 20000 - 0.025) }];
    }),
  );
}

function probeBatch(): Batch {
  const tokens = ROWS * LENGTH;
  return {
    rows: ROWS,
    length: LENGTH,
    inputIds: Int32Array.from({ length: tokens }, (_, index) => (index * 7) % VOCABULARY),
    attentionMask: new Int32Array(tokens).fill(1),
    tokenTypeIds: new Int32Array(tokens),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % LABELS),
  };
}

/** Tokens a second of a training step. @param now milliseconds */
export async function measureSpeed(backend: Backend, now: () => number = () => performance.now()): Promise<number> {
  const graph = probeGraph();
  const session = backend.openSession({ graph, parameters: probeParameters(graph), trained: new Set(graph.parameters.map(({ name }) => name)) });
  const batch = probeBatch();
  const step = (number: number) =>
    session.trainStep(batch, { step: number, seed: 1, learningRate: 1e-4, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true });
  try {
    // The first one compiles and allocates.
    await step(1);
    const begin = now();
    const times: number[] = [];
    for (let count = 0; count < MOST_STEPS && now() - begin < LIMIT_MILLISECONDS; count++) {
      const started = now();
      await step(count + 2);
      times.push(now() - started);
    }
    const middle = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;
    return (ROWS * LENGTH * 1000) / middle;
  } finally {
    session.dispose();
  }
}
