/** The same engine checks on every backend, in a real browser. */
import { existsSync, readFileSync } from 'node:fs';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { browserArguments, findChromium, softwareGpuArguments } from '../scripts/browser.mjs';
import type { Harness } from './harness/harness';

declare global {
  interface Window {
    harness: Harness;
  }
}

const address = `${process.env.ANNEAL_HARNESS_URL}e2e/harness/harness.html`;

async function withHarness<Result>(gpu: boolean, use: (page: Page, browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...browserArguments, ...(gpu ? softwareGpuArguments : [])],
    ...(gpu ? { ignoreDefaultArgs: ['--disable-gpu'] } : {}),
  });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'harness' in window);
    return await use(page, browser);
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

test('fault 15: a crash of the GPU process is noticed in the step under way, and a new device trains', async () => {
  const result = await withHarness(true, async (page, browser) => {
    const ended = page.evaluate(() => window.harness.untilLost('webgpu'));
    await page.waitForFunction(() => window.harness.notes.includes('running'));
    const session = await browser.newBrowserCDPSession();
    // The command does not answer: what would is gone.
    void session.send('Browser.crashGpuProcess').catch(() => undefined);
    return ended;
  });
  expect(result.error).toBe('DeviceLost');
  expect(result.steps).toBeGreaterThan(0);
  expect(Number.isFinite(result.after)).toBe(true);
});

test('fault 18: twenty training workers that end in the middle leave memory flat', async () => {
  test.skip(!existsSync('/proc/self/statm'), 'reads the memory of the page’s process from /proc');
  const held = await withHarness(false, async (page, browser) => {
    const session = await browser.newBrowserCDPSession();
    const residentMegabytes = async (): Promise<number> => {
      // What is unreachable goes now and not at some later time.
      await (await page.context().newCDPSession(page)).send('HeapProfiler.collectGarbage');
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1]));
      return (pages.reduce((sum, count) => sum + count, 0) * 4096) / 1e6;
    };
    // The first ones bring code and heaps that stay: some 50 to 90 MB, no more after 80 than after 20.
    for (let count = 0; count < 25; count++) await page.evaluate(() => window.harness.crash());
    const before = await residentMegabytes();
    for (let count = 0; count < 20; count++) await page.evaluate(() => window.harness.crash());
    return { before, after: await residentMegabytes() };
  });
  console.log(`renderer before ${Math.round(held.before)} MB, after ${Math.round(held.after)} MB`);
  // A worker with its threads, heap and memory is some 15 MB: were each to stay, this would be 300.
  expect(held.after - held.before).toBeLessThan(60);
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
