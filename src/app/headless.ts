/**
 * The product without its screens, for scripts: the same workers, driven by `scripts/headless.mjs` through
 * `window.annealHeadless`. Results go back in pieces, so that no message holds a whole model.
 */
import { AnnealError, parseRecipe, readingChoice, toErrorData, type BackendId, type Dataset, type DialectChoice, type ErrorData, type Example, type LabelSuspects, type Recipe, type RunEvent, type TaskId } from '../domain';
import { writeSafetensors } from '../models';
import { receiveDataset, type ProjectSnapshot } from '../workers';
import { plainTarget, reportJson, testRows } from './headlessReport';
import { projectWorker, trainingWorker } from './workers';

export interface HeadlessOptions {
  textColumn: string | null;
  labelColumn: string | null;
  /** Second text of a pair. */
  textPairColumn: string | null;
  /** 0/1 columns, one a label; empty for one label column. */
  labelColumns: string[];
  /** Null: as guessed from the columns. */
  task: TaskId | null;
  /** A recipe's parts, laid over the defaults. */
  recipe: Record<string, unknown> | null;
  /** `training.learningRate` or just `learningRate`, with values as JSON or plain text. */
  set: [string, string][];
  /** A model in the box, or what the folder given in its place is called. Null: as the recipe says. */
  baseModel: string | null;
  backend: BackendId | null;
  maxSteps: number | null;
  /** Look for likely wrong labels instead of training. */
  labelErrors: boolean;
  /** Also give what another program needs to make the same run. */
  record: boolean;
}

interface Output {
  name: string;
  bytes: number;
}

type Answer<Value> = { ok: true; value: Value } | { ok: false; error: ErrorData };

const outputs = new Map<string, Blob>();
const events: RunEvent[] = [];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function overlay(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    // What varies by `kind` or `action` is replaced as a whole: parts of two kinds do not mix.
    result[key] = isObject(before) && isObject(value) && !('kind' in value && 'kind' in before) ? overlay(before, value) : value;
  }
  return result;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const SECTIONS = ['training', 'split', 'data'] as const;
/** Parts that a recipe may lack. */
const OPTIONAL: Record<string, (typeof SECTIONS)[number]> = { evalSteps: 'training', textPairColumn: 'data', labelColumns: 'data' };

/** @throws AnnealError `recipe.invalid` for a name that no part of a recipe has */
function setByPath(recipe: Recipe, path: string, text: string): Record<string, unknown> {
  const keys = path.split('.');
  if (keys.length === 1) {
    const section = SECTIONS.find((name) => Object.hasOwn(recipe[name], path) || OPTIONAL[path] === name);
    if (section) keys.unshift(section);
    else if (!Object.hasOwn(recipe, path)) throw new AnnealError('recipe.invalid', { field: path, value: text, rule: 'unknown' });
  }
  return keys.reduceRight<unknown>((value, key) => ({ [key]: value }), parseValue(text)) as Record<string, unknown>;
}

function makeRecipe(snapshot: ProjectSnapshot, { textColumn, labelColumn, textPairColumn, labelColumns, task, recipe: given, set, baseModel, maxSteps }: HeadlessOptions): Recipe {
  const { table, defaultRecipe } = snapshot;
  if (!table || !defaultRecipe) throw new AnnealError('storage.damaged', { file: 'data' });
  const text = textColumn ?? defaultRecipe.data.textColumn;
  const label = labelColumn ?? defaultRecipe.data.labelColumn;
  const chosen = { ...(textPairColumn !== null && { textPairColumn }), ...(labelColumns.length > 0 && { labelColumns }) };
  for (const column of [text, ...(textPairColumn === null ? [] : [textPairColumn]), ...(labelColumns.length > 0 ? labelColumns : [label])]) {
    if (!table.columns.includes(column)) throw new AnnealError('data.missing-column', { file: table.fileName, column, columns: table.columns });
  }
  let recipe: Record<string, unknown> = overlay(defaultRecipe, { ...(task !== null && { task }), data: { textColumn: text, labelColumn: label, ...chosen } });
  if (given) recipe = overlay(recipe, given);
  for (const [path, value] of set) recipe = overlay(recipe, setByPath(defaultRecipe, path, value));
  if (baseModel !== null) recipe = { ...recipe, baseModel };
  if (maxSteps !== null) recipe = overlay(recipe, { training: { maxSteps } });
  return parseRecipe(recipe);
}

async function datasetOf(recipe: Recipe): Promise<Dataset> {
  const channel = new MessageChannel();
  const received = receiveDataset(channel.port2);
  await projectWorker.request('sendDataset', { recipe, port: channel.port1, most: null }, { transfer: [channel.port1] });
  return received;
}

async function train(recipe: Recipe, record: boolean) {
  const channel = new MessageChannel();
  const [answer] = await Promise.all([
    trainingWorker.request(
      'train',
      { recipe, port: channel.port2, continueFromBest: false, record },
      {
        transfer: [channel.port2],
        onEvent: (event) => {
          events.push(event);
          if (event.kind === 'stepped') console.info(`step ${event.step} loss ${event.loss.toFixed(4)} ${Math.round(event.tokens / event.seconds)} tokens/s`);
          if (event.kind === 'evaluated') console.info(`validation at step ${event.step}: loss ${event.loss.toFixed(4)} ${figures(event.scores ?? {})}`);
        },
      },
    ),
    projectWorker.request('sendDataset', { recipe, port: channel.port1, most: null }, { transfer: [channel.port1] }),
  ]);
  return answer;
}

const figures = (scores: Record<string, number | null>) => Object.entries(scores).map(([name, value]) => `${name} ${value === null ? '-' : value.toFixed(4)}`).join(' ');

function output(name: string, content: Blob | string): void {
  outputs.set(name, typeof content === 'string' ? new Blob([content]) : content);
}

const lines = (items: readonly unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

function writeReport(recipe: Recipe): void {
  const started = events.find((event) => event.kind === 'started');
  const finished = events.findLast((event) => event.kind === 'finished');
  if (started?.kind !== 'started' || finished?.kind !== 'finished') return;
  output('report.json', `${JSON.stringify(reportJson(started, finished), null, 1)}\n`);
  output('test-rows.jsonl', lines(testRows(finished.report)));
  output('recipe.json', `${JSON.stringify(recipe, null, 2)}\n`);
}

const plain = ({ text, textPair, target }: Example) => ({
  text,
  ...(textPair !== undefined && { textPair }),
  ...(target.kind === 'tokens' && { words: target.words }),
  label: plainTarget(target),
});

async function writeRecording(recipe: Recipe, recording: Awaited<ReturnType<typeof train>>['recording']): Promise<void> {
  if (!recording) return;
  const { labels, scaler, train: rows, validation, test } = await datasetOf(recipe);
  const evaluated = new Set(events.flatMap((event) => (event.kind === 'evaluated' ? [event.step] : [])));
  const totalSteps = events.find((event) => event.kind === 'started')?.totalSteps;
  output('run/recipe.json', JSON.stringify(recipe));
  output('run/labels.json', JSON.stringify(labels));
  output('run/plan.json', JSON.stringify({ totalSteps, scaler }));
  output('run/batches.jsonl', lines(
    recording.batches.map(({ epoch, rows: indices, length }, index) => ({
      epoch,
      length,
      evaluated: evaluated.has(index + 1),
      maxLength: recipe.training.maxLength,
      rows: indices.flatMap((row) => rows[row] ?? []).map(plain),
    })),
  ));
  output('run/validation.jsonl', lines(validation.map(plain)));
  output('run/test.jsonl', lines(test.map(plain)));
  const head = new Map(recording.head.map(({ name, shape, data }) => [name, { shape, data }]));
  output('run/head.safetensors', new Blob([new Uint8Array(writeSafetensors(head, { format: 'pt' }))]));
}

/** A rerun reads the file as its recipe says. */
function readingOf({ recipe, set }: HeadlessOptions): DialectChoice {
  const given = set.filter(([path]) => path.startsWith('data.')).map(([path, text]) => [path.slice(5), parseValue(text)]);
  const inRecipe = recipe?.data;
  return readingChoice({ ...(isObject(inRecipe) ? inRecipe : {}), ...Object.fromEntries(given) });
}

async function findLabelErrors(recipe: Recipe): Promise<LabelSuspects> {
  const channel = new MessageChannel();
  const [found] = await Promise.all([
    trainingWorker.request('findLabelErrors', { recipe, port: channel.port2 }, { transfer: [channel.port2] }),
    projectWorker.request('sendDataset', { recipe, port: channel.port1, most: null }, { transfer: [channel.port1] }),
  ]);
  console.info(`${found.found} of ${found.looked} rows look as if another label were right`);
  return found;
}

const written = (): Output[] => [...outputs].map(([name, blob]) => ({ name, bytes: blob.size }));

async function run(options: HeadlessOptions): Promise<Output[]> {
  const files = (id: string) => [...((document.getElementById(id) as HTMLInputElement | null)?.files ?? [])];
  const [data] = files('data');
  const [test] = files('test');
  if (!data) throw new AnnealError('data.unreadable-file', { file: '', reason: 'no file' });
  let snapshot = await projectWorker.request('importFile', { file: data, as: 'data', choice: readingOf(options) });
  // The columns are settled before the test file is held against them.
  const columns = makeRecipe(snapshot, { ...options, recipe: options.recipe, set: [], maxSteps: null });
  await projectWorker.request('prepare', { recipe: columns });
  if (test) snapshot = await projectWorker.request('importFile', { file: test, as: 'test', choice: {} });
  const recipe = makeRecipe(snapshot, options);
  const { counts } = await projectWorker.request('prepare', { recipe });
  console.info(`${counts.rows.used} of ${counts.rows.file} rows used: ${counts.rows.train} train, ${counts.rows.validation} validation, ${counts.rows.test} test`);
  const modelFiles = files('model');
  const { device } = await trainingWorker.request('prepare', { baseModel: recipe.baseModel, modelFiles: modelFiles.length > 0 ? modelFiles : null, backend: options.backend });
  console.info(`device: ${device.name} (${device.backend})`);
  if (options.labelErrors) {
    output('label-errors.json', `${JSON.stringify(await findLabelErrors(recipe), null, 1)}\n`);
    return written();
  }
  const { recording } = await train(recipe, options.record);
  output('events.jsonl', lines(events));
  const failed = events.findLast((event) => event.kind === 'failed');
  if (failed?.kind === 'failed' && events.every(({ kind }) => kind !== 'finished')) throw new AnnealError(failed.error.code, failed.error.facts);
  writeReport(recipe);
  await writeRecording(recipe, recording);
  const { files: exported, check } = await trainingWorker.request('export', { language: 'en', as: 'files' });
  console.info(`export: read back, ${check.rows} test rows as before (largest difference ${check.largestDifference})`);
  for (const { name, blob } of exported) output(`export/${name}`, blob);
  return written();
}

const headless = {
  async run(options: HeadlessOptions): Promise<Answer<Output[]>> {
    try {
      return { ok: true, value: await run(options) };
    } catch (thrown) {
      return { ok: false, error: toErrorData(thrown) };
    }
  },

  /** A piece of a result as base64. */
  async read(name: string, from: number, count: number): Promise<string> {
    const bytes = new Uint8Array((await outputs.get(name)?.slice(from, from + count).arrayBuffer()) ?? new ArrayBuffer(0));
    let text = '';
    // In slices, because a call takes only so many arguments.
    for (let start = 0; start < bytes.length; start += 32_768) text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
    return btoa(text);
  },
};

export type Headless = typeof headless;

for (const id of ['data', 'test', 'model']) {
  const input = document.createElement('input');
  input.type = 'file';
  input.id = id;
  input.multiple = id === 'model';
  document.body.append(input);
}
Object.assign(window, { annealHeadless: headless });
