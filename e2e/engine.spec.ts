/** The same engine checks on every backend, in a real browser. */
import { chromium, expect, test, type Page } from '@playwright/test';
import { browserArguments, findChromium, softwareGpuArguments } from '../scripts/browser.mjs';
import type { Harness } from './harness/harness';
import { HARNESS_PORT } from './serve';

declare global {
  interface Window {
    harness: Harness;
  }
}

const address = `http://localhost:${HARNESS_PORT}/e2e/harness/harness.html`;

async function withHarness<Result>(gpu: boolean, use: (page: Page) => Promise<Result>): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...browserArguments, ...(gpu ? softwareGpuArguments : [])],
    ...(gpu ? { ignoreDefaultArgs: ['--disable-gpu'] } : {}),
  });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'harness' in window);
    return await use(page);
  } finally {
    await browser.close();
  }
}

for (const backend of ['webgpu', 'wasm', 'tfjs-webgpu', 'tfjs-wasm'] as const) {
  const gpu = backend.endsWith('webgpu');

  for (const model of ['tiny-bert', 'tiny-distilbert']) {
    test(`${backend} gives PyTorch's numbers for ${model}`, async () => {
      const result = await withHarness(gpu, (page) => page.evaluate(([id, name]) => window.harness.golden(id, name), [backend, model] as const));
      expect(result.logitsDifference).toBeLessThanOrEqual(1e-4);
      expect(result.gradientsCompared).toBeGreaterThan(30);
      expect(result.worstGradient.share, result.worstGradient.name).toBeLessThanOrEqual(1);
      expect(result.losses).toHaveLength(20);
      expect(result.worstLoss).toBeLessThanOrEqual(1e-3);
    });
  }

  test(`${backend} holds the same tensors and bytes after step 10 and step 100`, async () => {
    const { after10, after100, disposed } = await withHarness(gpu, (page) => page.evaluate((id) => window.harness.memory(id), backend));
    expect(after10.bytes).toBeGreaterThan(100_000);
    expect(after100).toEqual(after10);
    expect(disposed.tensors).toBe(0);
  });
}

test('our engine in the browser uses threads and relaxed SIMD, and gives the same bits twice', async () => {
  const [first, second, choices] = await withHarness(false, (page) =>
    page.evaluate(async () => [await window.harness.follow('wasm', 50), await window.harness.follow('wasm', 50), (await window.harness.golden('wasm', 'tiny-bert')).choices] as const),
  );
  expect(choices.build).toBe('relaxed-threads');
  expect(Number(choices.threads)).toBeGreaterThan(1);
  expect(second).toEqual(first);
});

test('all backends follow one curve over 20 steps with dropout on, and WebGPU gives the same bits twice', async () => {
  const runs = await withHarness(true, (page) =>
    page.evaluate(async () => {
      const { follow } = window.harness;
      return { tfjs: await follow('tfjs-wasm', 20), wasm: await follow('wasm', 20), webgpu: await follow('webgpu', 20), again: await follow('webgpu', 20) };
    }),
  );
  expect(runs.again).toEqual(runs.webgpu);
  for (const { losses } of [runs.wasm, runs.webgpu]) {
    expect(losses).toHaveLength(20);
    losses.forEach((loss, step) => expect(Math.abs(loss - (runs.tfjs.losses[step] ?? NaN))).toBeLessThan(1e-3));
  }
});

test('fault 12: a software adapter is named and not chosen, and the CPU takes over', async () => {
  const device = await withHarness(true, (page) => page.evaluate(() => window.harness.start()));
  expect(device.backend).toBe('wasm');
  expect(device.refused).toEqual([expect.objectContaining({ backend: 'webgpu', reason: 'software-adapter' })]);
});

test('fault 12: without WebGPU the reason is kept', async () => {
  const device = await withHarness(false, (page) => page.evaluate(() => window.harness.start()));
  expect(device.backend).toBe('wasm');
  expect(['no-api', 'no-adapter']).toContain(device.refused[0]?.reason);
});
