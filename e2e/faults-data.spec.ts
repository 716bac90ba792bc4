/** Faults 7, 8, 10 and 11 walked to their end on the page: the file, the choice, the run and what is saved of it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { bundledModels, chooseFile, csvFile, csvText, dataPlace, expectPreview, expectSum, labelled, openPage, previewCells, watchPage } from './madeFiles';
import { train, trained } from './trained';

const finding = (page: Page, id: string) => dataPlace(page).locator(`[data-finding="${id}"]`);
const trainingPlace = (page: Page) => page.locator('[data-place=training]');

test('fault 7: of a large file the first rows are shown while it is read; stopped in the middle it leaves the project before', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-large-'));
  try {
    // 200,000 rows, 60 MB: long enough to be stopped, and too much for the runner to hand over but by its path.
    const path = join(folder, 'large.csv');
    const filling = 'some more words of no weight '.repeat(9);
    writeFileSync(path, `text,label\n${Array.from({ length: 200_000 }, (_, row) => `row ${row} ${filling},${row % 2 === 0 ? 'even' : 'odd'}\n`).join('')}`);
    await openPage(page);
    await page.locator('.sample').first().click();
    await expect(dataPlace(page)).toContainText('490 rows, 7 labels');
    const before = await previewCells(page);

    await page.locator('input[type=file][aria-label="Open another file"]').first().setInputFiles(path);
    const place = dataPlace(page);
    await expect(place.getByRole('table', { name: 'First rows' })).toContainText('row 0 some more words');
    await expect(place.getByText(/^[\d,]+ rows read$/)).toBeVisible();
    await place.getByRole('button', { name: 'Stop reading' }).click();
    await expect(place.getByRole('button', { name: 'Stop reading' })).toHaveCount(0);
    await expect(place).toContainText('490 rows, 7 labels');
    await expectPreview(page, before);
    await page.reload();
    await expect(place).toContainText('490 rows, 7 labels');
    await expectPreview(page, before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.describe('with the bundled model, which takes its time', () => {
  test.use(bundledModels);

  test('fault 7: where all rows take long, a balanced sample is offered with both times; the choice outlasts a reload', async ({ page }) => {
    const words = 'a message of several words, so that each takes the model some time, and then '.repeat(4);
    const rows = Array.from({ length: 40_000 }, (_, row) => [`${words}${row}`, row % 2 === 0 ? 'even' : 'odd']);
    await openPage(page);
    await chooseFile(page, csvFile('long.csv', csvText([['text', 'label'], ...rows])));
    const choice = trainingPlace(page).getByRole('group', { name: 'How many rows?' });
    // Never a handful: from so few rows nothing is learnt.
    const sample = choice.getByLabel(/^A balanced sample of \d[\d,]+\d rows/);
    await expect(choice.getByLabel(/^A balanced sample of [\d,]+ rows, about \d+\smin$/)).toBeVisible({ timeout: 120_000 });
    await expect(choice.getByLabel(/^All rows, about \d+\s(min|h)/)).toBeVisible();
    await sample.check();
    await expect(sample).toBeChecked();
    // The time of the sample is measured; that of all rows is no longer known.
    await expect(choice.getByLabel(/^A balanced sample of [\d,]+ rows, about \d+\s(s|min|h)/)).toBeChecked({ timeout: 120_000 });
    await expect(choice.getByLabel(/^All rows$/)).toBeVisible();
    await page.reload();
    await expect(trainingPlace(page).getByLabel(/^A balanced sample of [\d,]+ rows/)).toBeChecked({ timeout: 120_000 });
  });
});

test('fault 8: cells of 300,000 characters are shown short, opened whole, cut as chosen, learnt and answered', async ({ page }) => {
  const long = { prose: 'some words of a very long text '.repeat(9_678).slice(0, 300_000), word: 'x'.repeat(300_000), chinese: '很长的一段话'.repeat(50_000) };
  const rows = [...labelled('apples', 20), ...labelled('pears', 20), [long.prose, 'apples'], [long.word, 'pears'], [long.chinese, 'apples'], ['y'.repeat(32_767), 'pears']];
  await openPage(page);
  await chooseFile(page, csvFile('long.csv', csvText([['text', 'label'], ...rows])));
  await expect(dataPlace(page)).toContainText('44 rows, 2 labels');
  await expect(finding(page, 'cut-texts')).toContainText(/\d\srows are cut at \d+ tokens; \d+(\.\d)?\s% of all tokens stay unread\./);
  await expect(finding(page, 'spreadsheet-cut')).toContainText('exactly 32,767 characters');

  // 200 characters in the table, all of them where the row is opened.
  await dataPlace(page).getByRole('table', { name: 'All rows' }).locator('.virtual-scroll, [tabindex="0"]').first().press('End');
  const open = dataPlace(page).getByRole('button', { name: 'Open row 42', exact: true });
  await expect(open).toBeVisible();
  const shown = (await previewCells(page)).map(([text = '']) => text).filter((text) => text.length > 100);
  expect(shown.length).toBeGreaterThan(0);
  for (const text of shown) expect(text.length).toBeLessThanOrEqual(210);
  await open.click();
  const dialog = page.getByRole('dialog');
  await expect.poll(async () => (await dialog.locator('dd').first().innerText()).length).toBeGreaterThanOrEqual(299_000);
  await page.keyboard.press('Escape');

  await finding(page, 'cut-texts').getByRole('button', { name: 'Read the end instead' }).click();
  await expect(finding(page, 'cut-texts')).toContainText('of these texts the end is read');
  const result = await train(page);
  await result.getByRole('textbox', { name: /Try it/ }).fill(long.word);
  await expect(result.locator('.try-bars tbody tr')).toHaveCount(2, { timeout: 60_000 });
});

test('long texts that differ in their last words only are told apart once they are read from their end', async ({ page }) => {
  const same = 'the same words at the beginning of each text '.repeat(60);
  const rows = Array.from({ length: 80 }, (_, index) => [`${same} ${`${index % 2 === 0 ? 'apple' : 'hammer'} `.repeat(40)}${index}`, index % 2 === 0 ? 'fruit' : 'tool']);
  await openPage(page);
  await chooseFile(page, csvFile('ends.csv', csvText([['text', 'label'], ...rows])));
  await finding(page, 'cut-texts').getByRole('button', { name: 'Read the end instead' }).click();
  await expect(finding(page, 'cut-texts')).toContainText('of these texts the end is read');
  // Read from their beginning all are one text, and half of the answers are right.
  const result = await train(page, { epochs: 8, learningRate: 0.003 });
  await expect(result.locator('.headline-main')).toHaveText('Right 8 times in 8.');
});

test('fault 10: rows shared with a test file are named, moved by nobody, told apart in the report, and taken out at a press', async ({ page }) => {
  const own = [...labelled('apples', 30), ...labelled('pears', 30)];
  const shared = own.filter((_, index) => index % 15 === 0).map(([text = '', label = '']) => [text.toUpperCase(), label]);
  const fresh = ['apples', 'pears'].flatMap((label) => Array.from({ length: 6 }, (_, index) => [`another text on ${label}, the ${index + 1}th`, label]));
  await openPage(page);
  await chooseFile(page, csvFile('own.csv', csvText([['text', 'label'], ...own])));
  await expect(dataPlace(page)).toContainText('60 rows, 2 labels');
  await page.locator('input[type=file][aria-label="Use another file as the test set"]').setInputFiles(csvFile('test.csv', csvText([['text', 'label'], ...shared, ...fresh])));
  await expect(finding(page, 'leaks')).toContainText(/4 of 16\srows to test on are also in the training file; the score would flatter\./);
  await expect(dataPlace(page)).toContainText('16 to test on');

  const result = await train(page);
  await expect(result.locator('.headline-main')).toHaveText(/^Right \d+ times? in 16\.$/);
  await expect(result.locator('[data-without-leaks]')).toContainText(/4 of 16\stest rows repeat texts it learnt from, which flatters\. On the others: .*\d/);

  await finding(page, 'leaks').getByRole('button', { name: 'Keep them for testing' }).click();
  await expect(finding(page, 'leaks')).toHaveCount(0);
  await expectSum(page, 76, 72, 4);
  await expect(dataPlace(page)).toContainText('16 to test on');
  await dataPlace(page).locator('[data-mended="leaks"]').getByRole('button', { name: 'Undo' }).click();
  await finding(page, 'leaks').getByRole('button', { name: 'Keep them for learning' }).click();
  await expect(dataPlace(page)).toContainText('12 to test on');
});

test('fault 11: of hostile texts nothing runs in the result; saved as CSV they get an apostrophe, which can be left off', async ({ page }) => {
  const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', '<img src=x onerror="window.hostileTextRan=1">', '<script>window.hostileTextRan=1</script>'];
  const labels = ['=cmd|x', '<b>pears</b>'];
  const rows = labels.flatMap((label) => hostile.flatMap((text) => Array.from({ length: 5 }, (_, index) => [`${text} and words ${index} of ${label.length}`, label])));
  const watch = await watchPage(page);
  const result = await trained(page, csvFile('=hostile.csv', csvText([['text', 'label'], ...rows])));
  await expect(result.locator('.headline-main')).toHaveText(/^Right \d+ times? in \d+\.$/);
  await expect(result).toContainText('<b>pears</b>');
  await result.locator('.cell-right, .cell-wrong').first().click();
  await expect(page.getByRole('dialog').getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Escape');
  await result.getByRole('textbox', { name: /Try it/ }).fill('<img src=x onerror="window.hostileTextRan=1">');
  await expect(result.locator('.try-bars tbody tr')).toHaveCount(2, { timeout: 60_000 });

  const saved = async (): Promise<string[]> => {
    const download = page.waitForEvent('download');
    await result.getByRole('button', { name: 'Download test predictions (CSV)' }).click();
    return (await readFile(await (await download).path())).toString('utf8').slice(1).trimEnd().split('\r\n');
  };
  await expect(result).toContainText(/\d+ text cells begin like a formula; an apostrophe is put before them/);
  const guarded = await saved();
  expect(guarded.some((line) => line.includes("'=cmd|x"))).toBe(true);
  expect(guarded.filter((line) => /(^|,)"?[=+\-@\t＝]/.test(line))).toEqual([]);
  // Our own number columns stay numbers: the first is the row, the last a score.
  for (const line of guarded.slice(1)) expect(line).toMatch(/^\d+,.*,[\d.]+(e-\d+)?$/);
  await result.getByLabel('Put apostrophes').uncheck();
  const plain = await saved();
  expect(plain.some((line) => /(^|,)"?=cmd/.test(line))).toBe(true);
  expect(await watch.ran()).toBe(false);
  expect(watch.trouble).toEqual([]);

  // The file without them, opened here, gives the texts as they were.
  await chooseFile(page, csvFile('again.csv', `${plain.join('\r\n')}\r\n`), 'Open another file');
  await expect(dataPlace(page)).toContainText('again.csv');
  await expect.poll(async () => (await previewCells(page)).map(([text]) => text).filter((text) => !rows.some(([own]) => own === text))).toEqual([]);
});
