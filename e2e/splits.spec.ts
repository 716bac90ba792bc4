/** How rows are parted, and the doctor's findings where the task is not one label a row. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { chooseFile, csvFile, csvText, dataPlace, expectSum, openPage } from './madeFiles';

async function openWith(page: Page, name: string, rows: readonly (readonly string[])[]): Promise<void> {
  await openPage(page);
  await chooseFile(page, csvFile(name, csvText(rows)));
}

const split = (page: Page) => dataPlace(page).locator('details[data-split]');
const finding = (page: Page, id: string) => dataPlace(page).locator(`[data-finding="${id}"]`);
const label = (index: number) => (index % 2 === 0 ? 'delivery' : 'payment');

test('a column that names sides is proposed; by it nothing moves, and leaked rows are named and taken out', async ({ page }) => {
  const part = (index: number) => ['train', 'train', 'train', 'dev', 'test'][Math.floor(index / 2) % 5] ?? '';
  const rows = Array.from({ length: 60 }, (_, index) => [`my message number ${index} here`, label(index), part(index)]);
  await openWith(page, 'sides.csv', [['text', 'label', 'split'], ...rows, ['My message number 8 here!', 'delivery', 'train'], ['no side at all', 'payment', '']]);
  await expect(dataPlace(page)).toContainText('Column “split” names a side for each row.');
  await page.getByRole('button', { name: 'Part the rows by it' }).click();
  await expect(dataPlace(page)).toContainText(/37 to learn from, 12 to steer by, 12 to test on/);
  await expectSum(page, 62, 61, 1);
  await expect(finding(page, 'leaks')).toContainText(/1 of 12\srows to test on is also learnt from/);
  await finding(page, 'leaks').getByRole('button', { name: 'Keep them for testing' }).click();
  await expect(finding(page, 'leaks')).toHaveCount(0);
  await expectSum(page, 62, 60, 2);
});

test('by time the last rows are the test; how dates are read is said and chosen', async ({ page }) => {
  const rows = Array.from({ length: 72 }, (_, index) => [`my message number ${index} here`, label(index), `${1 + (index % 12)}/${1 + Math.floor(index / 6)}/2024`]);
  await openWith(page, 'dates.csv', [['text', 'label', 'day'], ...rows]);
  await split(page).locator('summary').click();
  await split(page).getByLabel('Part them').selectOption('By time');
  await expect(split(page)).toHaveAttribute('data-split', 'time');
  await expect(split(page).getByLabel('Column that decides')).toHaveValue('day');
  await expect(split(page)).toContainText('No date in this column tells whether day or month comes first.');
  const outcome = split(page).locator('[data-split-outcome]');
  await expect(outcome).toContainText('rows to test on begin on 6 Nov 2024');
  await split(page).getByLabel('Dates read as').selectOption('month, day, year');
  await expect(outcome).toContainText('rows to test on begin on 12 Nov 2024');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  // The choice is in the recipe.
  await page.reload();
  await expect(split(page)).toHaveAttribute('data-split', 'time');
  await split(page).locator('summary').click();
  await split(page).getByLabel('Part them').selectOption('At random, labels alike');
  await expect(split(page)).toHaveAttribute('data-split', 'labels');
});

test('groups stay together, by a column of choice', async ({ page }) => {
  const rows = Array.from({ length: 80 }, (_, index) => [`my message number ${index} here`, label(index), `no. ${Math.floor(index / 2) % 10}`]);
  await openWith(page, 'groups.csv', [['text', 'label', 'ward'], ...rows, ['of nobody at all', 'payment', '']]);
  await split(page).locator('summary').click();
  await split(page).getByLabel('Part them').selectOption('By group');
  await split(page).getByLabel('Column that decides').selectOption('ward');
  await expect(split(page).locator('[data-split-outcome]')).toContainText(/8\sgroups to learn from, 1 to steer by, 1 to test on/);
  await expectSum(page, 81, 80, 1);
  await split(page).getByLabel('Column that decides').selectOption('label');
  await expect(page.locator('[role=alert][data-code="data.empty-side"]')).toContainText(/leave none to steer by/);
});

test('pairs: copies, masked texts and both texts in the rows of a finding', async ({ page }) => {
  const rows = Array.from({ length: 40 }, (_, index) => [`first text number ${index} here`, `second text number ${index} there`, index % 2 === 0 ? 'same' : 'other']);
  await openWith(page, 'pairs.csv', [
    ['sentence1', 'sentence2', 'label'],
    ...rows,
    ['First text number 3 here!', 'second text number 3 there', 'other'],
    ['write to jane@example.org please', 'she is away', 'same'],
  ]);
  await expect(finding(page, 'duplicates')).toContainText(/1\srow repeats another row with the same answer/);
  await finding(page, 'personal-data').getByRole('button', { name: 'Show rows' }).click();
  await expect(page.getByRole('dialog')).toContainText('write to [EMAIL] please');
  await expect(page.getByRole('dialog')).toContainText('she is away');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await finding(page, 'duplicates').getByRole('button', { name: 'Keep the first of each' }).click();
  await expectSum(page, 42, 41, 1);
});

test('texts that are cut are read from their end, longer, or left out', async ({ page }) => {
  const long = Array.from({ length: 300 }, (_, index) => `word${index % 7}`).join(' ');
  const rows = Array.from({ length: 60 }, (_, index) => [`my message number ${index} here`, label(index)]);
  await openWith(page, 'long.csv', [['text', 'label'], ...rows, [`one ${long}`, 'delivery'], [`two ${long} end`, 'payment']]);
  const cut = finding(page, 'cut-texts');
  await expect(cut).toContainText(/2\srows are cut at \d+ tokens/);
  await cut.getByRole('button', { name: 'Read the end instead' }).click();
  await expect(cut).toContainText('of these texts the end is read');
  await cut.getByRole('button', { name: 'Leave these rows out' }).click();
  await expect(cut).toHaveCount(0);
  await expectSum(page, 62, 60, 2);
  await dataPlace(page).locator('[data-mended="cut-texts"]').getByRole('button', { name: 'Undo' }).click();
  await cut.getByRole('button', { name: /^Read 512 tokens/ }).click();
  await expect(cut).toContainText('cut at 512 tokens');
});
