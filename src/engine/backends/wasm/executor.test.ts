/** The executor by itself: what it chooses, what it refuses, and what must not change its results. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Batch, StepSettings } from '../../backend';
import { layoutFor } from '../../plan/compile';
import { packInputs } from '../../plan/inputs';
import { UNLIMITED } from '../../plan/memory';
import type { Plan } from '../../plan/plan';
import { RESULTS, RESULT_WORDS } from '../../plan/tensor';
import { planUpdate } from '../../plan/update';
import { allNames, graphOf, planOf } from '../../testing/planned';
import { OutOfDeviceMemory } from '../executor';
import type { WasmExecutor } from './executor';
import { startWasmExecutor, WasmUnsupported, type WasmStart } from './start';
import { nodeHelper, readModule } from './testing/node';
import type { HelperFactory } from './threads';

const graph = graphOf('parity/golden/tiny-bert', 5);
const layout = layoutFor(graph, allNames(graph), UNLIMITED);
const elements = layout.trained[0] ?? 0;

const start = (options: Partial<WasmStart> = {}) => startWasmExecutor({ load: readModule, helperFactory: nodeHelper, build: 'threads', threads: 2, ...options });

/** Numbers that look random and are the same every time. */
function noise(count: number, size: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => size * Math.sin(index * 12.9898 + (index % 97) * 78.233));
}

async function ready(options: Partial<WasmStart> = {}): Promise<WasmExecutor> {
  const executor = await start(options);
  await executor.allocate(layout, planUpdate(layout));
  executor.write('parameters', 0, 0, noise(elements, 0.3));
  return executor;
}

function batchOf(rows: number, length: number): Batch {
  const ids = Int32Array.from({ length: rows * length }, (_, index) => (index * 7 + (index % 3)) % 120);
  const mask = Int32Array.from(ids, (_, index) => (index % length < length - (Math.floor(index / length) % 3) ? 1 : 0));
  return { rows, length, inputIds: ids, attentionMask: mask, tokenTypeIds: ids.map((id) => id % 2), labels: Int32Array.from({ length: rows }, (_, row) => row % 5) };
}

const settings = (step: number): StepSettings => ({
  step, seed: 42, learningRate: 1e-3, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true,
});

async function step(executor: WasmExecutor, plan: Plan, number: number): Promise<Float32Array> {
  await executor.prepare(plan);
  const inputs = packInputs(plan, { batch: batchOf(plan.rows, plan.length), rowOffset: 0, lossScale: 1 / plan.rows }, settings(number));
  const [results] = await executor.run([{ plan, inputs }], true);
  return results ?? new Float32Array();
}

/** Three steps of three sizes, of which the second is the largest: everything moves in between. */
async function train(executor: WasmExecutor): Promise<Float32Array[]> {
  const plans = [planOf(graph, 3, 7), planOf(graph, 9, 33), planOf(graph, 3, 7)];
  const results: Float32Array[] = [];
  for (const [index, plan] of plans.entries()) results.push(await step(executor, plan, index + 1));
  return [...results, await executor.read('parameters', 0, 0, elements), await executor.read('secondMoments', 0, 0, elements)];
}

describe('WasmExecutor', () => {
  it('gives the same bits for any number of threads, either tile, and after a larger plan', async () => {
    const outcomes: Float32Array[][] = [];
    for (const [threads, tile, build] of [['1', '4', 'threads'], ['2', '6', 'threads'], ['3', '4', 'threads'], ['1', '6', 'single']]) {
      const executor = await ready({ choices: { threads: threads ?? '', tile: tile ?? '', build: build ?? '' } });
      expect(executor.choices()).toEqual({ threads, tile, build });
      outcomes.push(await train(executor));
      executor.dispose();
    }
    const [first, ...others] = outcomes;
    for (const other of others) expect(other).toEqual(first);
    const [one] = first ?? [];
    expect(one?.[RESULTS.loss]).toBeGreaterThan(0);
    expect(one?.[RESULTS.nonFiniteChunk]).toBe(-1);
    expect(one).toHaveLength(RESULT_WORDS + 3 * 5);
  });

  it('adds up micro-batches', async () => {
    const executor = await ready();
    const whole = planOf(graph, 6, 8);
    const part = planOf(graph, 3, 8, { accumulate: true });
    await executor.prepare(whole);
    await executor.prepare(part);
    const batch = batchOf(6, 8);
    const micro = (first: number) => ({
      batch: { ...batchOf(3, 8), inputIds: batch.inputIds.slice(first * 8, first * 8 + 24), attentionMask: batch.attentionMask.slice(first * 8, first * 8 + 24), tokenTypeIds: batch.tokenTypeIds.slice(first * 8, first * 8 + 24), labels: batch.labels.slice(first, first + 3) },
      rowOffset: first,
      lossScale: 1 / 6,
    });
    const [all] = await executor.run([{ plan: whole, inputs: packInputs(whole, { batch, rowOffset: 0, lossScale: 1 / 6 }, settings(1)) }], false);
    const expected = await executor.read('gradients', 0, 0, elements);
    executor.clear('gradients');
    const parts = await executor.run([0, 3].map((first) => ({ plan: part, inputs: packInputs(part, micro(first), settings(1)) })), false);
    const gradients = await executor.read('gradients', 0, 0, elements);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const difference = gradients.reduce((most, value, index) => Math.max(most, Math.abs(value - (expected[index] ?? NaN))), 0);
    expect(largest).toBeGreaterThan(0);
    expect(difference).toBeLessThan(1e-5 * largest);
    expect(parts.reduce((sum, results) => sum + (results[RESULTS.loss] ?? NaN), 0)).toBeCloseTo(all?.[RESULTS.loss] ?? NaN, 5);
    executor.dispose();
  });

  it('clears, counts, and holds nothing after it is disposed of', async () => {
    const executor = await ready();
    executor.clear('parameters');
    expect((await executor.read('parameters', 0, 0, elements)).every((value) => value === 0)).toBe(true);
    const { bytesUploaded, bytesReadBack, dispatches } = executor.counts();
    expect(bytesUploaded).toBeGreaterThanOrEqual(elements * 4);
    expect(bytesReadBack).toBe(elements * 4);
    expect(dispatches).toBeNull();
    expect(executor.memory().bytes).toBeGreaterThan(elements * 16);
    executor.dispose();
    executor.dispose();
    expect(executor.memory()).toEqual({ buffers: 0, bytes: 0 });
    await expect(executor.prepare(planOf(graph, 1, 4))).rejects.toThrow();
  });

  it('starts with zeros although the choice of a tile used the same memory', async () => {
    const executor = await start();
    await executor.allocate(layout, planUpdate(layout));
    for (const region of ['parameters', 'gradients', 'firstMoments', 'secondMoments'] as const) {
      expect((await executor.read(region, 0, 0, elements)).every((value) => value === 0)).toBe(true);
    }
    executor.dispose();
  });

  it('computes with addresses beyond 2 GiB', async () => {
    const [near, far] = [await ready(), await start()];
    // Never touched, so it costs addresses only.
    await far.allocate({ ...layout, trained: [2 ** 27] }, planUpdate(layout));
    far.write('parameters', 0, 0, noise(elements, 0.3));
    const expected = await train(near);
    expect(await train(far)).toEqual(expected);
    expect(far.memory().bytes).toBeGreaterThan(2 ** 31);
    for (const executor of [near, far]) executor.dispose();
  });

  it('refuses rows that are too long for attention', async () => {
    const executor = await ready();
    const plan = planOf(graph, 1, 64);
    const instructions = plan.instructions.map((instruction) => (instruction.kind === 'attention' ? { ...instruction, length: 600 } : instruction));
    await expect(executor.prepare({ ...plan, instructions })).rejects.toThrow('600 tokens');
    executor.dispose();
  });

  it('refuses what does not fit, and goes on with what does', async () => {
    const executor = await ready();
    const plan = planOf(graph, 3, 7);
    const huge: Plan = { ...plan, arena: [2 ** 30] };
    await expect(executor.prepare(huge)).rejects.toMatchObject({ code: 'engine.out-of-memory' });
    await expect(executor.prepare(huge)).rejects.toBeInstanceOf(OutOfDeviceMemory);
    expect((await step(executor, plan, 1))[RESULTS.nonFiniteChunk]).toBe(-1);
    executor.dispose();
  });
});

describe('startWasmExecutor', () => {
  it('takes one thread where helpers do not answer, or cannot be made', async () => {
    const silent: HelperFactory = () => ({ post: () => undefined, onMessage: () => undefined, onError: () => undefined, terminate: () => undefined });
    const impossible: HelperFactory = () => {
      throw new Error('no workers here');
    };
    for (const helperFactory of [silent, impossible, null]) {
      const executor = await start({ helperFactory, threads: 4, helperLimitMs: 50 });
      expect(executor.choices().threads).toBe('1');
      executor.dispose();
    }
  });

  it('refuses a build that does not run here, rather than to compute with another', async () => {
    await expect(start({ choices: { build: 'elsewhere' } })).rejects.toBeInstanceOf(WasmUnsupported);
  });

  it('releases memory: ten starts leave no more than one', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const settled = async () => {
      // Workers end, and their memory with them, a moment after they are told to.
      for (let round = 0; round < 5; round++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        collect();
      }
      return process.memoryUsage.rss();
    };
    const big = { ...layout, trained: [8 * 2 ** 20], decayed: [0] };
    const once = async () => {
      const executor = await start();
      await executor.allocate(big, planUpdate(layout));
      executor.write('parameters', 0, 0, new Float32Array(8 * 2 ** 20).fill(1));
      executor.clear('firstMoments');
      executor.dispose();
    };
    await once();
    const before = await settled();
    for (let round = 0; round < 10; round++) await once();
    // One alone touches more than 64 MiB.
    expect((await settled()) - before).toBeLessThan(48 * 2 ** 20);
  });
});
