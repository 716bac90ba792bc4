/** States of a run and of its result, for every task. */
import { tasks, typed } from './files.mjs';
import { closeDialogs, dialog, finishRun, isReady, open, place, press, setEpochs } from './steps.mjs';

/** Each chart of the result as its table. */
async function showTables(page) {
  const buttons = place(page, 'result').getByRole('button', { name: 'Show as table', exact: true });
  for (let left = await buttons.count(); left > 0; left -= 1) await buttons.first().click();
}

async function tryTexts(page, texts) {
  const boxes = place(page, 'result').locator('.try-text');
  for (const [index, text] of texts.entries()) await boxes.nth(index).fill(text);
  await place(page, 'result').locator('.try-bars, .try-number, .try-answer').first().waitFor();
}

const showTask = (task) => async ({ page, shoot }) => {
  await open(page, await tasks[task]());
  await shoot(`task-${task}`);
  await setEpochs(page, 3);
  await finishRun(page);
  await tryTexts(page, typed[task]);
  await shoot(`finished-${task}`);
  await showTables(page);
  await shoot(`tables-${task}`);
  await place(page, 'result').locator('.row-open').first().click();
  await dialog(page).waitFor();
  await shoot(`rows-${task}`, { full: false });
  await closeDialogs(page);
  const matrix = page.getByRole('button', { name: 'Show the whole table' });
  if (await matrix.isVisible()) await matrix.click();
  await press(page, 'Give Result the whole width');
  await shoot(`wide-${task}`);
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
  await closeDialogs(page);
  await press(page, 'Show all three side by side');
  await press(page, 'Show as tables');
  await shoot('finished-tables');
  await press(page, 'Download the model');
  await page.locator('.done-line').waitFor({ timeout: 300_000 });
  await shoot('download-ready');
}

const ofTask = (task) => ['task', 'finished', 'tables', 'rows', 'wide'].map((state) => `${state}-${task}`);

export const resultScenes = [
  { states: ['running', 'finished', 'try', 'result-wide', 'predictions', 'finished-tables', 'download-ready'], play: showRun },
  ...Object.keys(tasks).map((task) => ({ states: ofTask(task), play: showTask(task) })),
];
