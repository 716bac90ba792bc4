/** Every kernel against its float64 reference, at the shared cases, on a device with the smallest limits WebGPU allows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCases } from '../../ops/cases';
import { problemsOf } from '../../check/compare';
import { expectedOnce } from '../../testing/expected';
import { MATMUL_VARIANTS } from './matmul/variants';
import { WebgpuRunner } from './runner';
import { softwareGpu, softwareGpuReason } from './testing';

const gpu = await softwareGpu();
if (!gpu) console.warn(`WebGPU kernels are NOT tested here: ${softwareGpuReason()}`);
const title = gpu ? 'WebGPU kernels' : `WebGPU kernels, SKIPPED: ${softwareGpuReason()}`;

async function startRunner(matmul: string): Promise<WebgpuRunner> {
  const adapter = await gpu?.requestAdapter();
  // Without required limits a device has the smallest ones, whatever the adapter could do.
  const device = await adapter?.requestDevice();
  if (!device) throw new Error('No device.');
  return new WebgpuRunner(device, { matmul });
}

const cases = allCases();
const products = cases.filter(({ instruction }) => instruction.kind.startsWith('linear'));
// The three register blockings are one text with other numbers: for two of them, some of the shapes will do.
const chosenFor = (name: string) => (name === 'registers32' ? cases : name.startsWith('registers') ? products.filter((_, index) => index % 8 === 0) : products);
const setups = MATMUL_VARIANTS.map(({ name }) => [name, chosenFor(name)] as const);

describe.skipIf(!gpu).each(setups)(`${title}, products by %s`, (matmul, chosen) => {
  let runner: WebgpuRunner;

  beforeAll(async () => {
    runner = await startRunner(matmul);
  });
  afterAll(() => runner?.dispose());

  it.each(chosen.map((testCase) => [testCase.name, testCase] as const))('%s', async (_, testCase) => {
    expect(problemsOf(testCase, await runner.run(testCase), expectedOnce(testCase))).toEqual([]);
  });
});
