import { describe, expect, it } from 'vitest';
import type { BackendId } from '../domain';
import type { Backend, EngineSession } from './backend';
import { Refused } from './backends/refusal';
import { startBackend, type Starter, type Starters } from './start';

/** A session whose steps take this long on a clock that only it moves. */
function stub(id: BackendId, milliseconds: number, disposed: string[]): Backend {
  const session: EngineSession = {
    prepare: async () => undefined,
    check: async () => null,
    trainStep: async () => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
      return { loss: 1, gradientNorm: 1, logits: new Float32Array(16), nonFinite: null };
    },
    predict: async () => new Float32Array(16),
    gradients: async () => ({ loss: 1, gradients: new Map() }),
    readParameters: async () => new Map(),
    writeParameters: () => undefined,
    readOptimizer: async () => ({ first: new Map(), second: new Map() }),
    writeOptimizer: () => undefined,
    estimateMemory: () => null,
    rowsAtOnce: Infinity,
    memory: () => ({ tensors: 0, bytes: 0 }),
    dispose: () => undefined,
  };
  return {
    id,
    device: { backend: id, name: id, refused: [], threads: null, speeds: [] },
    choices: {},
    failed: false,
    openSession: () => session,
    dispose: () => void disposed.push(id),
  };
}

const refuse = (reason: ConstructorParameters<typeof Refused>[0]): Starter => () => Promise.reject(new Refused(reason, 'because'));

function startersOf(given: Partial<Starters>): Starters {
  const none = refuse('failed');
  return { webgpu: none, wasm: none, 'tfjs-webgpu': none, 'tfjs-wasm': none, 'tfjs-cpu': none, ...given };
}

describe('starting without a choice', () => {
  it.each([
    { gpu: 2, cpu: 12, kept: 'webgpu', released: 'wasm' },
    { gpu: 12, cpu: 2, kept: 'wasm', released: 'webgpu' },
  ])('keeps the faster of two: $kept', async ({ gpu, cpu, kept, released }) => {
    const disposed: string[] = [];
    const backend = await startBackend({ backend: null }, startersOf({ webgpu: async () => stub('webgpu', gpu, disposed), wasm: async () => stub('wasm', cpu, disposed) }));
    expect(backend.id).toBe(kept);
    expect(disposed).toEqual([released]);
    expect(backend.device.speeds.map((speed) => speed.backend)).toEqual(['webgpu', 'wasm']);
    expect(backend.device.refused).toMatchObject([{ backend: released, reason: 'slower' }]);
  });

  it('takes the only one there is, and says why not the other', async () => {
    const backend = await startBackend({ backend: null }, startersOf({ webgpu: refuse('software-adapter'), wasm: async () => stub('wasm', 1, []) }));
    expect(backend.id).toBe('wasm');
    expect(backend.device.refused).toEqual([{ backend: 'webgpu', reason: 'software-adapter', detail: 'because' }]);
    expect(backend.device.speeds).toEqual([]);
  });

  it('falls back to tfjs where ours cannot run', async () => {
    const backend = await startBackend({ backend: null }, startersOf({ 'tfjs-cpu': async () => stub('tfjs-cpu', 1, []) }));
    expect(backend.id).toBe('tfjs-cpu');
    expect(backend.device.refused.map(({ backend: id }) => id)).toEqual(['webgpu', 'wasm', 'tfjs-wasm']);
  });

  it('does not keep a device whose probe fails', async () => {
    const broken = stub('webgpu', 1, []);
    const failing: Backend = { ...broken, openSession: () => ({ ...broken.openSession({} as never), trainStep: () => Promise.reject(new Error('no')) }) };
    const backend = await startBackend({ backend: null }, startersOf({ webgpu: async () => failing, wasm: async () => stub('wasm', 1, []) }));
    expect(backend.id).toBe('wasm');
    expect(backend.device.refused).toEqual([{ backend: 'webgpu', reason: 'failed', detail: 'no' }]);
  });

  it('falls back where both start and neither trains', async () => {
    const broken = (id: BackendId): Backend => ({ ...stub(id, 1, []), openSession: () => ({ ...stub(id, 1, []).openSession({} as never), trainStep: () => Promise.reject(new Error('no')) }) });
    const backend = await startBackend({ backend: null }, startersOf({ webgpu: async () => broken('webgpu'), wasm: async () => broken('wasm'), 'tfjs-wasm': async () => stub('tfjs-wasm', 1, []) }));
    expect(backend.id).toBe('tfjs-wasm');
  });

  it('says what was tried when nothing starts', async () => {
    await expect(startBackend({ backend: null }, startersOf({}))).rejects.toMatchObject({ code: 'device.unavailable' });
  });
});

describe('starting a chosen backend', () => {
  it('tells the starter that it was asked for', async () => {
    const seen: boolean[] = [];
    await startBackend({ backend: 'webgpu' }, startersOf({ webgpu: async ({ chosen }) => (seen.push(chosen), stub('webgpu', 1, [])) }));
    expect(seen).toEqual([true]);
  });

  it('does not take another in its place', async () => {
    const starters = startersOf({ webgpu: refuse('no-api'), wasm: async () => stub('wasm', 1, []) });
    await expect(startBackend({ backend: 'webgpu' }, starters)).rejects.toMatchObject({ code: 'device.refused', facts: { backend: 'webgpu', reason: 'no-api because' } });
  });
});
