/** The harness's checks, in a worker as in the product: threads may not wait on the page. */
import type { BackendId, DeviceDescription } from '../../src/domain';
import { startEngine, type Tensor } from '../../src/engine';
import { compareWithGolden, toBatch, type GoldenResult } from '../../src/engine/testing/golden';
import { readTinyCase } from '../../src/engine/testing/goldenFiles';
import { wasmPaths } from '../../src/workers/wasmPaths';

const addresses = import.meta.glob<string>('/parity/golden/tiny-*/*', { query: '?url', import: 'default', eager: true });

async function read(path: string): Promise<Uint8Array> {
  const address = addresses[`/${path}`];
  if (!address) throw new Error(`${path} is not part of this page.`);
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

export interface HeldMemory {
  tensors: number;
  bytes: number;
}

export interface Followed {
  losses: number[];
  /** Parameters after the last step, one behind the other. */
  sum: string;
}

const settings = { seed: 7, learningRate: 1e-3, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true };

async function sumOf(parameters: ReadonlyMap<string, Tensor>): Promise<string> {
  const parts = [...parameters.values()].map(({ data }) => new Uint8Array(data.slice().buffer));
  const all = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  parts.reduce((offset, part) => (all.set(part, offset), offset + part.length), 0);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', all));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const checks = {
  async golden(backendId: BackendId, name: string): Promise<GoldenResult & { device: string; choices: Record<string, string> }> {
    const backend = await startEngine({ backend: backendId, wasmPaths });
    const result = await compareWithGolden(backend, await readTinyCase(read, name));
    backend.dispose();
    return { ...result, device: backend.device.name, choices: { ...backend.choices } };
  },

  /** Tensors and bytes held after steps 10 and 100, dropout on. */
  async memory(backendId: BackendId): Promise<{ after10: HeldMemory; after100: HeldMemory; disposed: HeldMemory }> {
    const backend = await startEngine({ backend: backendId, wasmPaths });
    const { graph, parameters, training } = await readTinyCase(read, 'tiny-bert');
    const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
    let after10: HeldMemory = { tensors: 0, bytes: 0 };
    for (let step = 1; step <= 100; step++) {
      const batch = training.batches[step % training.batches.length];
      if (batch) await session.trainStep(toBatch(batch), { ...settings, step });
      if (step === 10) after10 = session.memory();
    }
    const after100 = session.memory();
    session.dispose();
    const disposed = session.memory();
    backend.dispose();
    return { after10, after100, disposed };
  },

  /** Losses and a hash of all parameters after some steps, dropout on. */
  async follow(backendId: BackendId, steps: number): Promise<Followed> {
    const backend = await startEngine({ backend: backendId, wasmPaths });
    const { graph, parameters, training } = await readTinyCase(read, 'tiny-bert');
    const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
    const losses: number[] = [];
    for (let step = 1; step <= steps; step++) {
      const batch = training.batches[step % training.batches.length];
      if (batch) losses.push((await session.trainStep(toBatch(batch), { ...settings, step })).loss);
    }
    const sum = await sumOf(await session.readParameters());
    session.dispose();
    backend.dispose();
    return { losses, sum };
  },

  /** What starting without a choice gives: the device and why others are not used. */
  async start(): Promise<DeviceDescription> {
    const backend = await startEngine({ backend: null, wasmPaths });
    backend.dispose();
    return backend.device;
  },
};

export type Checks = typeof checks;

self.addEventListener('message', ({ data }: MessageEvent<{ name: keyof Checks; parameters: unknown[] }>) => {
  const check = checks[data.name] as (...parameters: unknown[]) => Promise<unknown>;
  check(...data.parameters).then(
    (value) => self.postMessage({ value }),
    (thrown: unknown) => self.postMessage({ error: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) }),
  );
});
