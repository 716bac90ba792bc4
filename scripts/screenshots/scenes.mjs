/** The states of the page, as short plays: a fresh profile each, English, and `shoot` wherever there is something to see. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faults, formats, largeLines, parted, pastedText, planted, plantedTest, tasks } from './files.mjs';

const choose = (page, file, button = 'Choose a file') => page.locator(`input[type=file][aria-label="${button}"]`).first().setInputFiles(file);
const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
const place = (page, name) => page.locator(`[data-place=${name}]`);
const closeDialog = async (page) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

/** Until a run can be started; the estimate of its time is waited for, but not for ever. */
async function isReady(page) {
  await place(page, 'data').getByText(/to learn from/).first().waitFor();
  await page.locator('.button-big:enabled').waitFor();
  await place(page, 'training').getByText(/about\s\d/).first().waitFor({ timeout: 60_000 }).catch(() => {});
}

async function open(page, file) {
  await choose(page, file);
  await isReady(page);
}

/** Through the field, as a person would. */
async function setEpochs(page, epochs) {
  await page.locator('details.settings > summary').click();
  await page.getByLabel('Epochs').fill(String(epochs));
  await page.getByLabel('Epochs').blur();
  await page.locator('details.settings > summary').click();
}

async function finishRun(page) {
  await press(page, 'Train');
  await place(page, 'result').getByRole('button', { name: 'Download the model' }).waitFor({ timeout: 600_000 });
}

async function openEmpty({ page, shoot }) {
  await shoot('empty');
  await page.evaluate(() => Object.assign(navigator.clipboard, { readText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }));
  await press(page, 'Paste text');
  await shoot('paste-refused');
  await press(page, 'Nothing leaves this device');
  await page.getByRole('dialog').waitFor();
  await shoot('privacy', { full: false });
}

async function showMenu({ page, shoot }) {
  await page.locator('.sample').first().click();
  await isReady(page);
  await press(page, 'Menu');
  await page.getByRole('menu').waitFor();
  await shoot('menu', { full: false });
  await page.getByRole('menuitem').last().click();
  await page.getByRole('alertdialog').waitFor();
  await shoot('delete', { full: false });
}

async function showImporting({ page, shoot }) {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-large-'));
  const path = join(folder, 'two-million-rows.csv');
  const file = createWriteStream(path);
  for (const lines of largeLines()) if (!file.write(lines)) await once(file, 'drain');
  await new Promise((done) => file.end(done));
  await choose(page, path);
  await page.getByText('Stop reading').waitFor();
  await shoot('importing', { full: false });
  await page.locator('.drop .button-text').click({ timeout: 1_000 }).catch(() => {});
  rmSync(folder, { recursive: true });
}

const showFormat = (format) => async ({ page, shoot }) => {
  await open(page, await formats[format]());
  const fields = page.locator('details.more').first();
  if (['csv', 'xlsx'].includes(format)) await fields.locator('summary').click();
  await shoot(`ready-${format}`);
};

async function showPasted({ page, shoot }) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), pastedText);
  await press(page, 'Paste text');
  await isReady(page);
  await shoot('ready-pasted');
}

const showSample = (place_, name) => async ({ page, shoot }) => {
  await page.locator('.sample').nth(place_).click();
  await isReady(page);
  await shoot(name);
};

const showFault = (fault) => async ({ page, shoot }) => {
  await choose(page, await faults[fault]());
  await page.locator('[role=alert]').waitFor();
  await shoot(`fault-${fault}`);
};

const showReadyFault = (fault) => async ({ page, shoot }) => {
  await open(page, await faults[fault]());
  await shoot(`fault-${fault}`);
};

/** Trouble with the columns; other columns are offered. */
const showColumnFault = (fault, column) => async ({ page, shoot }) => {
  await open(page, await faults[fault]());
  await place(page, 'data').getByLabel('Label', { exact: true }).selectOption(column);
  await page.locator('[role=alert]').waitFor();
  await shoot(`fault-${fault}`);
};

async function showOverProject({ page, shoot }) {
  await open(page, formats.csv());
  await choose(page, faults.picture(), 'Open another file');
  await page.locator('[role=alert]').waitFor();
  await press(page, 'Show the expected form');
  await shoot('fault-over-project');
}

async function showRagged({ page, shoot }) {
  await open(page, faults.ragged());
  await shoot('fault-ragged');
  await press(page, 'See rows');
  await page.getByRole('dialog').waitFor();
  await shoot('set-aside-dialog', { full: false });
}

async function showDoctor({ page, shoot }) {
  await open(page, planted());
  await page.locator('input[type=file][aria-label="Use another file as the test set"]').setInputFiles(plantedTest());
  await page.locator('[data-finding=leaks]').waitFor();
  await page.getByRole('button', { name: /^Show all/ }).first().click();
  await shoot('doctor');
  await page.locator('[data-finding=duplicates]').getByRole('button', { name: 'Show rows' }).click();
  await page.getByRole('dialog').waitFor();
  await shoot('doctor-rows', { full: false });
  await page.getByRole('dialog').getByRole('button', { name: /Open row/ }).first().click();
  await shoot('doctor-row', { full: false });
  await closeDialog(page).catch(() => {});
  await closeDialog(page).catch(() => {});
  for (const finding of ['leaks', 'duplicates', 'label-twins']) await page.locator(`[data-finding=${finding}]`).getByRole('button').first().click();
  await page.locator('[data-mended=label-twins]').waitFor();
  await isReady(page);
  await shoot('doctor-mended');
}

async function showColumns({ page, shoot }) {
  await open(page, formats.csv());
  await press(page, 'Give Data the whole width');
  await shoot('data-wide');
  await press(page, 'Show all three side by side');
  await page.locator('details.settings > summary').click();
  await page.getByLabel('Learning rate').fill('4');
  await shoot('settings');
}

const showTask = (task) => async ({ page, shoot }) => {
  await open(page, await tasks[task]());
  await shoot(`task-${task}`);
  await setEpochs(page, task === 'many-labels' ? 3 : 4);
  await finishRun(page);
  await shoot(`finished-${task}`);
};

async function showRun({ page, shoot }) {
  await page.locator('.sample').first().click();
  await isReady(page);
  await press(page, 'Train');
  await page.getByText(/Step\s[2-9]\d\sof/).first().waitFor({ timeout: 600_000 });
  await shoot('running');
  await place(page, 'result').getByRole('button', { name: 'Download the model' }).waitFor({ timeout: 600_000 });
  await shoot('finished');
  await page.locator('.try-text').fill('where is my parcel, it was due on tuesday');
  await page.locator('.try-bars').waitFor({ timeout: 60_000 });
  await shoot('try');
  await press(page, 'Give Result the whole width');
  await shoot('result-wide');
  await page.locator('.cell-wrong').first().click();
  await page.getByRole('dialog').waitFor();
  await shoot('predictions', { full: false });
  await closeDialog(page);
  await press(page, 'Show all three side by side');
  await press(page, 'Show as tables');
  await shoot('finished-tables');
  await press(page, 'Download the model');
  await page.locator('.done-line').waitFor({ timeout: 300_000 });
  await shoot('download-ready');
}

/** Likely wrong labels, labels put right, and the report that is then older than its data. */
async function showFixes({ page, shoot }) {
  await page.locator('.sample').first().click();
  await isReady(page);
  await place(page, 'data').getByRole('button', { name: /^Look for likely wrong labels/ }).click();
  await place(page, 'data').locator('.suspects .progress').waitFor();
  await shoot('suspects-looking');
  await place(page, 'data').locator('.suspects').getByRole('button', { name: 'Show rows' }).click({ timeout: 120_000 });
  await page.locator('[data-suspect]').first().waitFor();
  await page.locator('[data-suspect]').first().getByRole('button', { name: /^Use/ }).click();
  await page.getByRole('dialog').getByText(/^In the file/).first().waitFor();
  await page.locator('[data-suspect]').nth(1).getByRole('button', { name: /^Change/ }).click();
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await shoot('suspects-dialog', { full: false });
  await closeDialog(page).catch(() => {});
  await closeDialog(page).catch(() => {});
  await isReady(page);
  await shoot('suspects-fixed');
  await setEpochs(page, 1);
  await finishRun(page);
  await place(page, 'data').getByRole('button', { name: 'Undo last' }).click();
  await page.locator('[data-older-report]').waitFor();
  await isReady(page);
  await shoot('report-older');
}

const showFixedTask = (task) => async ({ page, shoot }) => {
  await open(page, await tasks[task]());
  await page.getByRole('button', { name: 'Open row 2', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Change/ }).click();
  await page.locator('.fixer-editor').waitFor();
  await shoot(`fix-${task}`, { full: false });
};

async function showSplit({ page, shoot }) {
  await open(page, parted());
  await shoot('split-proposed');
  await page.locator('details[data-split] > summary').click();
  const way = page.locator('details[data-split] select').first();
  for (const kind of ['group', 'time', 'side']) {
    await way.selectOption(kind);
    await page.locator(`details[data-split=${kind}]`).waitFor();
    await isReady(page);
    await shoot(`split-${kind}`);
  }
}

/** `states` are the pictures a play makes; it is skipped where none of them is wanted. */
export const scenes = [
  { states: ['empty', 'paste-refused', 'privacy'], play: openEmpty },
  { states: ['menu', 'delete'], play: showMenu },
  { states: ['importing'], play: showImporting },
  ...Object.keys(formats).map((format) => ({ states: [`ready-${format}`], play: showFormat(format) })),
  { states: ['ready-pasted'], play: showPasted },
  { states: ['ready-sample'], play: showSample(0, 'ready-sample') },
  { states: ['ready-chinese'], play: showSample(1, 'ready-chinese') },
  ...['zero-bytes', 'header-only', 'picture', 'mixed-encoding', 'unclosed-quote', 'damaged-row'].map((fault) => ({ states: [`fault-${fault}`], play: showFault(fault) })),
  ...['rare-labels', 'close-encodings'].map((fault) => ({ states: [`fault-${fault}`], play: showReadyFault(fault) })),
  { states: ['fault-one-class'], play: showColumnFault('one-class', 'source') },
  { states: ['fault-too-many-classes'], play: showColumnFault('too-many-classes', 'title') },
  { states: ['fault-over-project'], play: showOverProject },
  { states: ['fault-ragged', 'set-aside-dialog'], play: showRagged },
  { states: ['doctor', 'doctor-rows', 'doctor-row', 'doctor-mended'], play: showDoctor },
  { states: ['data-wide', 'settings'], play: showColumns },
  { states: ['running', 'finished', 'try', 'result-wide', 'predictions', 'finished-tables', 'download-ready'], play: showRun },
  { states: ['suspects-looking', 'suspects-dialog', 'suspects-fixed', 'report-older'], play: showFixes },
  { states: ['split-proposed', 'split-group', 'split-time', 'split-side'], play: showSplit },
  ...Object.keys(tasks).map((task) => ({ states: [`fix-${task}`], play: showFixedTask(task) })),
  ...Object.keys(tasks).map((task) => ({ states: [`task-${task}`, `finished-${task}`], play: showTask(task) })),
];
