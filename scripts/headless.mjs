/**
 * The same built page and workers in headless Chromium, for scripts:
 *   npm run --silent headless -- --data FILE [--test FILE] [--task TASK] [--text COLUMN] [--text-pair COLUMN]
 *     [--label COLUMN ...] [--recipe FILE]
 *     [--set key=value ...] [--model ID|FOLDER] [--backend webgpu|wasm|tfjs-webgpu|tfjs-wasm|cpu] [--max-steps N]
 *     [--record] [--label-errors] --out DIR
 * --model: a base model in the box (the same as --set baseModel=ID), or a Hugging Face folder in its place.
 * Writes DIR/report.json, events.jsonl, export/ (and with --record run/, for parity/train_reference.py).
 * With --label-errors nothing is trained: likely wrong labels are ranked into DIR/label-errors.json.
 * Progress goes to stderr. Bad input: exit code 2 and the typed error as one JSON line on stderr.
 */
import { existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserArguments, findChromium, softwareGpuArguments } from './browser.mjs';
import { ensureBuilt, serveSite } from './site.mjs';

const PIECE_BYTES = 6_000_000;

/** `cpu` is the plain one, where there is not even WASM. */
const BACKENDS = { webgpu: 'webgpu', wasm: 'wasm', cpu: 'tfjs-cpu', 'tfjs-webgpu': 'tfjs-webgpu', 'tfjs-wasm': 'tfjs-wasm', 'tfjs-cpu': 'tfjs-cpu' };

class BadInput extends Error {
  constructor(data) {
    super(data.code);
    this.data = data;
  }
}

const badOption = (field, value, rule) => new BadInput({ code: 'recipe.invalid', facts: { field, value: String(value), rule } });

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        data: { type: 'string' },
        test: { type: 'string' },
        text: { type: 'string' },
        'text-pair': { type: 'string' },
        label: { type: 'string', multiple: true, default: [] },
        task: { type: 'string' },
        recipe: { type: 'string' },
        set: { type: 'string', multiple: true, default: [] },
        model: { type: 'string' },
        backend: { type: 'string' },
        'max-steps': { type: 'string' },
        record: { type: 'boolean', default: false },
        'label-errors': { type: 'boolean', default: false },
        out: { type: 'string' },
      },
    }));
  } catch (error) {
    throw badOption('command line', error.message, 'see the head of scripts/headless.mjs');
  }
  for (const name of ['data', 'out']) if (!values[name]) throw badOption(`--${name}`, '', 'required');
  for (const name of ['data', 'test', 'recipe']) {
    if (values[name] && !existsSync(values[name])) throw new BadInput({ code: 'data.unreadable-file', facts: { file: values[name], reason: 'no such file' } });
  }
  if (values.backend && !Object.hasOwn(BACKENDS, values.backend)) throw badOption('--backend', values.backend, Object.keys(BACKENDS).join(', '));
  const maxSteps = values['max-steps'] === undefined ? null : Number(values['max-steps']);
  if (maxSteps !== null && !(Number.isInteger(maxSteps) && maxSteps > 0)) throw badOption('--max-steps', values['max-steps'], 'a whole number above 0');
  const set = values.set.map((entry) => {
    const [key, ...rest] = entry.split('=');
    if (!key || rest.length === 0) throw badOption('--set', entry, 'key=value');
    return [key, rest.join('=')];
  });
  return { values, maxSteps, set };
}

function readRecipe(path) {
  if (!path) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw badOption('--recipe', path, error.message);
  }
}

async function save(page, folder, { name, bytes }) {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  for (let from = 0; from < bytes; from += PIECE_BYTES) {
    const piece = await page.evaluate(([key, start, count]) => window.annealHeadless.read(key, start, count), [name, from, PIECE_BYTES]);
    writeSync(file, Buffer.from(piece, 'base64'));
  }
  closeSync(file);
}

async function drive(page, { values, maxSteps, set }) {
  await page.setInputFiles('#data', resolve(values.data));
  if (values.test) await page.setInputFiles('#test', resolve(values.test));
  const folder = values.model && existsSync(values.model);
  if (folder) await page.setInputFiles('#model', readdirSync(values.model).map((name) => resolve(values.model, name)));
  const options = {
    textColumn: values.text ?? null,
    labelColumn: values.label.length === 1 ? values.label[0] : null,
    textPairColumn: values['text-pair'] ?? null,
    // Several: multi-label with a column of 0 and 1 for each.
    labelColumns: values.label.length > 1 ? values.label : [],
    task: values.task ?? null,
    recipe: readRecipe(values.recipe),
    set,
    // A folder's name goes into the recipe, so that no other model is taken for it.
    baseModel: folder ? basename(resolve(values.model)) : (values.model ?? null),
    backend: values.backend ? BACKENDS[values.backend] : null,
    maxSteps,
    record: values.record,
    labelErrors: values['label-errors'],
  };
  const answer = await page.evaluate((given) => window.annealHeadless.run(given), options);
  if (!answer.ok) throw new BadInput(answer.error);
  mkdirSync(values.out, { recursive: true });
  for (const output of answer.value) await save(page, values.out, output);
}

async function main() {
  const options = readOptions();
  const executablePath = findChromium();
  await ensureBuilt('page');
  const site = await serveSite();
  const profile = mkdtempSync(join(tmpdir(), 'anneal-'));
  const gpu = options.values.backend?.includes('webgpu') ?? false;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...browserArguments, ...(gpu ? softwareGpuArguments : [])],
    ...(gpu ? { ignoreDefaultArgs: ['--disable-gpu'] } : {}),
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    page.on('console', (message) => message.type() === 'info' && console.error(message.text()));
    await page.goto(`${site.url}#headless`);
    await page.waitForFunction(() => 'annealHeadless' in window);
    await drive(page, options);
  } finally {
    await context.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const data = error instanceof BadInput ? error.data : { code: 'unexpected', facts: { detail: error.message.split('\n')[0] } };
  console.error(JSON.stringify(data));
  process.exit(2);
}
