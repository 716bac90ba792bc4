// The same recipe gives the same bits, whatever the number of threads; and with dropout on the losses of tfjs.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Backend, StepSettings, Tensor } from '../../backend';
import { toBatch, type GoldenCase } from '../../testing/golden';
import { readTinyCase, type ReadFile } from '../../testing/goldenFiles';
import { startTfjs } from '../tfjs/devices';
import { startWasmBackend } from './backend';
import type { WasmBuild } from './modules';
import { nodeHelper, readModule } from './testing/node';

const fromDisk: ReadFile = async (path) => new Uint8Array(await readFile(path));
const start = (threads: number, build: WasmBuild = 'threads'): Promise<Backend> => startWasmBackend({ load: readModule, helperFactory: nodeHelper, threads, build });

interface Followed {
  losses: number[];
  parameters: Map<string, Tensor>;
}

function settingsOf(step: number): StepSettings {
  return { step, seed: 7, learningRate: 1e-3, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true };
}

/** @param microBatchRows rows computed at once */
async function follow(backend: Backend, { graph, parameters, training }: GoldenCase, steps: number, microBatchRows: number | null = null): Promise<Followed> {
  const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)), microBatchRows });
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const batch = training.batches[step % training.batches.length];
    if (batch) losses.push((await session.trainStep(toBatch(batch), settingsOf(step))).loss);
  }
  const result = { losses, parameters: await session.readParameters() };
  session.dispose();
  return result;
}

function differentTensors(a: Followed, b: Followed): string[] {
  return [...a.parameters].flatMap(([name, { data }]) => {
    const other = b.parameters.get(name)?.data;
    return other && Buffer.from(data.buffer).equals(Buffer.from(other.buffer)) ? [] : [name];
  });
}

describe('our engine on the CPU', () => {
  it('gives equal bits after 50 steps, a second time and on another number of threads', async () => {
    const golden = await readTinyCase(fromDisk, 'tiny-bert');
    const [one, two] = [await start(1), await start(2)];
    const first = await follow(two, golden, 50);
    const second = await follow(two, golden, 50);
    const single = await follow(one, golden, 50);
    expect(second.losses).toEqual(first.losses);
    expect(differentTensors(first, second)).toEqual([]);
    expect(single.losses).toEqual(first.losses);
    expect(differentTensors(first, single)).toEqual([]);
    one.dispose();
    two.dispose();
  });

  it('follows tfjs with dropout on: the masks are the same', async () => {
    const golden = await readTinyCase(fromDisk, 'tiny-bert');
    const ours = await start(2);
    const tfjs = await startTfjs({ backend: 'tfjs-wasm', wasmPaths: null });
    const a = await follow(ours, golden, 20);
    const b = await follow(tfjs, golden, 20);
    const worst = Math.max(...a.losses.map((loss, index) => Math.abs(loss - (b.losses[index] ?? NaN))));
    expect(a.losses).toHaveLength(20);
    expect(worst).toBeLessThan(1e-3);
    ours.dispose();
    tfjs.dispose();
  });

  it.each([1, 2, 3])('gives the same curve in micro-batches of %i rows', async (rows) => {
    const golden = await readTinyCase(fromDisk, 'tiny-bert');
    const backend = await start(2);
    const whole = await follow(backend, golden, 20);
    const cut = await follow(backend, golden, 20, rows);
    const worst = Math.max(...whole.losses.map((loss, index) => Math.abs(loss - (cut.losses[index] ?? NaN))));
    expect(worst).toBeLessThan(1e-4);
    expect(differentTensors(whole, cut).length).toBeGreaterThan(0);
    backend.dispose();
  });

  it('goes on with equal bits from saved parameters and moments', async () => {
    const golden = await readTinyCase(fromDisk, 'tiny-bert');
    const backend = await start(2);
    const { graph, training } = golden;
    const trained = new Set(graph.parameters.map(({ name }) => name));
    const batchOf = (step: number) => {
      const batch = training.batches[step % training.batches.length];
      if (!batch) throw new Error('No batch.');
      return toBatch(batch);
    };
    const session = backend.openSession({ graph, parameters: golden.parameters, trained });
    for (let step = 1; step <= 10; step++) await session.trainStep(batchOf(step), settingsOf(step));
    const saved = { parameters: await session.readParameters(), optimizer: await session.readOptimizer() };
    for (let step = 11; step <= 20; step++) await session.trainStep(batchOf(step), settingsOf(step));
    const undisturbed = await session.readParameters();
    session.dispose();

    const resumed = backend.openSession({ graph, parameters: golden.parameters, trained });
    resumed.writeParameters(saved.parameters);
    resumed.writeOptimizer(saved.optimizer);
    for (let step = 11; step <= 20; step++) await resumed.trainStep(batchOf(step), settingsOf(step));
    expect(differentTensors({ losses: [], parameters: undisturbed }, { losses: [], parameters: await resumed.readParameters() })).toEqual([]);
    resumed.dispose();
    backend.dispose();
  });

  it('learns eight rows by heart', async () => {
    const { graph, parameters, training } = await readTinyCase(fromDisk, 'tiny-bert');
    const backend = await start(2);
    const rows = training.batches.map(toBatch).find((batch) => batch.rows === 8) ?? toBatch(training.batches[0] ?? { inputIds: [], attentionMask: [], tokenTypeIds: null, labels: [] });
    const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
    for (let step = 1; step <= 150; step++) await session.trainStep(rows, { ...settingsOf(step), learningRate: 5e-3, dropout: false });
    const logits = await session.predict(rows);
    const labels = logits.length / rows.rows;
    const answers = Array.from({ length: rows.rows }, (_, row) => {
      const scores = [...logits.subarray(row * labels, (row + 1) * labels)];
      return scores.indexOf(Math.max(...scores));
    });
    expect(answers).toEqual([...rows.labels]);
    session.dispose();
    backend.dispose();
  });

  it('holds as many bytes at step 2,000 as at step 10, and none after ten runs', async () => {
    const { graph, parameters, training } = await readTinyCase(fromDisk, 'tiny-bert');
    const backend = await start(2);
    const ends: number[] = [];
    for (let run = 0; run < 10; run++) {
      const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
      const bytes: number[] = [];
      for (let step = 1; step <= (run === 0 ? 2000 : 10); step++) {
        const batch = training.batches[step % training.batches.length];
        if (batch) await session.trainStep(toBatch(batch), settingsOf(step));
        if (step === 10 || step === 2000) bytes.push(session.memory().bytes);
      }
      expect(new Set(bytes).size).toBe(1);
      ends.push(bytes[0] ?? 0);
      session.dispose();
      expect(session.memory().bytes).toBe(0);
    }
    // The first run has the memory in which the tiles were timed.
    expect(new Set(ends.slice(1)).size).toBe(1);
    backend.dispose();
  });
});
