/** What a browser test may call on this page. */
import type { BackendId } from '../../src/domain';
import { startTfjs } from '../../src/engine';
import { compareWithGolden, toBatch, type GoldenResult } from '../../src/engine/testing/golden';
import { readTinyCase } from '../../src/engine/testing/goldenFiles';
import { wasmPaths } from '../../src/workers/wasmPaths';

const addresses = import.meta.glob<string>('/parity/golden/tiny-*/*', { query: '?url', import: 'default', eager: true });

async function read(path: string): Promise<Uint8Array> {
  const address = addresses[`/${path}`];
  if (!address) throw new Error(`${path} is not part of this page.`);
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
}

interface HeldMemory {
  tensors: number;
  bytes: number;
}

const harness = {
  async golden(backendId: BackendId, name: string): Promise<GoldenResult & { device: string }> {
    const backend = await startTfjs({ backend: backendId, wasmPaths });
    const result = await compareWithGolden(backend, await readTinyCase(read, name));
    return { ...result, device: backend.device.name };
  },

  /** Tensors and bytes held after steps 10 and 100, dropout on. */
  async memory(backendId: BackendId): Promise<{ after10: HeldMemory; after100: HeldMemory; disposed: HeldMemory }> {
    const backend = await startTfjs({ backend: backendId, wasmPaths });
    const { graph, parameters, training } = await readTinyCase(read, 'tiny-bert');
    const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
    const settings = { seed: 7, learningRate: 1e-3, weightDecay: 0.01, adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true };
    let after10: HeldMemory = { tensors: 0, bytes: 0 };
    for (let step = 1; step <= 100; step++) {
      const batch = training.batches[step % training.batches.length];
      if (batch) await session.trainStep(toBatch(batch), { ...settings, step });
      if (step === 10) after10 = session.memory();
    }
    const after100 = session.memory();
    session.dispose();
    return { after10, after100, disposed: session.memory() };
  },

  /** What starting without a choice gives: the device and why others are not used. */
  async start() {
    const backend = await startTfjs({ backend: null, wasmPaths });
    return backend.device;
  },
};

export type Harness = typeof harness;
Object.assign(window, { harness });
