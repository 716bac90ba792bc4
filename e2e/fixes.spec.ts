/** From a mistake to a better model: a row behind a figure, its label put right in place, the report then older, a new run. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { bundledModels, chooseFile, csvFile, csvText, dataPlace, labelled, openPage } from './madeFiles';

const header = ['text', 'label'];
/** Row 42 is a payment that says delivery. */
const rows = [...labelled('delivery', 40), ['my message about payment number 77', 'delivery'], ...labelled('payment', 40)];

async function openRows(page: Page): Promise<void> {
  await openPage(page);
  await chooseFile(page, csvFile('rows.csv', csvText([header, ...rows])));
  await expect(dataPlace(page)).toContainText('to learn from');
}

const olderReport = (page: Page) => page.locator('[data-older-report]');
const dialog = (page: Page) => page.getByRole('dialog').last();

async function trainOnce(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  await expect(page.getByRole('button', { name: 'Download the model' })).toBeVisible({ timeout: 240_000 });
}

test('a label is put right behind a figure, undone, put right again and learnt anew', async ({ page }) => {
  await openRows(page);
  await page.locator('details.settings > summary').click();
  await page.getByLabel('Epochs').fill('1');
  await page.getByLabel('Epochs').blur();
  await trainOnce(page, 'Train');
  await expect(olderReport(page)).toHaveCount(0);

  await page.locator('.matrix .cell:not(.cell-none)').first().click();
  const change = dialog(page).getByRole('button', { name: /^Change the label of row/ }).first();
  const before = (await change.locator('xpath=..').locator('.fixer-label').textContent()) ?? '';
  const other = before === 'payment' ? 'delivery' : 'payment';
  await change.click();
  await expect(dialog(page).getByRole('combobox')).toBeFocused();
  await dialog(page).getByRole('combobox').selectOption(other);
  await expect(dialog(page).getByText(`In the file: ${before}`)).toBeVisible();
  await expect(dialog(page).getByText(/^1\slabel changed$/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await dialog(page).getByRole('button', { name: /^Undo the change in row/ }).click();
  await expect(dialog(page).getByText('In the file:')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(olderReport(page)).toHaveCount(0);

  await page.locator('.matrix .cell:not(.cell-none)').first().click();
  await dialog(page).getByRole('button', { name: /^Change the label of row/ }).first().click();
  await dialog(page).getByRole('combobox').selectOption({ label: 'New label …' });
  await dialog(page).getByRole('textbox', { name: 'Name of the new label' }).fill(other);
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText(`In the file: ${before}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(olderReport(page)).toContainText('This report is older than your data.');
  // Counted anew, and so saved.
  await expect(dataPlace(page).locator('.bars tbody tr', { hasText: before })).toContainText(before === 'delivery' ? '40' : '39');

  await page.reload();
  await expect(olderReport(page)).toBeVisible();
  await expect(dataPlace(page)).toContainText(/1\slabel changed/);
  await olderReport(page).getByRole('button', { name: 'Train again' }).click();
  await expect(page.getByRole('button', { name: 'Download the model' })).toBeVisible({ timeout: 240_000 });
  await expect(olderReport(page)).toHaveCount(0);
  await dataPlace(page).getByRole('button', { name: 'Undo all' }).click();
  await expect(olderReport(page)).toBeVisible();
  await expect(dataPlace(page)).not.toContainText('label changed');
});

test('a likely wrong label is found, and put right with one press', async ({ page }) => {
  await openPage(page);
  await page.locator('.sample').first().click();
  await dataPlace(page).getByRole('button', { name: /^Look for likely wrong labels/ }).click();
  await expect(dataPlace(page)).toContainText(/\d+ of 490\srows look/, { timeout: 240_000 });
  await dataPlace(page).locator('.suspects').getByRole('button', { name: 'Show rows' }).click();
  const first = dialog(page).locator('[data-suspect]').first();
  await first.getByRole('button', { name: /^Use “/ }).click();
  await expect(first).toContainText('In the file:');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dataPlace(page)).toContainText(/1\slabel changed/);
});

test.describe('with the bundled model, which takes its time', () => {
  test.use(bundledModels);

  test('the look for likely wrong labels says how far it is, and ends at a press with nothing found and nothing lost', async ({ page }) => {
    await openPage(page);
    await page.locator('.sample').first().click();
    const suspects = dataPlace(page).locator('.suspects');
    const look = suspects.getByRole('button', { name: /^Look for likely wrong labels/ });
    await look.click();
    await expect(suspects.getByRole('status')).toHaveText('Looking for likely wrong labels …');
    const progress = suspects.getByRole('progressbar');
    await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/, { timeout: 120_000 });
    await suspects.getByRole('button', { name: 'Cancel' }).click();
    await expect(progress).toHaveCount(0);
    await expect(suspects).not.toContainText('as if another label were right');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(dataPlace(page)).toContainText('490 rows, 7 labels');
    // The worker is free again: it takes up the next look.
    await look.click();
    await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/, { timeout: 120_000 });
  });
});

test('a row of the file opens with its label, and keeps the fix', async ({ page }) => {
  await openRows(page);
  await dataPlace(page).getByRole('button', { name: 'Open row 2', exact: true }).click();
  await dialog(page).getByRole('button', { name: 'Change the label of row 2' }).click();
  // Before the label has come, Escape would close the row.
  await expect(dialog(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog(page).getByRole('button', { name: 'Change the label of row 2' })).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('combobox').selectOption('payment');
  await expect(dialog(page).getByText('In the file: delivery')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dataPlace(page).locator('.virtual-window > [role=row]').first()).toContainText('payment');
});
