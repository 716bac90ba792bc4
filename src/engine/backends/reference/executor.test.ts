/** Planner and references together against PyTorch, both in float64: what differs is f32 where numbers go up and down. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { layoutFor } from '../../plan/compile';
import type { PlanLimits } from '../../plan/plan';
import type { Backend, EngineSession } from '../../backend';
import { compareWithGolden, toBatch, type GoldenCase } from '../../testing/golden';
import { readTinyCase } from '../../testing/goldenFiles';
import { PlannedSession } from '../plannedSession';
import { ReferenceExecutor } from './executor';

const read = async (path: string) => new Uint8Array(await readFile(path));

/** `rows`: a batch is cut into parts of so many rows. */
function backendOf(limits?: PlanLimits, rows: number | null = null): Backend {
  return {
    id: 'wasm',
    device: { backend: 'wasm', name: 'float64', refused: [], threads: 1, speeds: [] },
    choices: {},
    failed: false,
    openSession: (options) => new PlannedSession(new ReferenceExecutor(limits), { ...options, microBatchRows: rows }),
    dispose: () => undefined,
  };
}

function open(backend: Backend, { graph, parameters }: GoldenCase): EngineSession {
  return backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
}

/** So small that the word table (120 x 32) is cut, the flat buffers are many, and four rows are too many at once. */
const TIGHT: PlanLimits = { maxBindingBytes: 13_000, maxBufferBytes: 13_000 };

describe.each(['tiny-bert', 'tiny-distilbert'])('%s in float64', (name) => {
  it.each([
    ['as it is', undefined, null],
    ['a row at a time', undefined, 1],
    ['on a device with tight limits', TIGHT, null],
  ] as const)('%s: logits, loss, gradients and 20 steps are those of PyTorch', async (_, limits, rows) => {
    const golden = await readTinyCase(read, name);
    const result = await compareWithGolden(backendOf(limits, rows), golden);
    expect(result.logitsDifference).toBeLessThanOrEqual(2e-7);
    expect(result.lossDifference).toBeLessThanOrEqual(2e-7);
    // Of what an f32 device may differ by (1e-3 of the largest).
    expect(result.worstGradient.share, result.worstGradient.name).toBeLessThanOrEqual(1e-3);
    expect(result.losses).toHaveLength(20);
    expect(result.worstLoss).toBeLessThanOrEqual(2e-5);
  });
});

it('takes tight limits for what they are', async () => {
  const golden = await readTinyCase(read, 'tiny-bert');
  const layout = layoutFor(golden.graph, new Set(golden.graph.parameters.map(({ name }) => name)), TIGHT);
  expect(layout.slices.get(golden.graph.wordTable)?.length).toBeGreaterThan(1);
  expect(layout.trained.length).toBeGreaterThan(4);
  const session = open(backendOf(TIGHT), golden);
  await session.predict(toBatch(golden.batch));
  await session.gradients(toBatch(golden.batch));
  expect(session.rowsAtOnce).toBeLessThan(4);
});

describe('dropout', () => {
  it('has the same masks for a batch as for its rows one at a time', async () => {
    const golden = await readTinyCase(read, 'tiny-bert');
    const { weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm } = golden.training;
    const settings = { step: 1, seed: 2 ** 32 - 1, learningRate: 1e-3, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm };
    const stepOf = async (rows: number | null, dropout: boolean) => {
      const session = open(backendOf(undefined, rows), golden);
      const { loss, gradientNorm } = await session.trainStep(toBatch(golden.batch), { ...settings, dropout });
      session.dispose();
      return { loss, gradientNorm };
    };
    const whole = await stepOf(null, true);
    const parts = await stepOf(1, true);
    expect(Math.abs(parts.loss - whole.loss)).toBeLessThan(1e-6);
    expect(Math.abs(parts.gradientNorm - whole.gradientNorm)).toBeLessThan(1e-6);
    expect(Math.abs((await stepOf(null, false)).loss - whole.loss)).toBeGreaterThan(1e-3);
  });
});
