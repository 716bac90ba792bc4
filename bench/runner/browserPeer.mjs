/** A peer in a Chromium of its own, so that a crash or an exhausted memory is its own too. */
import { chromium } from '@playwright/test';
import { browserArguments, findChromium, softwareGpuArguments } from '../../scripts/browser.mjs';

const HARDWARE = ['--enable-unsafe-webgpu', '--ignore-gpu-blocklist', '--enable-features=Vulkan'];

/** @returns the peer's `ask` and `close`, as `startProcessPeer` */
export async function startBrowserPeer(peer, { url, software }) {
  const gpuArguments = software ? softwareGpuArguments : HARDWARE;
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...browserArguments, ...(peer.gpu ? gpuArguments : [])],
    ...(peer.gpu ? { ignoreDefaultArgs: ['--disable-gpu'] } : {}),
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  /** Libraries report what they cannot do here and then return wrong numbers or none. */
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text().split('\n')[0]));
  await page.goto(url);
  await page.waitForFunction(() => 'bench' in window);
  if (!(await page.evaluate(() => window.bench.isolated))) throw new Error('The page is not isolated: no shared memory.');
  return {
    ask: (request) => page.evaluate((given) => window.bench.ask(given), request),
    complaints,
    close: () => browser.close(),
  };
}
