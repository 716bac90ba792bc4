/**
 * How a large CSV file is read on the page: time to the first rows, time until a cancel has taken effect, and the memory
 * of the whole browser while it reads. Files are made in a temporary folder:
 *   node scripts/measure-import.mjs [--rows 1000000] [--bytes 400] [--port 0]
 * The goal for memory: the large file's peak is at most 1.2 times that of a tenth of its rows, plus the bytes stored.
 */
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserArguments, findChromium } from './browser.mjs';
import { ensureBuilt, serveSite } from './site.mjs';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, bytes: { type: 'string', default: '400' }, port: { type: 'string', default: '0' } } });
const rows = Number(values.rows);
const rowBytes = Number(values.bytes);
const sampleMilliseconds = 100;
const patience = 1_800_000;
const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

const words = 'the order came late and nobody answered my message about a refund for the broken lamp in the blue box'.split(' ');

/** Every text is another one; five labels. */
async function makeFile(path, count) {
  const file = createWriteStream(path);
  file.write('text,label\n');
  let state = 12345;
  for (let row = 0; row < count; row += 1) {
    let text = `row ${row}`;
    while (text.length < rowBytes - 10) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      text += ` ${words[state % words.length]}`;
    }
    if (!file.write(`${text},label ${row % 5}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** Proportional set size of a process and all below it, in bytes: shared pages count once. Linux only. */
function memoryOf(root) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // Gone since the folder was read.
    }
  }
  let bytes = 0;
  const below = [root];
  for (let id = below.pop(); id !== undefined; id = below.pop()) {
    below.push(...(children.get(id) ?? []));
    try {
      bytes += 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // As above.
    }
  }
  return bytes;
}

/** The highest memory between `start` and `stop`. */
function watchMemory(root) {
  let peak = 0;
  const look = () => (peak = Math.max(peak, memoryOf(root)));
  const timer = setInterval(look, sampleMilliseconds);
  return {
    lap() {
      look();
      const highest = peak;
      peak = 0;
      return highest;
    },
    stop: () => clearInterval(timer),
  };
}

async function openBrowser(folder, url) {
  // A folder of its own: in a private window the browser keeps files in memory.
  const context = await chromium.launchPersistentContext(folder, { executablePath: findChromium(), args: [...browserArguments, '--remote-debugging-port=0'], viewport: { width: 1280, height: 800 } });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  await page.locator('.page[data-ready=true]').waitFor({ timeout: patience });
  const port = readFileSync(join(folder, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  const root = browserProcess(folder);
  return { context, page, root, port };
}

/** The browser's first process: the one whose command line names the folder and that has no type. */
function browserProcess(folder) {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (command.includes(`--user-data-dir=${folder}`) && !command.includes('--type=')) return Number(name);
    } catch {
      // Gone since the folder was read.
    }
  }
  throw new Error('The browser process was not found.');
}

const summary = (page, count) => page.locator('[data-place=data]').getByText(`${count.toLocaleString('en')} rows, 5 labels`).first();

/** Marks on the page's own clock when something first shows, so that asking costs no time. */
async function markWhenSeen(page, name, selector) {
  await page.evaluate(
    ([mark, wanted]) => {
      const look = () => {
        if (window[mark] === undefined && document.querySelector(wanted) !== null) window[mark] = performance.now();
      };
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
    },
    [name, selector],
  );
}

async function measure(url, path, count, withCancel) {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-profile-'));
  const { context, page, root } = await openBrowser(folder, url);
  const memory = watchMemory(root);
  const idle = memory.lap();
  await markWhenSeen(page, 'firstRowsSeen', '.virtual-window [role=cell]:nth-child(2)');
  const input = page.locator('input[type=file][aria-label="Choose a file"]').first();
  await input.evaluate((element) => element.addEventListener('change', () => (window.chosen = performance.now()), { capture: true, once: true }));
  await input.setInputFiles(path);
  await page.waitForFunction(() => window.firstRowsSeen !== undefined, null, { timeout: patience });
  const firstRows = await page.evaluate(() => window.firstRowsSeen - window.chosen);
  const found = { rows: count, idle, firstRows };
  await page.getByRole('button', { name: 'Stop reading' }).waitFor({ state: 'detached', timeout: patience });
  found.read = await page.evaluate(() => performance.now() - window.chosen);
  found.reading = memory.lap();
  await summary(page, count).waitFor({ timeout: patience });
  found.prepared = await page.evaluate(() => performance.now() - window.chosen);
  found.preparing = memory.lap();
  if (withCancel) {
    console.log(`${count.toLocaleString('en')} rows: at most ${megabytes(found.reading)} while reading, ${megabytes(found.preparing)} while preparing; now it is read again and called off`);
    await page.locator('input[type=file][aria-label="Open another file"]').first().setInputFiles(path);
    const stop = page.getByRole('button', { name: 'Stop reading' });
    await stop.waitFor({ timeout: patience });
    await page.waitForFunction(() => /[1-9][\d,]* rows? read/.test(document.body.innerText), null, { timeout: patience });
    found.cancel = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Stop reading');
          const begin = performance.now();
          new MutationObserver((_, observer) => {
            if (document.body.innerText.includes('Stop reading')) return;
            observer.disconnect();
            resolve(performance.now() - begin);
          }).observe(document.body, { subtree: true, childList: true });
          button?.click();
        }),
    );
    found.kept = await summary(page, count).isVisible();
  }
  memory.stop();
  await context.close();
  rmSync(folder, { recursive: true, force: true });
  return found;
}

await ensureBuilt('page');
const site = await serveSite({ port: Number(values.port) });
const files = mkdtempSync(join(tmpdir(), 'anneal-import-'));
const results = [];
try {
  for (const count of [Math.round(rows / 10), rows]) {
    const path = join(files, `${count}.csv`);
    await makeFile(path, count);
    const found = { ...(await measure(site.url, path, count, count === rows)), bytes: statSync(path).size };
    results.push(found);
    const cancelled = found.cancel === undefined ? '' : `; cancelled after ${seconds(found.cancel)}, the project before ${found.kept ? 'is there' : 'IS NOT THERE'}`;
    console.log(
      `${count.toLocaleString('en')} rows, ${megabytes(found.bytes)}: first rows after ${seconds(found.firstRows)}, read after ${seconds(found.read)}, ready after ${seconds(found.prepared)}${cancelled}; ` +
        `memory ${megabytes(found.idle)} idle, at most ${megabytes(found.reading)} while reading, ${megabytes(found.preparing)} while preparing`,
    );
  }
  const [small, large] = results;
  for (const phase of ['reading', 'preparing']) {
    const allowed = 1.2 * small[phase] + large.bytes;
    console.log(`${phase}: ${megabytes(large[phase])} of ${megabytes(allowed)} allowed (1.2 times the smaller file's, plus the bytes stored)`);
  }
} finally {
  rmSync(files, { recursive: true, force: true });
  await site.close();
}
process.exit(0);
