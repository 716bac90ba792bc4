/** Whole models on the WASM engine against PyTorch's numbers. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../backend';
import { compareWithGolden, type GoldenCase } from '../../testing/golden';
import { readBundledCase, readTinyCase } from '../../testing/goldenFiles';
import { UNLIMITED } from '../../plan/memory';
import { LazyExecutor } from '../lazyExecutor';
import { PlannedSession } from '../plannedSession';
import { startWasmExecutor } from './start';
import { nodeHelper, readModule } from './testing/node';

const read = async (path: string) => new Uint8Array(await readFile(path));

function backendOf(build: 'single' | 'threads', threads: number): Backend {
  const start = () => startWasmExecutor({ load: readModule, helperFactory: nodeHelper, build, threads });
  return {
    id: 'wasm',
    device: { backend: 'wasm', name: 'CPU', refused: [], threads, speeds: [] },
    choices: {},
    failed: false,
    openSession: (options) => new PlannedSession(new LazyExecutor(UNLIMITED, start), options),
    dispose: () => undefined,
  };
}

async function check(backend: Backend, golden: GoldenCase) {
  const result = await compareWithGolden(backend, golden);
  expect(result.logitsDifference).toBeLessThanOrEqual(1e-4);
  expect(result.lossDifference).toBeLessThanOrEqual(1e-4);
  const keyBiases = golden.graph.parameters.filter(({ name }) => /(self\.key|k_lin)\.bias$/.test(name)).length;
  expect(result.gradientsCompared).toBe(golden.graph.parameters.length - keyBiases);
  expect(result.worstGradient.share, result.worstGradient.name).toBeLessThanOrEqual(1);
  expect(result.losses).toHaveLength(20);
  expect(result.worstLoss).toBeLessThanOrEqual(1e-3);
  return result;
}

describe.each([['single', 1], ['threads', 2]] as const)('the %s build on %i threads gives the numbers of PyTorch', (build, threads) => {
  const backend = backendOf(build, threads);

  it('for a tiny BERT', async () => void (await check(backend, await readTinyCase(read, 'tiny-bert'))));
  it('for a tiny DistilBERT', async () => void (await check(backend, await readTinyCase(read, 'tiny-distilbert'))));
  it.runIf(build === 'threads').each(['minilm-batch', 'bge-batch'] as const)('for a bundled model: %s', async (name) => {
    console.log(await check(backend, await readBundledCase(read, name)));
  });

  it('notices a wrong value: the same check fails for one changed weight', async () => {
    const golden = await readTinyCase(read, 'tiny-bert');
    const bias = golden.parameters.get('bert.encoder.layer.0.intermediate.dense.bias');
    if (bias) bias.data[0] = (bias.data[0] ?? 0) + 0.5;
    const result = await compareWithGolden(backend, golden);
    expect(result.logitsDifference).toBeGreaterThan(1e-4);
    expect(result.worstGradient.share).toBeGreaterThan(1);
    expect(result.worstLoss).toBeGreaterThan(1e-3);
  });
});
