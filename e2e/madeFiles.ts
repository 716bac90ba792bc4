/** Files made in memory, ways to open them, and a watch for anything that runs or is stopped by the page's policy. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface MadeFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function csvFile(name: string, content: string | Buffer): MadeFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf8') };
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

export function csvText(rows: readonly (readonly string[])[], lineEnd = '\n'): string {
  return rows.map((row) => row.map(quoted).join(',') + lineEnd).join('');
}

/** `count` rows of different texts with one label. */
export function labelled(label: string, count: number, ...more: string[]): string[][] {
  return Array.from({ length: count }, (_, index) => [`message number ${index + 1} about ${label}`, label, ...more]);
}

/** For `test.use`: the page with its base models as they are. Elsewhere they are small ones (fixtures/smallModels.ts). */
export const bundledModels = { baseURL: process.env.ANNEAL_URL };

/** The page, ready for a file. */
export async function openPage(page: Page, language: 'en' | 'zh' = 'en'): Promise<void> {
  await page.goto('/');
  await expect(page.locator('.page')).toHaveAttribute('data-ready', 'true');
  if (language === 'zh') await page.getByRole('button', { name: '中文', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-CN' : 'en');
}

/** Through the button of that name; its file input is hidden and bears the same name. */
export async function chooseFile(page: Page, file: MadeFile, button = 'Choose a file'): Promise<void> {
  await page.locator(`input[type=file][aria-label="${button}"]`).first().setInputFiles(file);
}

export const card = (page: Page, code: string): Locator => page.locator(`[role=alert][data-code="${code}"]`);
export const trainButton = (page: Page): Locator => page.getByRole('button', { name: 'Train', exact: true });
export const dataPlace = (page: Page): Locator => page.locator('[data-place=data]');

/** The cells of the preview that are drawn, without the row numbers. */
export async function previewCells(page: Page): Promise<string[][]> {
  const rows = page.getByRole('table', { name: 'All rows' }).locator('.virtual-window > [role=row]');
  return rows.evaluateAll((elements) =>
    elements.map((row) => [...row.querySelectorAll('[role=cell]')].slice(1).map((cell) => cell.textContent ?? '')),
  );
}

export async function expectPreview(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  await expect.poll(() => previewCells(page)).toEqual(rows);
}

/** Used + set aside = rows in the file, by the page's own sentence. */
export async function expectSum(page: Page, file: number, used: number, setAside: number): Promise<void> {
  expect(used + setAside).toBe(file);
  const rows = `${file} ${file === 1 ? 'row' : 'rows'}`;
  await expect(dataPlace(page)).toContainText(`${rows} in the file = ${used} used + ${setAside} set aside`);
}

export interface Watch {
  /** What tried to run: dialogs, errors, and the policy's reports from the page and its workers. */
  trouble: string[];
  /** True once anything set the flag that all hostile texts try to set. */
  ran: () => Promise<boolean>;
}

/** Before the page is opened. */
export async function watchPage(page: Page): Promise<Watch> {
  const trouble: string[] = [];
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  // The browser reports a stopped request or script on the console too, also where it began in a worker.
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) trouble.push(`console: ${message.text()}`);
  });
  await page.exposeFunction('reportViolation', (what: string) => trouble.push(`violation: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportViolation');
      if (typeof report === 'function') report(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { trouble, ran: () => page.evaluate(() => 'hostileTextRan' in window) };
}
