/** Time from opening the page until it is usable, and the script bytes loaded until then, gzipped: median of five visits. */
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { browserArguments, findChromium } from './browser.mjs';
import { ensureBuilt, serveSite } from './site.mjs';

await ensureBuilt('page');
const site = await serveSite();
const browser = await chromium.launch({ executablePath: findChromium(), args: browserArguments });
const visits = [];
for (let visit = 0; visit < 5; visit++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts = new Map();
  const loading = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) loading.push(response.body().then((body) => scripts.set(response.url(), body)).catch(() => {}));
  });
  const begin = performance.now();
  await page.goto(site.url);
  await page.getByRole('button', { name: /Customer messages/ }).waitFor();
  const milliseconds = performance.now() - begin;
  await Promise.all(loading);
  const bytes = [...scripts.values()].reduce((sum, body) => sum + gzipSync(body).length, 0);
  visits.push({ milliseconds, bytes });
  await context.close();
}
await browser.close();
await site.close();
const median = (name) => visits.map((visit) => visit[name]).sort((a, b) => a - b)[2];
console.log(`usable after ${Math.round(median('milliseconds'))} ms, ${(median('bytes') / 1024).toFixed(0)} KB of scripts (gzipped)`);
process.exit(0);
