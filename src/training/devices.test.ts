// Faults 13 and 15: a device that computes wrongly, or goes away, makes no weights that anyone gets.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../domain';
import { DeviceLost, OutOfDeviceMemory, WrongNumbers, type Backend, type CheckResult, type EngineSession } from '../engine';
import { startTfjs } from '../engine/backends/tfjs/devices';
import { readTensors } from '../models';
import { base, dataset, recipeOf } from './tinyRun.fixture';
import type { TrainerOptions } from './options';
import { train } from './trainer';

let processor: Backend;
beforeAll(async () => {
  processor = await startTfjs({ backend: 'tfjs-wasm', wasmPaths: null });
});
afterAll(() => processor.dispose());

/** The processor, called a graphics card, whose sessions are changed. */
function graphicsCard(change: (session: EngineSession) => Partial<EngineSession> = () => ({})): Backend {
  return {
    id: 'webgpu',
    device: { backend: 'webgpu', name: 'Tester 3000', refused: [], threads: null, speeds: [] },
    choices: {},
    failed: false,
    dispose: () => undefined,
    openSession(options) {
      const session = processor.openSession(options);
      // Methods stand on the class, so a spread would lose them.
      return new Proxy(session, { get: (target, name) => Reflect.get({ ...bound(target), ...change(bound(target)) }, name) as unknown });
    },
  };
}

function bound(session: EngineSession): EngineSession {
  return {
    prepare: (rows, length) => session.prepare(rows, length),
    check: (rows, length) => session.check(rows, length),
    trainStep: (batch, settings) => session.trainStep(batch, settings),
    predict: (batch) => session.predict(batch),
    gradients: (batch) => session.gradients(batch),
    readParameters: () => session.readParameters(),
    writeParameters: (parameters) => session.writeParameters(parameters),
    readOptimizer: () => session.readOptimizer(),
    writeOptimizer: (state) => session.writeOptimizer(state),
    estimateMemory: (rows, length) => session.estimateMemory(rows, length),
    rowsAtOnce: Infinity,
    memory: () => session.memory(),
    dispose: () => session.dispose(),
  };
}

async function runOf(backend: Backend, options: Partial<TrainerOptions> = {}): Promise<{ events: RunEvent[]; saves: { step: number; bytes: Uint8Array }[] }> {
  const saves: { step: number; bytes: Uint8Array }[] = [];
  const events: RunEvent[] = [];
  const run = train({
    backend,
    base,
    dataset,
    recipe: recipeOf({ numTrainEpochs: 3 }),
    runId: 'run',
    version: 'test',
    store: {
      async saveBestWeights(step, chunks) {
        const parts: Uint8Array[] = [];
        for await (const chunk of chunks) parts.push(chunk.slice());
        const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
        parts.reduce((offset, part) => (bytes.set(part, offset), offset + part.length), 0);
        saves.push({ step, bytes });
        return { file: `${step}`, sha256: '', bytes: bytes.length };
      },
    },
    overrides: new Map(),
    continuedFrom: null,
    now: () => 0,
    pause: async () => undefined,
    progress: () => undefined,
    stopRequested: () => false,
    ...options,
  });
  for await (const event of run) events.push(event);
  return { events, saves };
}

const kindsOf = (events: readonly RunEvent[]): string[] => events.map(({ kind }) => kind);
const stepsOf = (events: readonly RunEvent[]): number[] => events.flatMap((event) => (event.kind === 'stepped' ? [event.step] : []));
const lossesOf = (events: readonly RunEvent[]): Map<number, number> => new Map(events.flatMap((event) => (event.kind === 'stepped' ? [[event.step, event.loss] as const] : [])));

/** A device that goes away at the given steps, each once: what was launched behind fails with it. */
function losingAt(steps: number[]): Backend {
  const left = [...steps];
  let gone = false;
  const device = graphicsCard((session) => ({
    async trainStep(batch, settings) {
      if (settings.step === left[0]) {
        left.shift();
        gone = true;
      }
      if (gone) throw new DeviceLost('gone');
      return session.trainStep(batch, settings);
    },
  }));
  // A new session is a new device.
  return { ...device, openSession: (options) => ((gone = false), device.openSession(options)) };
}

describe('fault 15: a device that is lost', () => {
  it.each([[[4]], [[9]], [[2, 9, 14]]])('at steps %j: the run goes on from its checkpoint and ends with the weights of an undisturbed one', async (steps) => {
    const undisturbed = await runOf(graphicsCard());
    const device = losingAt(steps);
    let replaced = 0;
    const disturbed = await runOf(device, { replaceBackend: async () => (replaced++, device) });
    expect(replaced).toBe(steps.length);
    const resumed = disturbed.events.filter((event) => event.kind === 'resumed');
    expect(resumed).toHaveLength(steps.length);
    for (const { step, lostAt } of resumed) expect(step).toBeLessThanOrEqual(lostAt);
    expect(disturbed.events.at(-1)?.kind).toBe('finished');
    // The last word on every step is the same, and so are the weights.
    expect(lossesOf(disturbed.events)).toEqual(lossesOf(undisturbed.events));
    expect(disturbed.saves.at(-1)).toEqual(undisturbed.saves.at(-1));
  });

  it('while it scores rows: no evaluation of a lost device is told or saved', async () => {
    let lost = false;
    const device = graphicsCard((session) => ({
      async predict(batch) {
        if (lost) return session.predict(batch);
        lost = true;
        throw new DeviceLost('gone');
      },
    }));
    const undisturbed = await runOf(graphicsCard());
    const { events, saves } = await runOf(device, { replaceBackend: async () => device });
    const first = kindsOf(events).indexOf('resumed');
    expect(kindsOf(events).slice(0, first)).not.toContain('evaluated');
    expect(saves).toEqual(undisturbed.saves);
  });

  it('ends the run where there is no other device', async () => {
    await expect(runOf(losingAt([4]))).rejects.toThrow(DeviceLost);
  });
});

const wrong: CheckResult = { checked: 3, sampled: 0, milliseconds: 1, wrong: { kernel: 'linear', size: '8 x 32 x 64', difference: 0.03, allowed: 1e-3 } };

describe('a device without room', () => {
  it('is replaced before step 1, and the run says what computes', async () => {
    const { events } = await runOf(graphicsCard(() => ({ prepare: () => Promise.reject(new OutOfDeviceMemory(123)) })), { replaceBackend: async () => processor });
    expect(events[0]).toMatchObject({ kind: 'started', device: { backend: 'tfjs-wasm' } });
    expect(events.at(-1)?.kind).toBe('finished');
  });

  it('leaves its small batches behind', async () => {
    const seen: (number | null | undefined)[] = [];
    const next: Backend = { ...bindBackend(processor), openSession: (options) => (seen.push(options.microBatchRows), processor.openSession(options)) };
    await runOf(graphicsCard(() => ({ rowsAtOnce: 1, prepare: () => Promise.reject(new OutOfDeviceMemory(123)) })), { replaceBackend: async () => next });
    expect(seen).toEqual([Infinity]);
  });

  it('that has no replacement ends in a typed error', async () => {
    const device = graphicsCard(() => ({ prepare: () => Promise.reject(new OutOfDeviceMemory(123)) }));
    await expect(runOf(device)).rejects.toMatchObject({ code: 'device.out-of-memory', facts: { device: 'Tester 3000', bytes: 123 } });
    await expect(runOf(device, { replaceBackend: async () => device })).rejects.toMatchObject({ code: 'device.out-of-memory' });
  });
});

describe('fault 13: a device that computes wrongly', () => {
  it('is found before step 1, named, and not used', async () => {
    const reasons: Error[] = [];
    const { events } = await runOf(graphicsCard(() => ({ check: async () => wrong, trainStep: () => Promise.reject(new Error('used')) })), {
      replaceBackend: async (reason) => (reasons.push(reason), processor),
    });
    expect(reasons).toEqual([expect.any(WrongNumbers)]);
    expect(events[0]).toMatchObject({ kind: 'started', device: { backend: 'tfjs-wasm' } });
    expect(events[1]).toMatchObject({ kind: 'warned', warning: { kind: 'wrong-numbers', device: 'Tester 3000', kernel: 'linear', size: '8 x 32 x 64', difference: 0.03, allowed: 1e-3 } });
    expect(events.at(-1)?.kind).toBe('finished');
    expect(stepsOf(events)).toHaveLength(18);
  });

  it('is found on test rows after training: the run fails and has nothing to give', async () => {
    const device = graphicsCard((session) => ({
      async predict(batch) {
        return (await session.predict(batch)).map((score) => score * 1.1);
      },
    }));
    const { events } = await runOf(device, { startReference: () => startTfjs({ backend: 'tfjs-wasm', wasmPaths: null }).then((backend) => ({ ...bindBackend(backend), dispose: () => undefined })) });
    expect(kindsOf(events)).not.toContain('finished');
    expect(events.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'run.wrong-numbers', facts: { device: 'Tester 3000', rows: 20 } } });
  });

  it('is not suspected where the other device cannot start', async () => {
    const { events } = await runOf(graphicsCard(), { startReference: () => Promise.reject(new Error('no SIMD')) });
    expect(events.at(-1)?.kind).toBe('finished');
  });

  it('is not suspected where both devices agree', async () => {
    const { events, saves } = await runOf(graphicsCard(), { startReference: async () => ({ ...bindBackend(processor), dispose: () => undefined }) });
    expect(events.at(-1)?.kind).toBe('finished');
    for (const { bytes } of saves) readTensors(bytes, 'model.safetensors');
  });
});

function bindBackend(backend: Backend): Backend {
  return { id: backend.id, device: backend.device, choices: backend.choices, failed: false, openSession: (options) => backend.openSession(options), dispose: () => backend.dispose() };
}
