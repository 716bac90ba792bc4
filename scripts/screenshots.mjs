/**
 * Pictures of the page in every state, to be looked at:
 *   node scripts/screenshots.mjs --out DIR [--only state,...] [--sizes 1280,390] [--themes light,dark]
 *     [--languages en,zh] [--brief]
 * Writes DIR/STATE-SIZE-THEME-LANGUAGE.png. A state is reached once, with real files and real runs; size, theme and
 * language are then changed on the living page, with --brief only to the first of each and to the last of each. Also
 * listed, in DIR/problems.txt: what is wider than the page, text that is cut without a sign, words too faint for their
 * ground, and what the console said. Code 1 where a state was not reached. `--list` names the states
 * (`scripts/screenshots/scenes.mjs`).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from '@playwright/test';
import { browserArguments, findChromium } from './browser.mjs';
import { scenes } from './screenshots/scenes.mjs';
import { ensureBuilt, serveSite } from './site.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    sizes: { type: 'string', default: '1280,390' },
    themes: { type: 'string', default: 'light,dark' },
    languages: { type: 'string', default: 'en,zh' },
    list: { type: 'boolean', default: false },
    brief: { type: 'boolean', default: false },
  },
});
if (values.list || !values.out) {
  console.log(values.list ? scenes.flatMap(({ states }) => states).join('\n') : 'Where to? --out DIR');
  process.exit(values.list ? 0 : 2);
}

const split = (list) => list.split(',').filter((item) => item !== '');
const [sizes, themes, languages] = [split(values.sizes).map(Number), split(values.themes), split(values.languages)];
const only = values.only ? split(values.only) : null;
const wanted = (state) => only === null || only.includes(state);
const heights = { 390: 844 };
const problems = [];

async function setLanguage(page, language) {
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  // Through the script, because a dialog may lie over the button.
  await page.evaluate((wanted_) => {
    if (document.documentElement.lang !== wanted_) document.querySelector('.header .tool[lang]').click();
  }, lang);
  await page.waitForFunction((wanted_) => document.documentElement.lang === wanted_, lang);
}

/** What a person would see as broken, found by measure. */
function findBroken() {
  const found = [];
  const name = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.hidden, .skip') || (element.textContent ?? '').trim() === '') continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.right > width + 1 && !element.closest('.table-scroll, .progress, svg')) found.push(`beyond the edge: ${name(element)}`);
    const clips = style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && !element.closest('.progress, .virtual');
    if (clips && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${name(element)}`);
    if (element.matches('select, button') && element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${name(element)}`);
  }
  return found;
}

async function findInaccessible(page, name) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  for (const { id, nodes } of violations) problems.push(`${name}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** The first of all three, or the last. */
function isEnd(...chosen) {
  return [(list) => list[0], (list) => list.at(-1)].some((end) => [sizes, themes, languages].every((list, index) => end(list) === chosen[index]));
}

async function shoot(page, state, { full = true } = {}) {
  if (!wanted(state)) return;
  // Off everything, so that nothing shows what it shows under the pointer.
  await page.mouse.move(0, 0);
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: heights[size] ?? 800 });
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const language of languages) {
        if (values.brief && !isEnd(size, theme, language)) continue;
        await setLanguage(page, language);
        // Charts measure themselves after the size has changed.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150))));
        const name = `${state}-${size}-${theme}-${language}`;
        await page.screenshot({ path: join(values.out, `${name}.png`), fullPage: full });
        problems.push(...(await page.evaluate(findBroken)).map((problem) => `${name}: ${problem}`));
      }
      if (size === sizes[0] && !values.brief) await findInaccessible(page, `${state}-${size}-${theme}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await setLanguage(page, 'en');
}

async function play(browser, url, { states, play: perform }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  // A machine that is busy with other things is slow, not broken.
  page.setDefaultTimeout(180_000);
  page.on('dialog', (dialog) => void dialog.accept());
  page.on('pageerror', (error) => problems.push(`${states[0]}: ${error.message}`));
  try {
    await page.goto(url);
    await page.locator('.page[data-ready=true]').waitFor();
    await perform({ page, shoot: (state, options) => shoot(page, state, options) });
    return true;
  } catch (error) {
    problems.push(`${states.join(', ')}: not reached: ${error.message.split('\n')[0]}`);
    console.error(error);
    await page.screenshot({ path: join(values.out, `${states[0]}-not-reached.png`) }).catch(() => {});
    return false;
  } finally {
    await context.close();
  }
}

await ensureBuilt('page');
mkdirSync(values.out, { recursive: true });
const site = await serveSite();
const browser = await chromium.launch({ executablePath: findChromium(), args: browserArguments });
let allReached = true;
for (const scene of scenes.filter(({ states }) => states.some(wanted))) {
  console.log(scene.states.join(', '));
  allReached = (await play(browser, site.url, scene)) && allReached;
}
await browser.close();
await site.close();
const different = [...new Set(problems)];
writeFileSync(join(values.out, 'problems.txt'), different.map((problem) => `${problem}\n`).join(''));
console.log(`${different.length} problems`);
process.exit(allReached ? 0 : 1);
