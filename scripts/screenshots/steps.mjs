/** What a person does on the page, for the plays that lead to its states. */

export const choose = (page, file, button = 'Choose a file') => page.locator(`input[type=file][aria-label="${button}"]`).first().setInputFiles(file);
export const press = (page, name) => page.getByRole('button', { name, exact: true }).first().click();
export const place = (page, name) => page.locator(`[data-place=${name}]`);
export const dialog = (page) => page.getByRole('dialog').last();

/** All that are open, the last first. */
export async function closeDialogs(page) {
  for (let open = await page.getByRole('dialog').count(); open > 0; open -= 1) {
    await page.keyboard.press('Escape');
    await page.waitForFunction((left) => document.querySelectorAll('[role=dialog]').length < left, open);
  }
}

/** Until a run can be started; the estimate of its time is waited for, but not for ever. */
export async function isReady(page) {
  await place(page, 'data').getByText(/to learn from/).first().waitFor();
  await page.locator('.button-big:enabled').first().waitFor();
  await place(page, 'training').getByText(/about\s\d/).first().waitFor({ timeout: 60_000 }).catch(() => {});
}

export async function open(page, file) {
  await choose(page, file);
  await isReady(page);
}

/** Through the field, as a person would. */
export async function setEpochs(page, epochs) {
  await page.locator('details.settings > summary').click();
  await page.getByLabel('Epochs').fill(String(epochs));
  await page.getByLabel('Epochs').blur();
  await page.locator('details.settings > summary').click();
}

export async function finishRun(page) {
  await press(page, 'Train');
  await place(page, 'result').getByRole('button', { name: 'Download the model' }).waitFor({ timeout: 600_000 });
}

export const firstRow = (page) => place(page, 'data').getByRole('button', { name: /^Open row/ }).first();
