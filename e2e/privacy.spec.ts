/** Fault 25: nothing leaves, by a policy on every file; proven by controls that would be seen if they got through. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { responseHeaders } from '../scripts/headers.mjs';
import { bundledModels } from './madeFiles';

// What is proven is of the page as it is.
test.use(bundledModels);

/** Another origin that counts who reaches it. */
async function listen() {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Cross-Origin-Resource-Policy', 'cross-origin').end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, paths, close: () => server.close() };
}

test('fault 25: a request to another origin is stopped in the page and in every worker, and the page says so', async ({ page, browser }) => {
  const other = await listen();
  const unprotected = await listen();
  try {
    // The control: from a page without our policy the same request does arrive.
    const free = await browser.newPage();
    await free.goto(unprotected.url);
    expect(await free.evaluate((url) => fetch(`${url}control`).then((answer) => answer.text()), other.url)).toBe('reached');
    await free.close();
    expect(other.paths).toEqual(['/control']);

    await page.goto('/');
    await page.getByRole('button', { name: /Customer messages/ }).click();
    await expect(page.getByText(/about\s\d+\s(s|min)/).first()).toBeVisible({ timeout: 120_000 });
    const workers = page.workers().filter((worker) => /(project|training)\.worker/.test(worker.url()));
    expect(workers).toHaveLength(2);
    const attempt = (url: string) => fetch(url).then(() => 'reached', () => 'stopped');
    expect(await page.evaluate(attempt, `${other.url}page`)).toBe('stopped');
    for (const worker of workers) expect(await worker.evaluate(attempt, `${other.url}worker`)).toBe('stopped');
    // An image has another directive than a fetch.
    await page.evaluate((url) => new Promise((resolve) => {
      const image = new Image();
      image.onload = image.onerror = resolve;
      image.src = `${url}image`;
    }), other.url);
    expect(other.paths).toEqual(['/control']);

    await page.getByRole('button', { name: /Nothing leaves this device|stopped/i }).first().click();
    await expect(page.getByText(new RegExp(new URL(other.url).host)).first()).toBeVisible();
  } finally {
    other.close();
    unprotected.close();
  }
});

test('fault 25: peer connections are gone, which no policy can forbid', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: /Customer messages/ })).toBeVisible();
  expect(await page.evaluate(() => ['RTCPeerConnection', 'webkitRTCPeerConnection'].filter((name) => name in window))).toEqual([]);
});

test('every file carries the policy and isolation, worker scripts included', async ({ page, request }) => {
  const urls = new Set<string>();
  page.on('response', (response) => urls.add(response.url()));
  await page.goto('/');
  await page.getByRole('button', { name: /Customer messages/ }).click();
  await expect(page.getByText(/about\s\d+\s(s|min)/).first()).toBeVisible({ timeout: 120_000 });
  const own = [...urls].filter((url) => url.startsWith('http'));
  expect(own.some((url) => /training\.worker/.test(url))).toBe(true);
  expect(own.some((url) => /\.wasm$/.test(url))).toBe(true);
  for (const url of own) {
    const headers = (await request.get(url)).headers();
    for (const [name, value] of Object.entries(responseHeaders)) expect(headers[name.toLowerCase()], `${name} of ${url}`).toBe(value);
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
