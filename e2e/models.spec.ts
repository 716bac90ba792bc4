/** The base model that fits the texts: proposed, said why, changed by hand and by one press, and kept for offline use. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { bundledModels, chooseFile, csvFile, csvText, dataPlace, labelled, openPage } from './madeFiles';

const topics = { 物流: '我的快递到哪里了，请帮我查一下', 退款: '退款什么时候能到账，我的 App 里看不到' };
const chinese = csvText([['文本', '标签'], ...Object.entries(topics).flatMap(([label, text]) => Array.from({ length: 30 }, (_, index) => [`${text}，第 ${index + 1} 次问`, label]))]);
const english = csvText([['text', 'label'], ...labelled('delivery', 30), ...labelled('payment', 30)]);

const training = (page: Page) => page.locator('[data-place=training]');

/** Opens the page and a file; answers with the names of the model folders that were asked for so far. */
async function open(page: Page, content: string, language: 'en' | 'zh'): Promise<() => string[]> {
  const folders = new Set<string>();
  page.context().on('request', (request) => {
    const [, folder] = /\/models\/([^/]+)\//.exec(request.url()) ?? [];
    if (folder) folders.add(folder);
  });
  await openPage(page, language);
  await chooseFile(page, csvFile('messages.csv', content), language === 'zh' ? '选择文件' : 'Choose a file');
  return () => [...folders];
}

test('Chinese texts propose the Chinese model and say why; another choice is warned of and undone by one press', async ({ page }) => {
  await open(page, chinese, 'en');
  await expect(training(page)).toContainText('starting from bge-small-zh-v1.5');
  await expect(training(page)).toContainText(/bge-small-zh-v1\.5 was chosen because it knows these texts: .*unknown to it, [5-9]\d\s% to all-MiniLM-L6-v2/);

  await training(page).getByText('More settings').click();
  await training(page).getByRole('combobox', { name: 'Base model' }).selectOption('all-MiniLM-L6-v2');
  await expect(training(page)).toContainText('starting from all-MiniLM-L6-v2');
  const finding = dataPlace(page).locator('[data-finding="unknown-tokens"]');
  await expect(finding).toContainText(/% of the tokens are unknown to all-MiniLM-L6-v2, but only .* to bge-small-zh-v1\.5/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await finding.getByRole('button', { name: 'Start from bge-small-zh-v1.5' }).click();
  await expect(training(page)).toContainText('starting from bge-small-zh-v1.5');
  await expect(finding).toHaveCount(0);

  await training(page).getByRole('combobox', { name: 'Base model' }).selectOption('all-MiniLM-L6-v2');
  await training(page).getByRole('button', { name: 'Start from bge-small-zh-v1.5' }).click();
  await expect(training(page)).toContainText('was chosen because it knows these texts');
});

test.describe('with the models as they are', () => {
  test.use(bundledModels);

  test('the sentence is said in Chinese too, and what was used is kept for offline visits', async ({ page }) => {
    await open(page, chinese, 'zh');
    await expect(training(page)).toContainText(/选用 bge-small-zh-v1\.5，因为它认得这些文本：.*而 all-MiniLM-L6-v2 有 [5-9]\d% 不认识/);
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const caches = await Promise.all((await globalThis.caches.keys()).map((name) => globalThis.caches.open(name)));
            const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
            return requests.filter(({ url }) => url.includes('/models/bge-small-zh-v1.5/')).length;
          }),
        // Once the model is loaded.
        { timeout: 120_000 },
      )
      .toBe(7);
  });
});

test('English texts keep the first model, and nothing of the other is fetched', async ({ page }) => {
  const folders = await open(page, english, 'en');
  await expect(training(page)).toContainText('starting from all-MiniLM-L6-v2');
  await expect(training(page)).toContainText(/about\s\d+\s(s|min)/, { timeout: 120_000 });
  await expect(training(page)).not.toContainText('was chosen because');
  expect(folders()).toEqual(['all-MiniLM-L6-v2']);
});
