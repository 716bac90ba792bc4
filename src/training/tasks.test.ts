/** Every task learns on a tiny model with our own engine, from a table to a report. */
import { describe, expect, it } from 'vitest';
import { uniform, type Dataset, type Recipe, type Report, type RunEvent, type TaskId } from '../domain';
import { prepareDataset } from '../data';
import type { Backend } from '../engine';
import { LazyExecutor } from '../engine/backends/lazyExecutor';
import { PlannedSession } from '../engine/backends/plannedSession';
import { startTfjs } from '../engine/backends/tfjs/devices';
import { startWasmExecutor } from '../engine/backends/wasm/start';
import { nodeHelper, readModule } from '../engine/backends/wasm/testing/node';
import { UNLIMITED } from '../engine/plan/memory';
import { readTable } from '../data/importTable';
import { base, recipeOf } from './tinyRun.fixture';
import { train } from './trainer';

const backend: Backend = {
  id: 'wasm',
  device: { backend: 'wasm', name: 'CPU', refused: [], threads: 1, speeds: [] },
  choices: {},
  failed: false,
  openSession: (options) => new PlannedSession(new LazyExecutor(UNLIMITED, () => startWasmExecutor({ load: readModule, helperFactory: nodeHelper, build: 'single', threads: 1 })), options),
  dispose: () => undefined,
};

const FILLING = ['my', 'the', 'please', 'where', 'help', 'today', 'again'];
const rows = 160;
/** A number in [0, 1) of its own for each row and place. */
const chance = (row: number, place: number): number => uniform(11, place, row);
const pick = (words: readonly string[], row: number, place: number): string => words[Math.floor(chance(row, place) * words.length)] ?? '';
const filling = (row: number, place: number): string => [1, 2, 3].map((index) => pick(FILLING, row, place + index)).join(' ');
const lines = (head: string, line: (row: number) => string): string => `${head}\n${Array.from({ length: rows }, (_, row) => line(row)).join('\n')}\n`;

async function reportOf(task: TaskId, text: string, data: Partial<Recipe['data']>, change: Partial<Recipe['training']> = {}): Promise<{ report: Report; events: RunEvent[]; dataset: Dataset }> {
  const table = await readTable({ name: task === 'token-classification' ? 'rows.conll' : 'rows.csv', bytes: new TextEncoder().encode(text) });
  const plain = recipeOf({ numTrainEpochs: 8, learningRate: 5e-3, ...change });
  const recipe: Recipe = { ...plain, task, data: { ...plain.data, ...data } };
  const dataset = await prepareDataset(table, recipe);
  let clock = 0;
  const events: RunEvent[] = [];
  const run = train({
    backend, base, dataset, recipe, runId: 'run', version: 'test',
    store: { saveBestWeights: async () => ({ file: 'model.safetensors', sha256: '', bytes: 0 }) },
    overrides: new Map(), continuedFrom: null, now: () => (clock += 10), pause: () => Promise.resolve(), progress: () => undefined, stopRequested: () => false,
  });
  for await (const event of run) events.push(event);
  const finished = events.at(-1);
  if (finished?.kind !== 'finished') throw new Error(`The run ended with ${finished?.kind}.`);
  return { report: finished.report, events, dataset };
}

describe('learns', () => {
  it('numbers', async () => {
    const text = lines('text,stars', (row) => {
      const cards = Math.floor(chance(row, 9) * 5);
      return `${filling(row, 0)}${' card'.repeat(cards)}${' parcel'.repeat(4 - cards)},${1000 + 100 * cards}`;
    });
    const { report, dataset, events } = await reportOf('regression', text, { labelColumn: 'stars' });
    if (report.task !== 'regression') throw new Error(report.task);
    expect(report.r2).toBeGreaterThan(0.8);
    expect(report.pearson).toBeGreaterThan(0.9);
    expect(report.meanSquaredError).toBeLessThan(report.baseline.meanSquaredError / 4);
    expect(report.scaler).toEqual(dataset.scaler);
    expect(report.labels).toEqual(['stars']);
    expect(report.predictions.every(({ predicted }) => predicted > 800 && predicted < 1600)).toBe(true);
    expect(events.filter(({ kind }) => kind === 'warned')).toEqual([]);
  });

  it('pairs: one label, from whether two texts are of a kind', async () => {
    const text = lines('a,b,label', (row) => {
      const [first, second] = [chance(row, 8) < 0.5, chance(row, 9) < 0.5];
      return `${filling(row, 0)} ${first ? 'card' : 'parcel'},${filling(row, 4)} ${second ? 'card' : 'parcel'},${second ? 'yes' : 'no'}`;
    });
    const { report, dataset } = await reportOf('text-pair-classification', text, { textColumn: 'a', textPairColumn: 'b' });
    if (report.task !== 'text-pair-classification') throw new Error(report.task);
    // Only the second text tells: without it, this is a coin.
    expect(report.accuracy).toBeGreaterThan(0.9);
    expect(report.predictions[0]?.textPair).toBe(dataset.test[0]?.textPair);
  });

  it('pairs: a number', async () => {
    const text = lines('a,b,score', (row) => `${filling(row, 0)},${filling(row, 4)}${' card'.repeat(Math.floor(chance(row, 9) * 4))},${Math.floor(chance(row, 9) * 4) / 4}`);
    const { report } = await reportOf('text-pair-regression', text, { textColumn: 'a', textPairColumn: 'b', labelColumn: 'score' }, { numTrainEpochs: 16 });
    if (report.task !== 'text-pair-regression') throw new Error(report.task);
    expect(report.spearman).toBeGreaterThan(0.7);
  });

  it('label sets, joined in a cell', async () => {
    const names = [['pay', 'card'], ['send', 'parcel'], ['enter', 'login']] as const;
    const text = lines('text,label', (row) => {
      const chosen = names.filter((_, label) => chance(row, 8 + label) < 0.4);
      return `${filling(row, 0)} ${chosen.map(([, word]) => word).join(' ')},${chosen.map(([name]) => name).join('|')}`;
    });
    const { report, dataset } = await reportOf('multi-label-classification', text, {}, { numTrainEpochs: 16 });
    if (report.task !== 'multi-label-classification') throw new Error(report.task);
    expect(dataset.labels).toEqual(['enter', 'pay', 'send']);
    expect(report.microF1).toBeGreaterThan(0.9);
    expect(report.microF1).toBeGreaterThan(report.baseline.microF1);
    expect(report.predictions.some(({ label }) => label.length === 0)).toBe(true);
  });

  it('tags of words', async () => {
    const text = Array.from({ length: rows }, (_, row) => {
      const words = filling(row, 0).split(' ').map((word) => `${word} O`);
      // A name of two words that begins with a word that is cut into letters.
      words.splice(Math.floor(chance(row, 7) * 4), 0, 'mycard B-CARD', `${pick(['refund', 'card'], row, 8)} I-CARD`, ...(chance(row, 9) < 0.5 ? ['parcel B-POST'] : []));
      return words.join('\n');
    }).join('\n\n');
    const { report } = await reportOf('token-classification', text, { textColumn: 'tokens', labelColumn: 'tags' });
    if (report.task !== 'token-classification') throw new Error(report.task);
    expect(report.labels).toEqual(['B-CARD', 'B-POST', 'I-CARD', 'O']);
    expect(report.f1).toBeGreaterThan(0.9);
    expect(report.classes.map(({ label }) => label)).toEqual(['CARD', 'POST']);
  });
});

it('tfjs says what it cannot compute', async () => {
  const tfjs = await startTfjs({ backend: 'tfjs-cpu', wasmPaths: null });
  const graph = base.model.sequenceClassificationGraph(1, 'meanSquaredError');
  expect(() => tfjs.openSession({ graph, parameters: new Map(), trained: new Set() })).toThrow('tfjs computes softmaxCrossEntropy over whole rows only, not meanSquaredError.');
  tfjs.dispose();
});
