/** States in which labels are put right: likely wrong ones, one editor for each kind of label, the older report. */
import { clean, formats, tasks } from './files.mjs';
import { closeDialogs, dialog, finishRun, firstRow, isReady, open, place, setEpochs } from './steps.mjs';

/** Likely wrong labels, labels put right, and the report that is then older than its data. */
async function showSuspects({ page, shoot }) {
  await page.locator('.sample').first().click();
  await isReady(page);
  const suspects = place(page, 'data').locator('.suspects');
  await suspects.getByRole('button', { name: /^Look for likely wrong labels/ }).click();
  await suspects.locator('.progress').waitFor();
  await shoot('suspects-looking');
  await suspects.getByRole('button', { name: 'Show rows' }).waitFor();
  await shoot('suspects-found');
  await suspects.getByRole('button', { name: 'Show rows' }).click();
  const rows = page.locator('[data-suspect]');
  await rows.first().getByRole('button', { name: /^Use/ }).click();
  await dialog(page).getByText(/^In the file/).first().waitFor();
  await rows.nth(1).getByRole('button', { name: /^Change/ }).click();
  await dialog(page).getByRole('combobox').waitFor();
  await shoot('suspects-dialog', { full: false });
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await closeDialogs(page);
  await isReady(page);
  await shoot('suspects-fixed');
  await setEpochs(page, 1);
  await finishRun(page);
  await place(page, 'data').getByRole('button', { name: 'Undo last' }).click();
  await page.locator('[data-older-report]').waitFor();
  await isReady(page);
  await shoot('report-older');
}

async function showNoSuspects({ page, shoot }) {
  await open(page, clean());
  const suspects = place(page, 'data').locator('.suspects');
  await suspects.getByRole('button', { name: /^Look for likely wrong labels/ }).click();
  await suspects.getByRole('button', { name: 'Look again' }).waitFor();
  await shoot('suspects-none');
}

/** The editor of a kind of label, open in the row's dialog, and the label as it stands once it is changed. */
const showEditor = (name, file, change) => async ({ page, shoot }) => {
  await open(page, await file());
  await firstRow(page).click();
  await dialog(page).getByRole('button', { name: /^Change/ }).click();
  const editor = page.locator('.fixer-editor');
  await editor.waitFor();
  await shoot(`fix-${name}`, { full: false });
  await change(editor);
  await dialog(page).getByText(/^In the file/).first().waitFor();
  await shoot(`fixed-${name}`, { full: false });
};

const done = (editor) => editor.getByRole('button', { name: 'Done' }).click();
const editors = {
  class: [tasks['many-labels'], (editor) => editor.getByRole('combobox').selectOption({ index: 1 })],
  'multi-label': [
    tasks['multi-label'],
    async (editor) => {
      await editor.getByRole('checkbox').first().check();
      await done(editor);
    },
  ],
  'zero-one': [
    tasks['zero-one'],
    async (editor) => {
      await editor.getByRole('checkbox').first().check();
      await done(editor);
    },
  ],
  number: [
    tasks.number,
    async (editor) => {
      await editor.getByRole('textbox').fill('1.5');
      await editor.getByRole('textbox').press('Enter');
    },
  ],
  'pair-classified': [tasks['pair-classified'], (editor) => editor.getByRole('combobox').selectOption({ index: 0 })],
  tokens: [
    tasks.tokens,
    async (editor) => {
      await editor.getByRole('combobox').nth(2).selectOption({ index: 0 });
      await done(editor);
    },
  ],
  spans: [
    formats.spans,
    async (editor) => {
      await editor.getByRole('combobox').nth(2).selectOption({ index: 0 });
      await done(editor);
    },
  ],
};

/** What is not taken is said beside the field. */
async function showWrongNumber({ page, shoot }) {
  await open(page, await tasks.number());
  await firstRow(page).click();
  await dialog(page).getByRole('button', { name: /^Change/ }).click();
  await dialog(page).getByRole('textbox').fill('much');
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('alert').waitFor();
  await shoot('fix-number-wrong', { full: false });
}

export const labelScenes = [
  { states: ['suspects-looking', 'suspects-found', 'suspects-dialog', 'suspects-fixed', 'report-older'], play: showSuspects },
  { states: ['suspects-none'], play: showNoSuspects },
  ...Object.entries(editors).map(([name, [file, change]]) => ({ states: [`fix-${name}`, `fixed-${name}`], play: showEditor(name, file, change) })),
  { states: ['fix-number-wrong'], play: showWrongNumber },
];
