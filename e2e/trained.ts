/** A run on the page that is quick because what it learns does not matter, or because little is to be learnt. */
import { expect, type Locator, type Page } from '@playwright/test';
import { chooseFile, openPage, trainButton, type MadeFile } from './madeFiles';

export const resultPlace = (page: Page): Locator => page.locator('[data-place=result]');

async function setNumber(page: Page, name: string, value: string): Promise<void> {
  await page.getByLabel(name, { exact: true }).fill(value);
  await page.getByLabel(name, { exact: true }).blur();
}

export interface Quick {
  epochs?: number;
  /** Higher than usual, where a small model that has learnt nothing is to learn something in seconds. */
  learningRate?: number;
}

/** Trains on the table that is open. @returns the place of the result, with its headline */
export async function train(page: Page, { epochs = 1, learningRate }: Quick = {}): Promise<Locator> {
  await expect(trainButton(page)).toBeEnabled({ timeout: 120_000 });
  const settings = page.locator('details.settings');
  if ((await settings.getAttribute('open')) === null) await settings.locator('summary').click();
  await setNumber(page, 'Epochs', String(epochs));
  if (learningRate !== undefined) await setNumber(page, 'Learning rate', String(learningRate));
  await expect(trainButton(page)).toBeEnabled();
  await trainButton(page).click();
  const place = resultPlace(page);
  await expect(place.locator('.headline-main')).toBeVisible({ timeout: 280_000 });
  return place;
}

export async function trained(page: Page, file: MadeFile, quick: Quick = {}): Promise<Locator> {
  await openPage(page);
  await chooseFile(page, file);
  return train(page, quick);
}
