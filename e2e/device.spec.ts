/** What computes: said before a run with threads and memory, chosen by hand, kept over a reload. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { tinyTable } from './fixtures/tinyModel';
import { card, chooseFile, csvFile, openPage, trainButton } from './madeFiles';

// Requests of a service worker pass by the routes that these tests set.
test.use({ serviceWorkers: 'block' });

const trainingPlace = (page: Page): Locator => page.locator('[data-place=training]');
const computesWith = (page: Page): Locator => page.getByRole('combobox', { name: 'Computes with' });

async function openTable(page: Page): Promise<void> {
  await openPage(page);
  await chooseFile(page, csvFile('tiny.csv', tinyTable(80)));
  await expect(trainingPlace(page)).toContainText('rows a second');
}

test('the device, its threads and the memory are said before the start', async ({ page }) => {
  await openTable(page);
  const training = trainingPlace(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(training).toContainText(/On this computer’s processor, \d+ threads?: about/);
  await expect(training).not.toContainText('does not send the headers');
  await training.getByText(/^Needs about [\d.]+\s(kB|MB) of memory$/).click();
  for (const part of ['Weights', 'Gradients', 'Moments', 'Activations']) await expect(training.locator('[data-memory]')).toContainText(part);
  await training.getByText('More settings', { exact: true }).click();
  await expect(computesWith(page)).toHaveValue('automatic');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('without the headers that threads need, the page says so and uses one thread', async ({ page }) => {
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.fallback();
    const answer = await route.fetch();
    const headers = answer.headers();
    delete headers['cross-origin-embedder-policy'];
    delete headers['cross-origin-opener-policy'];
    await route.fulfill({ response: answer, headers });
  });
  await openTable(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(trainingPlace(page)).toContainText('On this computer’s processor, 1 thread: about');
  // A machine with one core has nothing to miss.
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  if (cores > 1) await expect(trainingPlace(page)).toContainText('this site does not send the headers that threads need');
});

test('TensorFlow.js can be chosen, trains, and is kept over a reload', async ({ page }) => {
  await openTable(page);
  const training = trainingPlace(page);
  await training.getByText('More settings', { exact: true }).click();
  await computesWith(page).selectOption({ label: 'TensorFlow.js on the processor' });
  await expect(training).toContainText('with TensorFlow.js: about');
  await expect(training).toContainText('Chosen under More settings.');

  await trainButton(page).click();
  await expect(page.getByText(/^Right\s\d+\stimes?\sin/).first()).toBeVisible();
  await training.getByText('Details', { exact: true }).click();
  await expect(training.locator('.facts').first()).toContainText('TensorFlow.js');

  await page.reload();
  await expect(training).toContainText('with TensorFlow.js: about');
  await training.getByText('More settings', { exact: true }).click();
  await expect(computesWith(page)).toHaveValue('tfjs-wasm');

  // Back: our own engine computes again, and the run's weights answer on it.
  await training.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect(computesWith(page)).toHaveValue('automatic');
  await expect(training).toContainText(/processor, \d+ threads?: about/);
  await page.getByRole('textbox', { name: /Try it/ }).fill('hammer saw');
  await expect(page.locator('[data-place=result]')).toContainText('tool');
});

test('a chosen device that cannot start says why, and one press goes back to the automatic choice', async ({ page }) => {
  // As on any machine without WebGPU, whatever this one has.
  await page.addInitScript(() => localStorage.setItem('anneal.compute-with', 'webgpu'));
  await page.route(/\/assets\/training\.worker[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `Reflect.deleteProperty(WorkerNavigator.prototype, 'gpu');\n${await answer.text()}` });
  });
  await openPage(page);
  await chooseFile(page, csvFile('tiny.csv', tinyTable(80)));
  const alert = card(page, 'device.refused');
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText('The graphics card could not be started. This browser does not offer the graphics card to pages.');
  await alert.getByRole('button', { name: 'Choose automatically' }).click();
  await expect(alert).toHaveCount(0);
  await expect(trainingPlace(page)).toContainText(/On this computer’s processor, \d+ threads?: about/);
  expect(await page.evaluate(() => localStorage.getItem('anneal.compute-with'))).toBe('automatic');
});
