/** Results beyond single labels, from a short run: the sentence, its tables, rows and files. */
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { chooseFile, csvFile, csvText, openPage, trainButton, type MadeFile } from './madeFiles';

const fruit = ['apple', 'pear', 'plum', 'fig'];
const tools = ['hammer', 'saw', 'drill', 'axe'];
const pick = (words: readonly string[], index: number) => words[index % words.length] ?? '';
const rowsOf = (make: (index: number) => string[]) => Array.from({ length: 48 }, (_, index) => make(index));

const labelSets = csvFile('sets.csv', csvText([
  ['text', 'fruit', 'tool', 'old'],
  ...rowsOf((index) => [
    `${index % 5 === 0 ? 'an old' : 'a new'} ${pick(fruit, index)}${index % 3 === 0 ? ` and a ${pick(tools, index >> 1)}` : ''} number ${index}`,
    '1',
    index % 3 === 0 ? '1' : '0',
    index % 5 === 0 ? '1' : '0',
  ]),
]));

const scoredPairs = csvFile('pairs.csv', csvText([
  ['sentence1', 'sentence2', 'score'],
  ...rowsOf((index) => [`a ${pick(fruit, index)} number ${index}`, `the ${pick(index % 2 === 0 ? fruit : tools, index >> 1)}`, (index % 2 === 0 ? 4.2 - (index % 4) / 10 : 1.3 + (index % 5) / 10).toFixed(1)]),
]));

const resultPlace = (page: Page): Locator => page.locator('[data-place=result]');

async function expectAccessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
}

async function trained(page: Page, file: MadeFile): Promise<Locator> {
  await openPage(page);
  await chooseFile(page, file);
  await expect(trainButton(page)).toBeEnabled({ timeout: 120_000 });
  // What is learnt does not matter here, so one pass is enough.
  await page.getByText('More settings').click();
  await page.getByLabel('Epochs', { exact: true }).fill('1');
  await page.getByLabel('Epochs', { exact: true }).blur();
  await expect(trainButton(page)).toBeEnabled();
  await trainButton(page).click();
  const place = resultPlace(page);
  await expect(place.locator('.headline-main')).toBeVisible({ timeout: 280_000 });
  return place;
}

/** Every chart of the place as its table, without a mouse. */
async function showTables(place: Locator, charts: number): Promise<void> {
  const buttons = place.getByRole('button', { name: 'Show as table' });
  await expect(buttons).toHaveCount(charts);
  for (let left = charts; left > 0; left -= 1) {
    await buttons.first().press('Enter');
    await expect(buttons).toHaveCount(left - 1);
  }
  await expect(place.getByRole('button', { name: 'Show as chart' })).toHaveCount(charts);
}

async function expectPhoneFits(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}

async function savedCsv(page: Page, place: Locator): Promise<string> {
  const download = page.waitForEvent('download');
  await place.getByRole('button', { name: 'Download test predictions (CSV)' }).click();
  return (await readFile(await (await download).path())).toString('utf8');
}

/** Opens rows by keyboard and closes them again. @returns the first row's cells */
async function openedRow(page: Page, opener: Locator): Promise<string[]> {
  await opener.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row').nth(1)).toBeVisible();
  await expectAccessible(page, 'rows');
  const cells = await dialog.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  return cells;
}

test('several labels: every label right, label table, threshold curve, calibration, rows and CSV', async ({ page }) => {
  test.setTimeout(600_000);
  const place = await trained(page, labelSets);
  await expect(place.locator('.headline-main')).toHaveText(/^Every label right \d+ times? in \d+\.$/);
  await expect(place.locator('.headline')).toContainText('Always answering “fruit” would be right');
  await expectAccessible(page, 'labels');
  await showTables(place, 2);
  await expect(place.locator('.table-best')).toContainText('(set)');
  await expectAccessible(page, 'labels as tables');
  const [row, text, truth] = await openedRow(page, place.getByRole('button', { name: 'fruit', exact: true }));
  expect(Number(row)).toBeGreaterThan(1);
  expect(text).toMatch(/number \d+$/);
  expect(truth).toContain('fruit');

  await place.getByRole('textbox', { name: /Try it/ }).fill('an old hammer');
  await expect(place.locator('.try-bars tbody tr')).toHaveCount(3, { timeout: 120_000 });
  await expect(place.locator('.try-threshold')).toHaveCount(3);
  expect(await savedCsv(page, place)).toContain('row,text,label,answer,right,score: fruit,score: old,score: tool');
  await expectPhoneFits(page);
});

test('pairs with a number: off by, answers against the file, two boxes, rows and CSV', async ({ page }) => {
  test.setTimeout(600_000);
  const place = await trained(page, scoredPairs);
  await expect(place.locator('.headline-main')).toHaveText(/^Off by [\d.]+ on average\.$/);
  await expect(place.locator('.headline')).toContainText(/Always answering the mean, [\d.]+, is off by [\d.]+\./);
  await expectAccessible(page, 'numbers');
  // A dot opens its row, and so does a line of the table.
  const plot = place.locator('.plot-open');
  const cloud = await place.locator('.plot-cloud').first().getAttribute('d');
  const [, x = '0', y = '0'] = /^M([\d.]+) ([\d.]+)/.exec(cloud ?? '') ?? [];
  await plot.click({ position: { x: Number(x), y: Number(y) } });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row')).toHaveCount(2);
  await expect(dialog.getByRole('row').nth(1)).toContainText(/a \w+ number \d+/);
  await expect(dialog.getByRole('row').nth(1)).toContainText(/the \w+/);
  await page.keyboard.press('Escape');
  await showTables(place, 1);
  const [, , truth, answer, difference] = await openedRow(page, place.locator('.chart .row-open').first());
  // The label's cell also holds the way to change it.
  expect(Number(answer) - Number.parseFloat(truth ?? '')).toBeCloseTo(Number(difference?.replace('−', '-')), 1);

  await place.getByRole('textbox', { name: 'Try it: First text' }).fill('an apple');
  await expect(place.locator('.try-number')).toHaveCount(0);
  await place.getByRole('textbox', { name: 'Try it: Second text' }).fill('the pear');
  await expect(place.locator('.try-number')).toHaveText(/score\s*-?[\d.]+/, { timeout: 120_000 });
  const [head, first] = (await savedCsv(page, place)).slice(1).split('\r\n');
  expect(head).toBe('row,text,text 2,label,answer,difference');
  expect(first).toMatch(/^\d+,a \w+ number \d+,the \w+,\d\.\d,-?[\d.]+,-?[\d.]+$/);
  await expectPhoneFits(page);
});
