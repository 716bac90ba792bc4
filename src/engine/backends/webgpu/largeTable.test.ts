/**
 * A table of 119,547 x 768 (multilingual BERT's, 367 MB) on the least a WebGPU device has: 128 MiB a binding. It holds
 * three gigabytes of memory, so it runs only where ANNEAL_LARGE is set.
 */
import { describe, expect, it } from 'vitest';
import type { Batch, Tensor } from '../../backend';
import { GraphBuilder, type Graph } from '../../graph/graph';
import { startWebgpuBackend } from './backend';
import { softwareGpu, softwareGpuReason } from './testing';

const ROWS = 119_547;
const HIDDEN = 768;
const LABELS = 3;

const wanted = process.env.ANNEAL_LARGE !== undefined;
const gpu = wanted ? await softwareGpu() : null;
const title = gpu ? 'a table of 367 MB' : `a table of 367 MB, SKIPPED: ${wanted ? softwareGpuReason() : 'ANNEAL_LARGE is not set'}`;

function embeddingAndHead(): Graph {
  const builder = new GraphBuilder();
  const parameter = (name: string, shape: number[]) => builder.parameter({ name, shape, initializer: { kind: 'zeros' }, decay: shape.length > 1, part: 'encoder' });
  const layerNorm = { weight: parameter('norm.weight', [HIDDEN]), bias: parameter('norm.bias', [HIDDEN]), epsilon: 1e-12 };
  const embedding = builder.add({ op: 'embedding', wordTable: parameter('words', [ROWS, HIDDEN]), positionTable: parameter('positions', [16, HIDDEN]), tokenTypeTable: null, layerNorm, dropout: 0.1 });
  const pooled = builder.add({ op: 'meanPool', input: embedding });
  return builder.build(builder.add({ op: 'linear', input: pooled, weight: parameter('head.weight', [LABELS, HIDDEN]), bias: parameter('head.bias', [LABELS]), activation: 'none' }), 'softmaxCrossEntropy');
}

function parametersOf(graph: Graph): Map<string, Tensor> {
  return new Map(
    graph.parameters.map(({ name, shape }) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      for (let index = 0; index < data.length; index++) data[index] = name === 'norm.weight' ? 1 : (((index * 2654435761) >>> 9) % 2000) / 20000 - 0.05;
      return [name, { shape: [...shape], data }];
    }),
  );
}

/** Ids from every slice of the table, its first and last row among them. */
function batchOf(step: number): Batch {
  const tokens = 4 * 8;
  return {
    rows: 4,
    length: 8,
    inputIds: Int32Array.from({ length: tokens }, (_, index) => (index === 0 ? 0 : index === 1 ? ROWS - 1 : (index * 7919 * (step + 1) * 13) % ROWS)),
    attentionMask: new Int32Array(tokens).fill(1),
    tokenTypeIds: new Int32Array(tokens),
    labels: Int32Array.of(0, 1, 2, 1),
  };
}

async function losses(minimumLimits: boolean): Promise<number[]> {
  if (!gpu) throw new Error('No adapter.');
  const backend = await startWebgpuBackend({ gpu, minimumLimits, allowSoftware: true });
  const graph = embeddingAndHead();
  const session = backend.openSession({ graph, parameters: parametersOf(graph), trained: new Set(graph.parameters.map(({ name }) => name)) });
  const result: number[] = [];
  for (let step = 1; step <= 4; step++) {
    // The same batch twice: the second time its rows have learnt.
    result.push((await session.trainStep(batchOf(step >> 1), { step, seed: 3, learningRate: 1e-3, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true })).loss);
  }
  session.dispose();
  backend.dispose();
  return result;
}

describe.skipIf(!gpu)(title, () => {
  it('trains in slices with the losses of the whole', async () => {
    const whole = await losses(false);
    const sliced = await losses(true);
    console.log(whole, sliced);
    expect(sliced).toHaveLength(4);
    expect(sliced.every(Number.isFinite)).toBe(true);
    sliced.forEach((loss, step) => expect(Math.abs(loss - (whole[step] ?? NaN))).toBeLessThan(1e-5));
  }, 600_000);
});
