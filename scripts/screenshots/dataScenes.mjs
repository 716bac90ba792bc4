/** States of the Data place: files of every kind, what is wrong with them, the doctor, and how rows are parted. */
import { faults, formats, parted, pastedText, personal, planted, plantedTest } from './files.mjs';
import { choose, closeDialogs, dialog, isReady, open, place, press } from './steps.mjs';

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

/** Damaged rows are left out, and can then be looked at. */
async function showDamaged({ page, shoot }) {
  await choose(page, faults['damaged-row']());
  await page.locator('[role=alert]').waitFor();
  await shoot('fault-damaged-row');
  await press(page, 'Leave damaged rows out');
  await isReady(page);
  await shoot('damaged-left-out');
  await press(page, 'See rows');
  await dialog(page).waitFor();
  await shoot('damaged-dialog', { full: false });
}

async function showEncodings({ page, shoot }) {
  await open(page, faults['close-encodings']());
  await shoot('fault-close-encodings');
  await press(page, 'Read as Windows-1251 (Cyrillic)');
  await isReady(page);
  await place(page, 'data').locator('details.more summary').first().click();
  await shoot('encoding-chosen');
}

async function showDoctor({ page, shoot }) {
  await open(page, planted());
  await page.locator('input[type=file][aria-label="Use another file as the test set"]').setInputFiles(plantedTest());
  await page.locator('[data-finding=leaks]').waitFor();
  await page.getByRole('button', { name: /^Show all/ }).first().click();
  await shoot('doctor');
  await page.locator('[data-finding=duplicates]').getByRole('button', { name: 'Show rows' }).click();
  await dialog(page).waitFor();
  await shoot('doctor-rows', { full: false });
  await dialog(page).getByRole('button', { name: /Open row/ }).first().click();
  await shoot('doctor-row', { full: false });
  await closeDialogs(page);
  for (const finding of ['leaks', 'duplicates', 'label-twins']) await page.locator(`[data-finding=${finding}]`).getByRole('button').first().click();
  await page.locator('[data-mended=label-twins]').waitFor();
  await isReady(page);
  await shoot('doctor-mended');
}

/** E-mail addresses and numbers are hidden in the list of them, and in the texts once they are masked. */
async function showPersonal({ page, shoot }) {
  await open(page, personal());
  const finding = page.locator('[data-finding=personal-data]');
  await finding.getByRole('button', { name: 'Show rows' }).click();
  await dialog(page).waitFor();
  await shoot('personal-rows', { full: false });
  await closeDialogs(page);
  await finding.getByRole('button', { name: 'Mask in the texts' }).click();
  await page.locator('[data-mended=personal-data]').waitFor();
  await isReady(page);
  await shoot('personal-masked');
}

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

async function showColumns({ page, shoot }) {
  await open(page, formats.csv());
  await press(page, 'Give Data the whole width');
  await shoot('data-wide');
  await press(page, 'Show all three side by side');
  await page.locator('details.settings > summary').click();
  await page.getByLabel('Learning rate').fill('4');
  await shoot('settings');
}

export const dataScenes = [
  ...Object.keys(formats).map((format) => ({ states: [`ready-${format}`], play: showFormat(format) })),
  { states: ['ready-pasted'], play: showPasted },
  { states: ['ready-sample'], play: showSample(0, 'ready-sample') },
  { states: ['ready-chinese'], play: showSample(1, 'ready-chinese') },
  ...['zero-bytes', 'header-only', 'picture', 'mixed-encoding', 'unclosed-quote'].map((fault) => ({ states: [`fault-${fault}`], play: showFault(fault) })),
  { states: ['fault-rare-labels'], play: showReadyFault('rare-labels') },
  { states: ['fault-close-encodings', 'encoding-chosen'], play: showEncodings },
  { states: ['fault-damaged-row', 'damaged-left-out', 'damaged-dialog'], play: showDamaged },
  { states: ['fault-one-class'], play: showColumnFault('one-class', 'source') },
  { states: ['fault-too-many-classes'], play: showColumnFault('too-many-classes', 'title') },
  { states: ['fault-over-project'], play: showOverProject },
  { states: ['fault-ragged', 'set-aside-dialog'], play: showRagged },
  { states: ['doctor', 'doctor-rows', 'doctor-row', 'doctor-mended'], play: showDoctor },
  { states: ['personal-rows', 'personal-masked'], play: showPersonal },
  { states: ['split-proposed', 'split-group', 'split-time', 'split-side'], play: showSplit },
  { states: ['data-wide', 'settings'], play: showColumns },
];
