/** Files that are not what they should be: what the person sees and keeps. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { card, chooseFile, csvFile, csvText, dataPlace, expectPreview, expectSum, labelled, openPage, previewCells, trainButton, watchPage } from './madeFiles';

// Requests of a service worker pass by the routes that these tests set.
test.use({ serviceWorkers: 'block' });

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const goodRows = [['text', 'label'], ...labelled('apples', 12), ...labelled('pears', 12)];

const filesWithoutRows = [
  { kind: 'zero bytes', file: csvFile('nothing.csv', ''), cause: 'nothing.csv is empty (0 bytes).' },
  {
    kind: 'a header only',
    file: csvFile('header.csv', 'message,intent\n'),
    cause: 'header.csv has a header (columns: message, intent) but no rows.',
  },
  { kind: 'blank lines only', file: csvFile('blank.csv', '\n\r\n   \n\n'), cause: 'blank.csv holds blank lines only.' },
  { kind: 'a picture', file: csvFile('picture.csv', png), cause: 'picture.csv is not a table (it looks like PNG).' },
];

for (const { kind, file, cause } of filesWithoutRows) {
  test(`fault 1: ${kind}: the cause is said and the page is ready for another file`, async ({ page }) => {
    await openPage(page);
    await chooseFile(page, file);
    const alert = card(page, 'data.no-rows');
    await expect(alert).toContainText(cause);
    await expect(alert).toContainText('Choose another file, or try a sample.');
    for (const remedy of ['Choose another file', 'Show the expected form', 'Try a sample', 'Copy details']) {
      await expect(alert.getByRole('button', { name: remedy, exact: true })).toBeEnabled();
    }
    await expect(trainButton(page)).toHaveCount(0);

    const drop = page.locator('.drop');
    await expect(drop).toHaveAttribute('data-busy', 'false');
    await expect(drop.getByRole('button', { name: 'Choose a file' })).toBeEnabled();
    await chooseFile(page, csvFile('good.csv', csvText(goodRows)));
    await expect(dataPlace(page)).toContainText('24 rows, 2 labels');
    await expect(alert).toHaveCount(0);
  });
}

test('fault 1: the expected form is shown on demand, and a sample opens from the message', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('nothing.csv', ''));
  const alert = card(page, 'data.no-rows');
  await alert.getByRole('button', { name: 'Show the expected form' }).click();
  await expect(alert.getByRole('cell', { name: 'Where is my parcel?' })).toBeVisible();
  await alert.getByRole('button', { name: 'Try a sample' }).click();
  await expect(dataPlace(page)).toContainText('490 rows, 7 labels');
});

test('fault 1: a bad file leaves the open project as it was, also after a reload', async ({ page }) => {
  await openPage(page);
  await page.locator('.sample').first().click();
  const place = dataPlace(page);
  await expect(place).toContainText('490 rows, 7 labels');
  await place.getByLabel('Label', { exact: true }).selectOption('intent');
  await expect(trainButton(page)).toBeEnabled();
  const before = await previewCells(page);
  expect(before[0]).toEqual(['Which colours does the scarf come in?', 'Product']);

  for (const { file, cause } of filesWithoutRows) {
    await chooseFile(page, file, 'Open another file');
    await expect(card(page, 'data.no-rows')).toContainText(cause);
    await expect(card(page, 'data.no-rows')).toContainText('The open project is unchanged.');
  }
  await expect(place).toContainText('490 rows, 7 labels');
  await expect(place).toContainText('support-intents-en.csv');
  await expectPreview(page, before);
  await expect(trainButton(page)).toBeEnabled();

  await card(page, 'data.no-rows').getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(card(page, 'data.no-rows')).toHaveCount(0);
  await page.reload();
  await expect(place).toContainText('490 rows, 7 labels');
  await expectPreview(page, before);
});

test('fault 1: zero bytes, in Chinese', async ({ page }) => {
  await openPage(page, 'zh');
  await chooseFile(page, csvFile('空.csv', ''), '选择文件');
  const alert = card(page, 'data.no-rows');
  await expect(alert).toContainText('空.csv 是空文件（0 字节）。');
  await expect(page.locator('.drop').getByRole('button', { name: '选择文件', exact: true })).toBeEnabled();
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect(alert).toContainText('空.csv is empty (0 bytes).');
});

test('fault 2: one class only: column and rows are named, and adding rows is the way out', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('one.csv', csvText([['text', 'label'], ...labelled('apples', 60)])));
  const alert = card(page, 'data.too-few-classes');
  await expect(alert).toContainText('Column “label” holds one value only in all 60 rows. A classifier needs two.');
  await expect(alert).toContainText('Add rows with other labels.');
  await expect(page.locator('[data-place=training]')).toContainText('holds one value only');
  await expect(trainButton(page).and(page.locator(':enabled'))).toHaveCount(0);
});

test('fault 2: one class only: other columns are offered, and one press takes one', async ({ page }) => {
  const rows = [...labelled('apples', 30, 'shop'), ...labelled('pears', 30, 'shop')];
  await openPage(page);
  await chooseFile(page, csvFile('source.csv', csvText([['text', 'fruit', 'source'], ...rows])));
  await expect(dataPlace(page)).toContainText('60 rows, 2 labels');
  await expect(trainButton(page)).toBeEnabled();
  await dataPlace(page).getByLabel('Label', { exact: true }).selectOption('source');
  const alert = card(page, 'data.too-few-classes');
  await expect(alert).toContainText('Column “source” holds one value only in all 60 rows.');
  await expect(alert).toContainText('column source, value “shop”');
  await expect(trainButton(page).and(page.locator(':enabled'))).toHaveCount(0);
  await alert.getByRole('button', { name: 'Use “fruit”' }).click();
  await expect(dataPlace(page)).toContainText('60 rows, 2 labels');
  await expect(alert).toHaveCount(0);
  await expect(trainButton(page)).toBeEnabled();
});

/** Rows of each label as the chart shows them. */
async function labelCounts(page: Page): Promise<Record<string, string>> {
  const entries = await page
    .locator('.bars tbody tr')
    .evaluateAll((rows) => rows.map((row) => [row.querySelector('th')?.textContent ?? '', row.querySelector('.bars-figure')?.textContent ?? '']));
  return Object.fromEntries(entries);
}

test('fault 2: a label with one row can be kept, left out or merged, and the counts follow', async ({ page }) => {
  const rows = [...labelled('apples', 20), ...labelled('pears', 20), ['a lone quince', 'quince']];
  await openPage(page);
  await chooseFile(page, csvFile('rare.csv', csvText([['text', 'label'], ...rows])));
  const choices = page.getByRole('group', { name: 'What to do with quince' });
  await expect(choices).toContainText('“quince” has 1 row: it can be learned or tested, not both.');
  await expect.poll(() => labelCounts(page)).toEqual({ apples: '20', pears: '20', quince: '1' });

  await choices.getByRole('button', { name: 'Leave out' }).click();
  await expect.poll(() => labelCounts(page)).toEqual({ apples: '20', pears: '20' });
  await expectSum(page, 41, 40, 1);
  await expect(dataPlace(page)).toContainText('1 of a label that was left out (first: row 42)');
  await expect(choices.getByRole('button', { name: 'Leave out' })).toHaveAttribute('aria-pressed', 'true');

  await choices.getByLabel('Merge into').selectOption('pears');
  await expect.poll(() => labelCounts(page)).toEqual({ apples: '20', pears: '21' });
  await expect(dataPlace(page)).toContainText('41 rows, 2 labels');
  await expect(dataPlace(page)).not.toContainText('set aside');

  await choices.getByRole('button', { name: 'Keep for training' }).click();
  await expect.poll(() => labelCounts(page)).toEqual({ apples: '20', pears: '20', quince: '1' });
  await expect(dataPlace(page)).toContainText('41 rows, 3 labels');
  // Its one row is to learn from: the other sides have none of it.
  await expect(page.locator('.bars tbody tr', { hasText: 'quince' })).toHaveAttribute('title', '1 to learn from, 0 to steer by, 0 to test on');
  await expect(trainButton(page)).toBeEnabled();
});

const chineseRows = [
  ['快递很快，包装也好', '好评'],
  ['菜是凉的，等了两个小时', '差评'],
  ['味道不错，下次还来', '好评'],
  ['少送了一份米饭', '差评'],
  ['送餐员很有礼貌', '好评'],
  ['汤全洒了，太失望', '差评'],
  ['分量足，价格公道', '好评'],
  ['电话打不通，没人管', '差评'],
];
const chineseText = csvText([['评价', '标签'], ...chineseRows], '\r\n');
/** `chineseText` in GBK. */
const chineseGbk = Buffer.from(
  'xsC82yyx6sepDQq/7LXduty/7KOssPzXsNKyusMsusPGwA0KssvKx8G5tcSjrLXIwcvBvbj20KHKsSyy7sbADQrOtrXAsru07aOsz8K0zru5wLQsusPGwA0KydnLzcHL0ru33cPXt7kssu7GwA0Ky82yzdSxutzT0MDxw7IsusPGwA0KzMDIq8j3wcujrMyryqfN+yyy7sbADQq31sG/1+OjrLzbuPG5q7XALLrDxsANCrXnu7C08rK7zaijrMO7yMu53Cyy7sbADQo=',
  'base64',
);

test('fault 3: a GBK file is read as what it is, says so, and equals its UTF-8 twin', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('gbk.csv', chineseGbk));
  await expectPreview(page, chineseRows);
  await expect(dataPlace(page)).toContainText('Read as GBK (Simplified Chinese).');
  await expect(dataPlace(page)).toContainText('8 rows, 2 labels');
  await expect(dataPlace(page).getByLabel('Text', { exact: true })).toHaveValue('评价');
  await expect(dataPlace(page).getByLabel('Label', { exact: true })).toHaveValue('标签');
  const read = await previewCells(page);

  await chooseFile(page, csvFile('utf8.csv', chineseText), 'Open another file');
  await expect(dataPlace(page)).toContainText('utf8.csv');
  await expectPreview(page, read);
  await expect(dataPlace(page)).not.toContainText('Read as GBK');
});

test('fault 3: another encoding can be chosen by hand and taken back', async ({ page }) => {
  await openPage(page);
  await chooseFile(page, csvFile('gbk.csv', chineseGbk));
  await expectPreview(page, chineseRows);
  await page.locator('summary', { hasText: 'Read as' }).click();
  await page.getByLabel('Encoding').selectOption('Windows-1252 (Western)');
  await expect.poll(async () => (await previewCells(page))[0]?.join('')).toMatch(/^[\u00a1-\u02ff\u2000-\u20ff,]/);
  await page.getByLabel('Encoding').selectOption('GBK (Simplified Chinese)');
  await expectPreview(page, chineseRows);
});

test('fault 3: a French file in Latin-1 does not turn Chinese', async ({ page }) => {
  const rows = [
    ['Le colis est arrivé abîmé, très déçu', 'réclamé'],
    ['Où est passée ma commande de Noël ?', 'livré'],
    ['À quelle heure êtes-vous fermés ?', 'réclamé'],
    ['Été comme hiver, le café est excellent', 'livré'],
    ['Le garçon a été désagréable', 'réclamé'],
    ['Même la crêpe a goût de brûlé', 'livré'],
    ['Çà et là des pièces abîmées', 'réclamé'],
    ['Reçu en août, déjà cassé', 'livré'],
  ];
  await openPage(page);
  await chooseFile(page, csvFile('latin1.csv', Buffer.from(csvText([['texte', 'état'], ...rows]), 'latin1')));
  await expectPreview(page, rows);
  await expect(dataPlace(page)).toContainText('Read as Windows-1252 (Western)');
  expect((await dataPlace(page).innerText()).replaceAll('Simplified Chinese', '')).not.toMatch(/\p{Script=Han}/u);
});

for (const { kind, mark } of [{ kind: 'with', mark: '\ufeff' }, { kind: 'without', mark: '' }]) {
  test(`fault 3: UTF-16LE ${kind} a byte-order mark is read`, async ({ page }) => {
    await openPage(page);
    await chooseFile(page, csvFile('utf16.csv', Buffer.from(mark + chineseText, 'utf16le')));
    await expectPreview(page, chineseRows);
    await expect(dataPlace(page)).toContainText('Read as UTF-16 LE.');
    await expect(dataPlace(page).getByLabel('Text', { exact: true })).toHaveValue('评价');
  });
}

test('fault 5: ragged rows are set aside by reason, and every row of the file is accounted for', async ({ page }) => {
  const lines = [
    'text,label,id',
    'short of two cells',
    'short of one cell,pears',
    'too long,pears,3,more',
    'too long as well,pears,4,more,still more',
    'much too long,pears,5,a,b,c',
    ',pears,6',
    '   ,pears,7',
    'no label here,,8',
    'label of spaces,   ,9',
    ...labelled('apples', 12, 'x').map((row) => row.join(',')),
    '',
    ...labelled('pears', 12, 'x').map((row) => row.join(',')),
    'tidied in the end, pears ,x',
  ];
  await openPage(page);
  await chooseFile(page, csvFile('ragged.csv', lines.join('\n')));
  const place = dataPlace(page);
  await expect(place).toContainText('25 rows, 2 labels');
  await expectSum(page, 34, 25, 9);
  for (const reason of [
    '2 with too few cells (first: row 2)',
    '3 with too many cells (first: row 4)',
    '1 without text (first: row 7)',
    '1 with spaces only as text (first: row 8)',
    '2 without a label (first: row 9)',
    '1 blank line skipped.',
    '1 label tidied (case, width or spaces); first: row 36.',
  ]) {
    await expect(place.getByText(reason, { exact: true })).toBeVisible();
  }
  await expect.poll(() => labelCounts(page)).toEqual({ apples: '12', pears: '13' });

  await place.getByRole('button', { name: 'See rows' }).click();
  const listed = page.getByRole('dialog').locator('.virtual-window > [role=row]');
  await expect(listed).toHaveCount(9);
  await expect(listed.nth(3)).toContainText('too long as well | pears | 4 | more | still more');
  await page.keyboard.press('Escape');

  const [download] = await Promise.all([page.waitForEvent('download'), place.getByRole('button', { name: 'Download as CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('ragged-set-aside.csv');
  const saved = await readFile(await download.path(), 'utf8');
  expect(saved.split('\r\n')).toHaveLength(1 + 9 + 1);
  expect(saved).toContain('5,with too many cells,too long as well,pears,4,more,still more\r\n');

  // Rows whose text and label are there can be used; what is over is left away, and the choice can be taken back.
  await place.getByRole('button', { name: 'Use those with text and label' }).click();
  await expectSum(page, 34, 29, 5);
  await expect(place).toContainText('5 rows with too few or too many cells are used');
  await expect.poll(() => labelCounts(page)).toEqual({ apples: '12', pears: '17' });
  await place.getByRole('button', { name: 'Set them aside again' }).click();
  await expectSum(page, 34, 25, 9);
});

test('fault 4: two encodings in one file: the place is named, nothing is read before a choice, and every row is counted', async ({ page }) => {
  // Rows 2 to 9 in UTF-8, the same again in GBK.
  const bytes = Buffer.concat([Buffer.from(chineseText), chineseGbk.subarray(chineseGbk.indexOf(0x0a) + 1)]);
  await openPage(page);
  await chooseFile(page, csvFile('mixed.csv', bytes));
  const alert = card(page, 'data.mixed-encoding');
  await expect(alert).toContainText('up to row 9 it is UTF-8, from row 10 on it is not; likely GBK.');
  await expect(alert).toContainText('Row 10 read as GBK (Simplified Chinese): 快递很快，包装也好,好评');
  await expect(page.locator('.drop')).toBeVisible();
  await alert.getByRole('button', { name: 'Leave out 8 unreadable rows' }).click();
  await expectSum(page, 16, 8, 8);
  await chooseFile(page, csvFile('mixed.csv', bytes), 'Open another file');
  await alert.getByRole('button', { name: 'Read each part in its own encoding' }).click();
  await expect(dataPlace(page)).toContainText('16 rows, 2 labels');
  expect(await dataPlace(page).innerText()).not.toContain('\ufffd');
});

test('fault 6: a quote that never closes: its line is shown, the rows before can be used, and quotes can be characters', async ({ page }) => {
  const text = `${csvText([['text', 'label'], ...labelled('apples', 8), ...labelled('pears', 8)])}"never closed,pears\n${csvText(labelled('apples', 4))}`;
  await openPage(page);
  await chooseFile(page, csvFile('open.csv', text));
  const alert = card(page, 'data.unclosed-quote');
  await expect(alert).toContainText('The quote opened in row 18, column “text”, does not close before the end of the file; everything after it would be one cell.');
  await expect(alert).toContainText('The line: "never closed,pears');
  await alert.getByRole('button', { name: 'Use the 16 rows before' }).click();
  await expectSum(page, 21, 16, 5);
  await chooseFile(page, csvFile('open.csv', text), 'Open another file');
  await alert.getByRole('button', { name: 'Treat quotes as text' }).click();
  await expect(dataPlace(page)).toContainText('21 rows, 2 labels');
});

test('fault 5: of two columns with one name the second is renamed and says so', async ({ page }) => {
  const rows = [...labelled('apples', 12, 'red'), ...labelled('pears', 12, 'green')];
  await openPage(page);
  await chooseFile(page, csvFile('twice.csv', csvText([['text', 'label', 'label'], ...rows])));
  const place = dataPlace(page);
  await expect(place).toContainText('Two columns are called “label”; the second is shown as “label (2)”.');
  await expect(place.getByLabel('Label', { exact: true })).toHaveValue('label');
  await place.getByLabel('Label', { exact: true }).selectOption('label (2)');
  await expect.poll(() => labelCounts(page)).toEqual({ red: '12', green: '12' });
  await expect.poll(async () => (await previewCells(page))[0]).toEqual(['message number 1 about apples', 'red']);
});

test('fault 11: hostile text is shown as its characters and nothing of it runs', async ({ page }) => {
  const image = '<img src=x onerror="window.hostileTextRan=1">';
  const script = '<script>window.hostileTextRan=1;alert(1)</script>';
  const link = 'javascript:window.hostileTextRan=1';
  const fileName = '<img src=x onerror=alert(1)>\u202evsc.csv';
  const texts = [image, script, link, '<svg onload=alert(1)>', 'right\u202eto left', 'with \0 NUL', '__proto__', '../../x'];
  const labels = [image, link, '__proto__'];
  const labelHeader = `${script}\u202eX`;
  const rows = labels.flatMap((label) => texts.map((text, index) => [`${text} and words, number ${index}`, label, image]));
  const watch = await watchPage(page);
  await openPage(page);
  await chooseFile(page, csvFile(fileName, csvText([[`${image} text`, labelHeader, '__proto__'], ...rows, ['one row only', 'constructor', image]])));

  const place = dataPlace(page);
  await expect(place).toContainText('25 rows, 4 labels');
  await expect(place).toContainText('<img src=x onerror=alert(1)>⟨U+202E⟩vsc.csv');
  await expect.poll(() => labelCounts(page)).toEqual(Object.fromEntries([...labels.map((label) => [label, '8']), ['constructor', '1']]));
  await expect.poll(async () => (await previewCells(page)).slice(0, 8)).toEqual(
    rows.slice(0, 8).map(([text = '', label = '']) => [text.replace('\u202e', '⟨U+202E⟩').replace('\0', '␀'), label]),
  );
  await expect(place.locator('.virtual-head')).toContainText(`${image} text`);
  await expect(place.locator('.virtual-head')).toContainText(`${script}⟨U+202E⟩X`);
  await expect(place.locator('.virtual-head')).not.toContainText('\u202e');

  await place.getByRole('button', { name: 'Open row 2' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('dt')).toHaveText([`${image} text`, `${script}⟨U+202E⟩X`, '__proto__']);
  await expect(dialog.locator('dd').first()).toHaveText(`${image} and words, number 0`);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  // The column of one value is called `__proto__`, and its value is markup: both are in the message.
  await place.getByLabel('Label', { exact: true }).selectOption('__proto__');
  const alert = card(page, 'data.too-few-classes');
  await expect(alert).toContainText('Column “__proto__” holds one value only in all 25 rows.');
  await expect(alert).toContainText(image);
  await alert.getByRole('button', { name: `Use “${script}⟨U+202E⟩X”` }).click();
  await expect(place).toContainText('25 rows, 4 labels');

  // The same names in the message about a file that cannot be opened.
  await chooseFile(page, csvFile(fileName, `<script>alert(1)</script>,${link}\n`), 'Open another file');
  await expect(card(page, 'data.no-rows')).toContainText('<img src=x onerror=alert(1)>⟨U+202E⟩vsc.csv has a header');
  await expect(card(page, 'data.no-rows')).toContainText(`(columns: <script>alert(1)</script>, ${link})`);

  await expect(page.locator('body img, body script, main a[href]')).toHaveCount(0);
  expect(await watch.ran()).toBe(false);
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
  expect(watch.trouble).toEqual([]);
  await page.getByRole('button', { name: 'Nothing leaves this device' }).click();
  await expect(page.locator('[data-count=blocked]')).toHaveText('0');
  await expect(page.locator('[data-count=foreign]')).toHaveText('0');

  // The watch sees what it should: the same markup, put into the page as markup.
  await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), image);
  await expect.poll(() => watch.trouble.join('\n')).toContain('violation: script-src');
});

for (const name of ['__proto__', 'constructor']) {
  test(`fault 11: a choice for a label called ${name} counts, also after a reload`, async ({ page }) => {
    await openPage(page);
    const rows = [...labelled('apples', 12), ...labelled('pears', 12), ['one row only', name]];
    await chooseFile(page, csvFile('names.csv', csvText([['text', 'label'], ...rows])));
    await page.getByRole('group', { name: `What to do with ${name}` }).getByRole('button', { name: 'Leave out' }).click();
    await expectSum(page, 25, 24, 1);
    await expect.poll(() => labelCounts(page)).toEqual({ apples: '12', pears: '12' });
    await page.reload();
    await expectSum(page, 25, 24, 1);
  });
}
