/** Devices and downloads that fail: what the person sees, and how it goes on. */
import { expect, test, type Page, type Worker } from '@playwright/test';
import { card, dataPlace, openPage, trainButton } from './madeFiles';

// Requests of a service worker pass by the routes that these tests set.
test.use({ serviceWorkers: 'block' });

/** Takes WebGPU from the training worker before its own code runs: scripts added to a page do not reach its workers. */
async function removeWebGpu(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'gpu'));
  await page.route(/\/assets\/training\.worker[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `Reflect.deleteProperty(WorkerNavigator.prototype, 'gpu');\n${await answer.text()}` });
  });
}

const trainingWorker = (page: Page): Worker | undefined => page.workers().find((worker) => /training\.worker/.test(worker.url()));

for (const { language, why, sentence, device } of [
  {
    language: 'en',
    why: 'Why not the graphics card?',
    sentence: 'This browser does not offer the graphics card to pages. A current Chrome or Edge does.',
    device: 'On this computer’s processor',
  },
  { language: 'zh', why: '为什么不用显卡？', sentence: '这个浏览器不让网页用显卡。新版的 Chrome 或 Edge 可以。', device: '处理器' },
] as const) {
  test(`fault 12: without WebGPU the page says so and goes on with the processor (${language})`, async ({ page }) => {
    await removeWebGpu(page);
    await openPage(page, language);
    await page.locator('.sample').first().click();
    const training = page.locator('[data-place=training]');
    await training.getByText(why).click();
    await expect(training.getByRole('listitem').filter({ hasText: sentence })).toBeVisible();
    await expect(training.locator('.why li')).toHaveCount(1);
    await expect(training).toContainText(device);
    await expect(training.locator('.button-big')).toBeEnabled();
    expect(await page.evaluate(() => 'gpu' in navigator)).toBe(false);
    expect(await trainingWorker(page)?.evaluate(() => 'gpu' in navigator)).toBe(false);
  });
}

const firstSlice = '**/model.safetensors.part-0';

test('fault 22: a damaged slice of the base model is named, and trying again mends it', async ({ page }) => {
  let requests = 0;
  await page.route(firstSlice, async (route) => {
    requests += 1;
    const answer = await route.fetch();
    const body = await answer.body();
    const middle = body.length >> 1;
    body.writeUInt8(body.readUInt8(middle) ^ 1, middle);
    await route.fulfill({ response: answer, body });
  });
  await openPage(page);
  await page.locator('.sample').first().click();
  const alert = card(page, 'download.wrong-bytes');
  await expect(alert).toContainText('A part of the base model is not the one expected.');
  await expect(alert).toContainText(/model\.safetensors\.part-0: [0-9a-f]{8} expected, [0-9a-f]{8} found/);
  // One damaged bit is asked for again by itself before anyone is troubled.
  expect(requests).toBeGreaterThanOrEqual(2);

  // It stays, in either language, and the data are untouched.
  await page.getByRole('button', { name: '中文', exact: true }).click();
  await expect(alert).toContainText('model.safetensors.part-0');
  await expect(alert).toContainText(/\p{Script=Han}{4}/u);
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect(alert).toContainText('A part of the base model is not the one expected.');
  await expect(dataPlace(page)).toContainText('490 rows, 7 labels');

  // While the slice is still damaged, trying again ends in the same message.
  const before = requests;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => requests).toBeGreaterThan(before);
  await expect(alert).toBeVisible();

  await page.unroute(firstSlice);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('[data-place=training]')).toContainText('On this computer’s processor');
  await expect(alert).toHaveCount(0);
  await expect(trainButton(page)).toBeEnabled();
});

test('fault 22: a slice that the site does not have is an incomplete download, and trying again mends it', async ({ page }) => {
  await page.route(firstSlice, (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'not here' }));
  await openPage(page);
  await page.locator('.sample').first().click();
  const alert = card(page, 'download.incomplete');
  await expect(alert).toContainText(/of the base model arrived, then the site answered 404\./);
  await expect(alert).toContainText('model.safetensors.part-0');
  await expect(dataPlace(page)).toContainText('490 rows, 7 labels');
  await page.unroute(firstSlice);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('[data-place=training]')).toContainText('On this computer’s processor');
  await expect(alert).toHaveCount(0);
});
