/** Whole sessions on WebGPU: golden values, what a step costs, what stays behind, what happens when the device goes. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend, EngineSession, SessionOptions, StepSettings } from '../../backend';
import { compareWithGolden, toBatch, type GoldenCase } from '../../testing/golden';
import { readTinyCase } from '../../testing/goldenFiles';
import { PlannedSession } from '../plannedSession';
import { startWebgpu, type WebgpuDevice } from './device';
import { WebgpuExecutor } from './executor';
import { softwareGpu, softwareGpuReason } from './testing';

const gpu = await softwareGpu();
if (!gpu) console.warn(`WebGPU sessions are NOT tested here: ${softwareGpuReason()}`);
const title = gpu ? 'WebGPU sessions' : `WebGPU sessions, SKIPPED: ${softwareGpuReason()}`;

/** A copy: the memory of Node's own Buffers is shared. */
const readBytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(path));
const start = (): Promise<WebgpuDevice> => startWebgpu({ ...(gpu ? { gpu } : {}), minimumLimits: true, allowSoftware: true });
const settings: StepSettings = { step: 1, seed: 7, learningRate: 1e-3, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true };

describe.skipIf(!gpu)(title, () => {
  let on: WebgpuDevice;
  let golden: GoldenCase;
  const open = (device: WebgpuDevice): { session: EngineSession; executor: WebgpuExecutor } => {
    const executor = new WebgpuExecutor(device);
    const { graph, parameters } = golden;
    return { executor, session: new PlannedSession(executor, { graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) }) };
  };

  beforeAll(async () => {
    on = await start();
    golden = await readTinyCase(readBytes, 'tiny-bert');
  });
  afterAll(() => on?.dispose());

  it.each(['tiny-bert', 'tiny-distilbert'])('agrees with the golden values of %s', async (name) => {
    const backend: Backend = {
      id: 'tfjs-webgpu',
      device: { backend: 'tfjs-webgpu', name: on.name, refused: [], threads: null, speeds: [] },
      choices: {},
    failed: false,
      openSession: (options: SessionOptions) => new PlannedSession(new WebgpuExecutor(on), options),
      dispose: () => undefined,
    };
    const result = await compareWithGolden(backend, await readTinyCase(readBytes, name));
    expect(result.logitsDifference).toBeLessThan(1e-4);
    expect(result.lossDifference).toBeLessThan(1e-5);
    expect(result.worstGradient.share).toBeLessThan(1);
    expect(result.worstLoss).toBeLessThan(1e-3);
  });

  it('makes no buffer and no bind group in a step, and uploads its inputs only', async () => {
    const { session, executor } = open(on);
    const batch = toBatch(golden.batch);
    await session.trainStep(batch, settings);
    const before = executor.counts();
    await session.trainStep(batch, { ...settings, step: 2 });
    const after = executor.counts();
    expect(after.buffersCreated).toBe(before.buffersCreated);
    expect(after.bindGroupsCreated).toBe(before.bindGroupsCreated);
    expect((after.bytesUploaded ?? 0) - (before.bytesUploaded ?? 0)).toBeLessThan(32 * batch.rows * batch.length + 4096);
    expect((after.submits ?? 0) - (before.submits ?? 0)).toBeLessThanOrEqual(10);
    session.dispose();
  });

  it('gives the same bits twice', async () => {
    const runs: Float32Array[] = [];
    for (let run = 0; run < 2; run++) {
      const { session } = open(on);
      for (let step = 1; step <= 3; step++) await session.trainStep(toBatch(golden.batch), { ...settings, step });
      const parameters = await session.readParameters();
      runs.push(Float32Array.from([...parameters.values()].flatMap(({ data }) => [...data])));
      session.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('leaves nothing behind, ten times over', async () => {
    const bytes: number[] = [];
    for (let run = 0; run < 10; run++) {
      const { session } = open(on);
      await session.trainStep(toBatch(golden.batch), settings);
      expect(session.memory().bytes).toBe(on.counted.counts().bytesAllocated);
      session.dispose();
      bytes.push(on.counted.counts().bytesAllocated);
    }
    expect(new Set(bytes)).toEqual(new Set([bytes[0]]));
    expect(bytes[0]).toBe(0);
  });

  it('rejects what waits when the device is lost, and what comes later', async () => {
    const own = await start();
    const { session, executor } = open(own);
    const batch = toBatch(golden.batch);
    await session.trainStep(batch, settings);
    const waiting = session.trainStep(batch, settings);
    own.device.destroy();
    await expect(waiting).rejects.toThrow('WebGPU device lost');
    await expect(session.predict(batch)).rejects.toThrow('WebGPU device lost');
    expect((await executor.lost).reason).toBe('destroyed');
    session.dispose();
  });
});
