/** The data doctor on a planted file: what it finds, its rows, and what one press mends and undoes. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chooseFile, csvFile, csvText, dataPlace, expectSum, labelled, openPage } from './madeFiles';

const header = ['text', 'label'];
const clean = [...labelled('delivery', 30), ...labelled('payment', 30)];
/** Rows 62 to 70. */
const planted = [
  ['Where is my parcel?', 'delivery'],
  ['where is  my parcel', 'delivery'],
  ['Where is my parcel?', 'delivery'],
  ['the refund came late', 'delivery'],
  ['The refund came late!', 'payment'],
  ['ok', 'payment'],
  ['write to jane@example.org please', 'payment'],
  ['call 13800138000 today', 'delivery'],
  ['my message about delivery number 99', 'De-livery'],
];

const finding = (page: Page, id: string) => dataPlace(page).locator(`[data-finding="${id}"]`);

test('a planted file shows its findings; mending changes the counts, and undoing changes them back', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('planted.csv', csvText([header, ...clean, ...planted])));
  await expect(dataPlace(page)).toContainText('7 things to look at');
  await expect(dataPlace(page).locator('[data-finding]')).toHaveCount(3);
  await page.getByRole('button', { name: 'Show all 7' }).click();
  await expect(finding(page, 'duplicates')).toContainText(/2\srows repeat another row .*1 to the character, 1 but for case/);
  await expect(finding(page, 'conflicts')).toContainText(/1 text carries different labels in different rows \(2\srows\)/);
  await expect(finding(page, 'short-texts')).toContainText(/1\srow has almost no text/);
  await expect(finding(page, 'personal-data')).toContainText('e-mail addresses in 1 and phone numbers in 1');
  await expect(finding(page, 'label-twins')).toContainText('“delivery” = “De-livery”');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await finding(page, 'duplicates').getByRole('button', { name: 'Show rows' }).click();
  const rows = page.getByRole('dialog').locator('.virtual-window > [role=row]');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('63');
  await rows.first().getByRole('button', { name: 'Open row 63' }).click();
  await expect(page.getByRole('dialog').last()).toContainText('where is  my parcel');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Close' }).last().click();

  await finding(page, 'personal-data').getByRole('button', { name: 'Show rows' }).click();
  await expect(page.getByRole('dialog')).toContainText('write to [EMAIL] please');
  await expect(page.getByRole('dialog')).not.toContainText('jane@');
  await page.getByRole('button', { name: 'Close' }).last().click();

  for (const id of ['duplicates', 'conflicts', 'short-texts', 'personal-data', 'label-twins']) {
    await finding(page, id).getByRole('button').first().click();
    await expect(finding(page, id)).toHaveCount(0);
    await expect(dataPlace(page).locator(`[data-mended="${id}"]`)).toBeVisible();
  }
  await expectSum(page, 69, 64, 5);
  await expect(dataPlace(page)).toContainText('64 rows, 2 labels');
  await expect(dataPlace(page)).not.toContainText('to look at');

  // A mend is part of the recipe, and so outlives the page.
  await page.reload();
  await expect(dataPlace(page).locator('[data-mended="duplicates"]')).toContainText(/2\srows left out/);
  await dataPlace(page).locator('[data-mended="duplicates"]').getByRole('button', { name: 'Undo' }).click();
  await expect(finding(page, 'duplicates')).toBeVisible();
  await expectSum(page, 69, 66, 3);
});

test('a clean file shows nothing', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('clean.csv', csvText([header, ...clean])));
  await expect(dataPlace(page)).toContainText('60 rows, 2 labels');
  await page.waitForTimeout(3000);
  await expect(dataPlace(page).locator('.findings')).toHaveCount(0);
});
