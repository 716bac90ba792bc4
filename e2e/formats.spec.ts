/** Kinds of files other than delimited text, and other ways in than the chooser: each gives its table on the page. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { xlsxOf, zipOf } from '../src/data/testFiles';
import { card, chooseFile, csvFile, csvText, dataPlace, expectPreview, expectSum, labelled, openPage, trainButton, type MadeFile } from './madeFiles';

const madeFile = (name: string, content: Uint8Array | string): MadeFile => ({ name, mimeType: '', buffer: Buffer.from(content) });

/** As many as the preview draws at once. */
const rows = [...labelled('cats', 4), ...labelled('dogs', 4)];
const jsonLines = (objects: unknown[]) => objects.map((object) => (typeof object === 'string' ? object : JSON.stringify(object))).join('\n');

/** The table's own fields, opened. */
async function openReadAs(page: Page) {
  const fields = page.locator('details.more', { has: page.getByText('Read as', { exact: true }) });
  await fields.locator('summary').click();
  return fields;
}

/** What another program would have put on the clipboard, and the keys. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+V');
}

test('a workbook: the first sheet with rows, then the one chosen, also after a reload', async ({ page }) => {
  const first = [['text', 'label'], ...rows];
  const second = [['说的话', '类别'], ...labelled('鸟', 4), ...labelled('鱼', 4)];
  const file = madeFile('two.xlsx', await xlsxOf([{ name: 'English', rows: first }, { name: '中文 & more', rows: second }]));
  await openPage(page);
  await chooseFile(page, file);
  await expectPreview(page, rows);
  await expect(dataPlace(page)).toContainText('Excel, sheet “English”');
  const fields = await openReadAs(page);
  await expect(fields.getByLabel('Encoding')).toHaveCount(0);
  await expect(fields.getByLabel('Separator')).toHaveCount(0);
  await fields.getByLabel('Sheet').selectOption('中文 & more');
  await expectPreview(page, second.slice(1));
  await expect(dataPlace(page)).toContainText('8 rows, 2 labels');

  // The choice is the recipe's: the same file, chosen again in a later visit, is read in the same way.
  await page.reload();
  await expect(dataPlace(page)).toContainText('Excel, sheet “中文 & more”');
  await openReadAs(page);
  await chooseFile(page, file, 'Choose the file again');
  await expect(fields.getByLabel('Sheet')).toBeEnabled();
  await expect(fields.getByLabel('Sheet')).toHaveValue('中文 & more');
  await expectPreview(page, second.slice(1));
});

test('a workbook as the test file: its sheet can be chosen', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('animals.csv', csvText([['text', 'label'], ...labelled('cats', 20), ...labelled('dogs', 20)])));
  const workbook = await xlsxOf([{ name: 'First', rows: [['text', 'label'], ...rows] }, { name: 'Second', rows: [['text', 'label'], ['one cat more', 'cats'], ['one dog more', 'dogs']] }]);
  await page.locator('input[type=file][aria-label="Use another file as the test set"]').setInputFiles(madeFile('test.xlsx', workbook));
  const place = dataPlace(page);
  await expect(place).toContainText('test.xlsx, 8 rows');
  await place.locator('summary', { hasText: 'Test set' }).click();
  await place.getByLabel('Sheet').selectOption('Second');
  await expect(place).toContainText('test.xlsx, 2 rows');
  await expect(place).toContainText('2 to test on');
});

test('the columns bear the names of the task, and columns and task can be changed', async ({ page }) => {
  const texts = Array.from({ length: 24 }, (_, index) => `a text about number ${index}`);
  const made = (name: string, header: string[], cells: (index: number) => string[]) => csvFile(name, csvText([header, ...texts.map((text, index) => [text, ...cells(index)])]));
  const field = (name: string) => dataPlace(page).getByLabel(name, { exact: true });
  await openPage(page);
  await chooseFile(page, made('number.csv', ['text', 'height', 'weight'], (index) => [(index * 1.37).toFixed(2), (index * 0.61).toFixed(2)]));
  await expect(field('Learns')).toHaveValue('regression');
  await field('Number').selectOption('weight');
  await expect(field('Number')).toHaveValue('weight');
  await expect(trainButton(page)).toBeEnabled();

  await chooseFile(page, made('sets.csv', ['text', 'topics'], (index) => [['a', 'b', 'c'].filter((_, place) => (index >> place) % 2 === 1 || place === index % 3).join('|')]), 'Open another file');
  await expect(field('Learns')).toHaveValue('multi-label-classification');
  await expect(field('Labels')).toHaveValue('topics');

  await chooseFile(page, made('columns.csv', ['text', 'red', 'green', 'blue'], (index) => [0, 1, 2].map((place) => String((index >> place) % 2))), 'Open another file');
  await expect(field('Labels').locator('option:checked')).toHaveText('3 columns of 0 and 1');
  await field('Learns').selectOption('One label per row');
  await expect(field('Label')).toHaveValue('red');
  await field('Learns').selectOption('Several labels per row');
  await expect(field('Labels').locator('option:checked')).toHaveText('3 columns of 0 and 1');

  await chooseFile(page, madeFile('words.conll', Array.from({ length: 24 }, (_, index) => `Ada B-PER\nsaw O\n${index} O`).join('\n\n')), 'Open another file');
  await expect(field('Learns')).toHaveValue('token-classification');
  await expect(field('Words')).toHaveValue('tokens');
  await expect(field('Tags')).toHaveValue('tags');
});

test('JSON Lines; a damaged line is named and can be left out', async ({ page }) => {
  const objects = rows.map(([text, label]) => ({ label, text }));
  await openPage(page);
  await chooseFile(page, madeFile('good.jsonl', jsonLines(objects)));
  await expectPreview(page, rows);
  const fields = await openReadAs(page);
  await expect(fields.getByLabel('Encoding')).toHaveValue('utf-8');
  await expect(fields.getByLabel('First row')).toHaveCount(0);

  await chooseFile(page, madeFile('bad.jsonl', jsonLines([...objects.slice(0, 3), '{"text": "cut', ...objects.slice(3)])), 'Open another file');
  await expect(card(page, 'data.damaged-file')).toContainText('row 4');
  await expectPreview(page, rows);
  await page.getByRole('button', { name: 'Leave damaged rows out' }).click();
  await expectSum(page, 9, 8, 1);
  await expectPreview(page, rows);
});

const classFiles = Object.fromEntries(rows.map(([text = '', label = ''], index) => [`${label}/${String(index).padStart(2, '0')}.txt`, text]));

test('an archive of class folders', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, madeFile('animals.zip', await zipOf(classFiles)));
  await expectPreview(page, rows);
  await expect(dataPlace(page)).toContainText('text files by folder');
});

test('a folder of class folders, chosen or dropped', async ({ page }) => {
  const [chosen, folder] = ['chosen', 'animals'].map((name) => join(mkdtempSync(join(tmpdir(), 'anneal-folder-')), name)) as [string, string];
  for (const [name, text] of Object.entries(classFiles)) {
    for (const root of [chosen, folder]) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  }
  await openPage(page);
  await page.locator('input[type=file][aria-label="Choose a folder"]').setInputFiles(chosen);
  await expectPreview(page, rows);
  await expect(dataPlace(page)).toContainText('chosen, ');
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await expectPreview(page, rows);
  await expect(dataPlace(page)).toContainText('animals, ');
});

test('pasted text is a table, and replaces none that is open', async ({ page }) => {
  await openPage(page);
  await paste(page, [['text', 'label'], ...rows].map((cells) => cells.join('\t')).join('\r\n'));
  await expectPreview(page, rows);
  await expect(dataPlace(page)).toContainText('Pasted text');
  // With a project open, a slip of the fingers replaces nothing.
  await paste(page, 'text,label\na,b\n');
  await expectPreview(page, rows);
});

test('the button pastes; without text on the clipboard, or without leave to read it, it says so', async ({ page, context }) => {
  await openPage(page, 'zh');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const button = page.getByRole('button', { name: '粘贴文本' });
  await page.evaluate(() => Object.assign(navigator.clipboard, { readText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }));
  await button.click();
  await expect(page.getByRole('status').filter({ hasText: '浏览器没有交出剪贴板的内容' })).toBeVisible();

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => Reflect.deleteProperty(navigator.clipboard, 'readText'));
  await page.evaluate(() => navigator.clipboard.writeText('  '));
  await button.click();
  await expect(page.getByText('剪贴板里没有文本。')).toBeVisible();

  const text = [['文本', '标签'], ...labelled('猫', 6), ...labelled('狗', 6)].map((cells) => cells.join('\t')).join('\n');
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dataPlace(page)).toContainText('粘贴的文本');
  await expect(dataPlace(page)).toContainText('12 行，2 种标签');
});

test('every encoding that fits nearly as well is one press away', async ({ page }) => {
  await openPage(page);
  // Two characters in GBK, which are letters of the West and of Russian too.
  const text = Buffer.from(`text,label\n${rows.map(([words, label]) => `${words} \xc6\xaf\xc1\xc1,${label}\n`).join('')}`, 'latin1');
  await chooseFile(page, csvFile('few.csv', text));
  const choice = dataPlace(page).getByRole('region', { name: 'Which reads right?' });
  await expect(choice).toContainText('For now it is read as GBK (Simplified Chinese).');
  const encodings = choice.getByRole('button');
  await expect(encodings).toHaveText(['GBK (Simplified Chinese)', 'Windows-1252 (Western)', 'Windows-1251 (Cyrillic)']);
  // The same lines in each.
  const firstLines = choice.locator('.encoding-lines > p:first-child');
  await expect(firstLines).toHaveText(['…about cats 漂亮,cats', '…about cats Æ¯ÁÁ,cats', '…about cats ЖЇББ,cats']);
  await encodings.last().click();
  await expect(choice).toHaveCount(0);
  await expect(dataPlace(page).locator('details.more summary').first()).toContainText('Windows-1251 (Cyrillic)');
});

test('columns and split stay as chosen when the same file is read in another encoding', async ({ page }) => {
  const more = rows.map(([text = '', label = ''], index) => [text, label, index % 2 === 0 ? 'new' : 'old', `no. ${index}`]);
  await openPage(page);
  await chooseFile(page, csvFile('more.csv', csvText([['text', 'label', 'age', 'person'], ...more, ...more.map(([text, ...cells]) => [`again ${text}`, ...cells])])));
  await dataPlace(page).getByLabel('Label', { exact: true }).selectOption('age');
  await expect(dataPlace(page)).toContainText('16 rows, 2 labels');
  await page.locator('details[data-split] summary').click();
  await page.getByLabel('Part them').selectOption('By group');
  await page.getByLabel('Column that decides').selectOption('person');
  await expect(page.locator('[data-split-outcome]')).toContainText('groups to learn from');
  const fields = await openReadAs(page);
  await fields.getByLabel('Encoding').selectOption('windows-1252');
  await expect(fields.locator('summary')).toContainText('Windows-1252');
  await expect(dataPlace(page).getByLabel('Label', { exact: true })).toHaveValue('age');
  await expect(page.locator('details[data-split]')).toHaveAttribute('data-split', 'group');
});
