/** The main job with the bundled model: sample, three actions, a run, the result, try it, the files; then a reload. */
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { bundledModels } from './madeFiles';

test.use(bundledModels);

/** Policy violations, requests and errors of a page, from its first moment on. */
function watch(page: Page, home: string) {
  const seen = { foreign: [] as string[], errors: [] as string[] };
  page.on('request', (request) => {
    if (![home, `blob:${home}`, 'data:'].some((own) => request.url().startsWith(own))) seen.foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  return seen;
}

async function expectAccessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
}

test('three actions, a model that learned, files that predict the same, and a reload that loses nothing', async ({ page, baseURL }) => {
  test.setTimeout(900_000);
  const seen = watch(page, baseURL ?? 'http://localhost/');

  // One: open.
  await page.goto('/');
  const sample = page.getByRole('button', { name: /Customer messages/ });
  await expect(sample).toBeVisible();
  await expectAccessible(page, 'empty');

  // Two: choose the sample.
  await sample.click();
  await expect(page.getByText('392 to learn from, 49 to steer by, 49 to test on')).toBeVisible();
  await expectAccessible(page, 'ready');

  // Three: Train.
  await page.getByRole('button', { name: /^Train/ }).click();
  await expect(page.getByText(/Step\s\d+\sof\s196/).first()).toBeVisible({ timeout: 120_000 });
  await expect(page).toHaveTitle(/\d+\s%\s·\sloss\s\d/, { timeout: 120_000 });
  await expectAccessible(page, 'training');

  const verdict = page.getByText(/^Right\s\d+\stimes\sin\s49\.$/).first();
  await expect(verdict).toBeVisible({ timeout: 700_000 });
  // The commonest label is right 8 times in 49. A head alone on an untrained encoder, or a trainer that does not train,
  // stays far below 35.
  const right = Number(/Right\s(\d+)/.exec(await verdict.innerText())?.[1]);
  expect(right).toBeGreaterThanOrEqual(35);
  await expect(page.getByText(/would\sbe\sright\s8\stimes/)).toBeVisible();
  await expectAccessible(page, 'finished');

  await page.reload();
  await expect(verdict).toBeVisible();
  await expect(page.getByText('392 to learn from, 49 to steer by, 49 to test on')).toBeVisible();
  expect(Number(/Right\s(\d+)/.exec(await verdict.innerText())?.[1])).toBe(right);

  await page.getByRole('textbox', { name: /Try it/ }).fill('where is my parcel, it was due on tuesday');
  await expect(page.getByText(/Delivery/).last()).toBeVisible();

  const download = page.waitForEvent('download', { timeout: 180_000 });
  await page.getByRole('button', { name: 'Download the model' }).click();
  const archive = await readFile(await (await download).path());
  expect(archive.length).toBeGreaterThan(90_000_000);
  expect(archive.subarray(0, 2).toString()).toBe('PK');
  await expect(page.getByText(/49\stest\srows/).first()).toBeVisible();

  expect(seen.foreign).toEqual([]);
  expect(seen.errors).toEqual([]);
});
