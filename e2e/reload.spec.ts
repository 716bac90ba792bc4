/** Reloading at bad moments: while importing and while training. After the end: see journey.spec.ts. */
import { expect, test } from '@playwright/test';
import { bundledModels } from './madeFiles';

// Weights of full size to keep, and steps slow enough to be cut off.
test.use(bundledModels);

test('a reload while importing leaves the project as it was before', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Customer messages/ }).click();
  await expect(page.getByText('392 to learn from')).toBeVisible();
  const rows = Array.from({ length: 400_000 }, (_, row) => `a message with the number ${row} in it,${row % 2 === 0 ? 'even' : 'odd'}`);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open another file' }).click()]);
  await chooser.setFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(`text,label\n${rows.join('\n')}\n`) });
  await page.reload();
  // The old project or the new one, never a mixture and never nothing.
  await expect(page.getByText(/392 to learn from|320,000 to learn from/)).toBeVisible();
});

test('a reload while training keeps data and curve, and says that the run was cut off', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('/');
  await page.getByRole('button', { name: /Customer messages/ }).click();
  await expect(page.getByText('392 to learn from')).toBeVisible();
  await page.getByRole('button', { name: /^Train/ }).click();
  await expect(page.getByText(/Step\s([3-9]|\d\d+)\sof/).first()).toBeVisible({ timeout: 180_000 });
  await page.reload();
  await expect(page.getByText('392 to learn from')).toBeVisible();
  await expect(page.getByText(/stopped at step \d+|cut off/i).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Start again|Train/ }).first()).toBeEnabled();
});

test('a second tab says so and looks on only', async ({ page, context }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Customer messages/ }).click();
  await expect(page.getByText('392 to learn from')).toBeVisible();
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByText(/another tab/i).first()).toBeVisible();
  await expect(second.getByRole('button', { name: /^Train/ })).toHaveCount(0).catch(() => expect(second.getByRole('button', { name: /^Train/ })).toBeDisabled());
});

test('the second visit works offline, and weights are kept once', async ({ page, context }) => {
  await page.goto('/');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    if (registration.active?.state !== 'activated') await new Promise((resolve) => registration.active?.addEventListener('statechange', resolve));
  });
  await page.getByRole('button', { name: /Customer messages/ }).click();
  await expect(page.getByText(/about\s\d+\s(s|min)/).first()).toBeVisible({ timeout: 120_000 });
  const cached = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return requests.flat();
  });
  expect(cached.filter((url) => /\.part-\d/.test(url))).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('392 to learn from')).toBeVisible();
  await expect(page.getByText(/about\s\d+\s(s|min)/).first()).toBeVisible({ timeout: 120_000 });
});
