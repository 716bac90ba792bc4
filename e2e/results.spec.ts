/** The result of every kind of task but single labels, from a short run: the sentence, its tables, rows and files. */
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { csvFile, csvText, dataPlace, type MadeFile } from './madeFiles';
import { trained } from './trained';

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

const labelledPairs = csvFile('same.csv', csvText([
  ['sentence1', 'sentence2', 'label'],
  ...rowsOf((index) => [`a ${pick(fruit, index)} number ${index}`, `the ${pick(index % 2 === 0 ? fruit : tools, index >> 1)}`, index % 2 === 0 ? 'same' : 'other']),
]));

/** Two words of a name, a fruit, a city: enough for a small model to learn in seconds. */
const sentenceOf = (index: number) => ['Anna', 'Smith', 'saw', pick(fruit, index), 'in', pick(['Rome', 'Paris'], index), `${index}`];
const sentenceTags = ['B-PER', 'I-PER', 'O', 'O', 'O', 'B-LOC', 'O'];

const taggedWords: MadeFile = {
  name: 'names.conll',
  mimeType: 'text/plain',
  buffer: Buffer.from(rowsOf(sentenceOf).map((words) => words.map((word, place) => `${word}\t${sentenceTags[place]}`).join('\n')).join('\n\n')),
};

/** The same as character ranges, in one of the ways of annotation tools; an emoji in front of some. */
const characterRanges: MadeFile = {
  name: 'names.jsonl',
  mimeType: '',
  buffer: Buffer.from(rowsOf((index) => {
    const text = `${index % 4 === 0 ? '👍 ' : ''}${sentenceOf(index).join(' ')}`;
    const range = (part: string, label: string) => ({ start: [...text.slice(0, text.indexOf(part))].length, end: [...text.slice(0, text.indexOf(part) + part.length)].length, label });
    return [JSON.stringify({ text, spans: [range('Anna Smith', 'PER'), range(pick(['Rome', 'Paris'], index), 'LOC')] })];
  }).join('\n')),
};

async function expectAccessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
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
  // Charts follow the new width a moment later.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
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

test('pairs with a label: two boxes, confusion cells and calibration open rows with both texts', async ({ page }) => {
  const place = await trained(page, labelledPairs);
  await expect(place.locator('.headline-main')).toHaveText(/^Right \d+ times? in \d+\.$/);
  await expectAccessible(page, 'pairs');
  const [, texts] = await openedRow(page, place.locator('.cell-right, .cell-wrong').first());
  expect(texts).toMatch(/a \w+ number \d+\s+the \w+/);
  await showTables(place, 1);
  const [, , , , score] = await openedRow(page, place.locator('.chart .row-open').first());
  expect(score).toMatch(/\d\s%/);
  await place.getByRole('textbox', { name: 'Try it: First text' }).fill('an apple');
  await expect(place.locator('.try-bars tbody tr')).toHaveCount(0);
  await place.getByRole('textbox', { name: 'Try it: Second text' }).fill('the pear');
  await expect(place.locator('.try-bars tbody tr')).toHaveCount(2, { timeout: 120_000 });
  expect(await savedCsv(page, place)).toContain('row,text,text 2,label,answer,right');
  await expectPhoneFits(page);
});

test('tagged words: entities whole and right, marked texts with filters, spans in a typed text', async ({ page }) => {
  const place = await trained(page, taggedWords, { epochs: 25, learningRate: 0.003 });
  await expect(place.locator('.headline-main')).toHaveText('Finds 10 of 10 entities, whole and right.');
  await expect(place.locator('.headline')).toContainText('Always answering “O” finds none');
  await place.getByLabel('Only with something wrong').uncheck();
  await expect(place.locator('.marked-list li')).toHaveCount(5);
  await expect(place.locator('.marked-list .span-truth').first()).toBeVisible();
  await expectAccessible(page, 'tokens');
  await place.getByRole('combobox', { name: 'Type' }).selectOption('LOC');
  await expect(place.locator('.marked-list li').first()).toContainText(/LOC/);
  const [, text, truth] = await openedRow(page, place.getByRole('button', { name: 'PER', exact: true }));
  expect(text).toContain('Anna Smith');
  expect(truth).toMatch(/Anna Smith \(PER\), \w+ \(LOC\)/);

  await place.getByRole('textbox', { name: /Try it/ }).fill('Anna Smith saw fig in Rome 7');
  await expect(place.locator('.try-answer')).toContainText(/Anna Smith/, { timeout: 120_000 });
  expect(await savedCsv(page, place)).toContain('B-PER I-PER O O O B-LOC O');
  await showTables(place, 1);
  await expectPhoneFits(page);
});

test('character ranges as JSON: proposed as tags, learnt and shown', async ({ page }) => {
  const place = await trained(page, characterRanges, { epochs: 25, learningRate: 0.003 });
  await expect(dataPlace(page)).toContainText('One column marks ranges of the text, each with a type.');
  await expect(dataPlace(page).getByLabel('Ranges', { exact: true })).toHaveValue('spans');
  await expect(dataPlace(page)).not.toContainText('set aside');
  await expect(place.locator('.headline-main')).toHaveText('Finds 10 of 10 entities, whole and right.');
  await place.getByLabel('Only with something wrong').uncheck();
  await expect(place.locator('.marked-list li').first()).toContainText('Anna Smith');
  const [, , truth] = await openedRow(page, place.getByRole('button', { name: 'PER', exact: true }));
  expect(truth).toMatch(/Anna Smith \(PER\), \w+ \(LOC\)/);
  await expectAccessible(page, 'ranges');
});
