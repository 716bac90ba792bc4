/** The states of the page, as short plays: a fresh profile each, English, and `shoot` wherever there is something to see. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataScenes } from './dataScenes.mjs';
import { largeLines } from './files.mjs';
import { labelScenes } from './labelScenes.mjs';
import { resultScenes } from './resultScenes.mjs';
import { choose, isReady, press } from './steps.mjs';

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

/** `states` are the pictures a play makes; it is skipped where none of them is wanted. */
export const scenes = [
  { states: ['empty', 'paste-refused', 'privacy'], play: openEmpty },
  { states: ['menu', 'delete'], play: showMenu },
  { states: ['importing'], play: showImporting },
  ...dataScenes,
  ...labelScenes,
  ...resultScenes,
];
