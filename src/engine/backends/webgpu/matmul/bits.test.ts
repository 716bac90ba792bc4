/** All rungs of the ladder add in the same order: on a device that fuses alike in all of them, they agree to the last bit. */
import { expect, it } from 'vitest';
import { allCases } from '../../../ops/cases';
import { MATMUL_VARIANTS } from './variants';
import { WebgpuRunner } from '../runner';
import { softwareGpu, softwareGpuReason } from '../testing';

const gpu = await softwareGpu();
const title = gpu ? 'gives the same bits by every variant' : `gives the same bits by every variant, SKIPPED: ${softwareGpuReason()}`;

it.skipIf(!gpu)(title, async () => {
  const device = await (await gpu?.requestAdapter())?.requestDevice();
  if (!device) throw new Error('No device.');
  const cases = allCases().filter(({ instruction }, index) => instruction.kind.startsWith('linear') && index % 24 === 0);
  expect(cases.length).toBeGreaterThan(1);
  for (const testCase of cases) {
    const [first, ...others] = await Promise.all(MATMUL_VARIANTS.map(({ name }) => new WebgpuRunner(device, { matmul: name }).run(testCase)));
    for (const other of others) expect(other, testCase.name).toEqual(first);
  }
  device.destroy();
});
