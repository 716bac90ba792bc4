import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../backend';
import { compareWithGolden, type GoldenCase } from '../../testing/golden';
import { readBundledCase, readTinyCase } from '../../testing/goldenFiles';
import { startTfjs } from './devices';

const read = async (path: string) => new Uint8Array(await readFile(path));

async function check(backend: Backend, golden: GoldenCase) {
  const result = await compareWithGolden(backend, golden);
  expect(result.logitsDifference).toBeLessThanOrEqual(1e-4);
  expect(result.lossDifference).toBeLessThanOrEqual(1e-4);
  // Key biases have no golden value: see `isKeyBias`.
  const keyBiases = golden.graph.parameters.filter(({ name }) => /(self\.key|k_lin)\.bias$/.test(name)).length;
  expect(result.gradientsCompared).toBe(golden.graph.parameters.length - keyBiases);
  expect(result.worstGradient.share, result.worstGradient.name).toBeLessThanOrEqual(1);
  expect(result.losses).toHaveLength(20);
  expect(result.worstLoss).toBeLessThanOrEqual(1e-3);
  return result;
}

describe.each(['tfjs-wasm', 'tfjs-cpu'] as const)('%s gives the numbers of PyTorch', (id) => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startTfjs({ backend: id, wasmPaths: null });
  });
  afterAll(() => backend.dispose());

  it('for a tiny BERT', async () => void (await check(backend, await readTinyCase(read, 'tiny-bert'))));
  it('for a tiny DistilBERT', async () => void (await check(backend, await readTinyCase(read, 'tiny-distilbert'))));
  it.runIf(id === 'tfjs-wasm')('for the bundled model', async () => {
    console.log(await check(backend, await readBundledCase(read, 'minilm-batch')));
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
