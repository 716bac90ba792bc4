import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chunks, Example, RunEvent, TrainingSettings } from '../domain';
import { type Backend, type EngineSession, type SessionOptions, type Tensor } from '../engine';
import { startTfjs } from '../engine/backends/tfjs/devices';
import { largestDifference } from '../engine/testing/golden';
import { readTensors } from '../models';
import { tasks } from '../tasks';
import { bucketLength } from '../text';
import { Predictor } from './predictor';
import { LABELS, base, dataset, recipeOf, fromDisk } from './tinyRun.fixture';
import type { TrainerOptions } from './options';
import { train } from './trainer';

/** Label id of a row. */
const classOf = ({ target }: Example): number => (target.kind === 'class' ? target.label : -1);

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

interface Finished {
  events: RunEvent[];
  /** What was saved, a file a save, oldest first. */
  saves: { step: number; bytes: Uint8Array<ArrayBuffer> }[];
  batches: { epoch: number; rows: readonly number[]; length: number }[];
}

async function joined(chunks: Chunks): Promise<Uint8Array<ArrayBuffer>> {
  const bytes: number[] = [];
  for await (const chunk of chunks) for (const byte of chunk) bytes.push(byte);
  return Uint8Array.from(bytes);
}

let wasm: Backend;
beforeAll(async () => {
  wasm = await startTfjs({ backend: 'tfjs-wasm', wasmPaths: null });
});
afterAll(() => wasm.dispose());

async function runOf(change: Partial<TrainingSettings> = {}, options: Partial<TrainerOptions> = {}, onEvent: (event: RunEvent) => void = () => undefined): Promise<Finished> {
  const finished: Finished = { events: [], saves: [], batches: [] };
  let clock = 1_000_000;
  const events = train({
    backend: wasm,
    base,
    dataset,
    recipe: recipeOf(change),
    runId: 'run-1',
    version: '0.0.0',
    store: {
      async saveBestWeights(step, chunks) {
        const bytes = await joined(chunks);
        finished.saves.push({ step, bytes });
        return { file: 'model.safetensors', sha256: 'a'.repeat(64), bytes: bytes.length };
      },
    },
    overrides: new Map(),
    continuedFrom: null,
    now: () => (clock += 10),
    pause: () => Promise.resolve(),
    progress: () => undefined,
    stopRequested: () => false,
    onBatch: (epoch, rows, length) => finished.batches.push({ epoch, rows: [...rows], length }),
    ...options,
  });
  for await (const event of events) {
    finished.events.push(event);
    onEvent(event);
  }
  return finished;
}

function ofKind<Kind extends RunEvent['kind']>(events: readonly RunEvent[], kind: Kind): EventOf<Kind>[] {
  return events.filter((event): event is EventOf<Kind> => event.kind === kind);
}

function only<Kind extends RunEvent['kind']>({ events }: Finished, kind: Kind): EventOf<Kind> {
  const [event, ...others] = ofKind(events, kind);
  if (!event || others.length > 0) throw new Error(`There are ${others.length + (event ? 1 : 0)} events ${kind}.`);
  return event;
}

/** The reader refuses a number that is not finite, so reading is the proof that none was saved. */
const savedTensors = ({ saves }: Finished): Map<string, Tensor> => readTensors(saves.at(-1)?.bytes ?? new Uint8Array(), 'model.safetensors');

/** Logits of the test rows with the weights that were saved. */
async function savedLogits(finished: Finished): Promise<Float32Array[]> {
  const predictor = new Predictor({ backend: wasm, base, task: tasks['single-label-classification'], labels: LABELS, tensors: savedTensors(finished), seed: 0 });
  try {
    expect(predictor.initialized).toEqual([]);
    const rows = dataset.test.map((example) => tasks['single-label-classification'].encode(base.tokenizer, example, 128, dataset));
    return await predictor.predict(rows, 7, () => Promise.resolve());
  } finally {
    predictor.dispose();
  }
}

async function expectReportOfSavedWeights(finished: Finished): Promise<void> {
  const { report } = only(finished, 'finished');
  const logits = await savedLogits(finished);
  expect(report.predictions).toHaveLength(dataset.test.length);
  report.predictions.forEach((prediction, index) => {
    expect(prediction.text).toBe(dataset.test[index]?.text);
    expect(largestDifference(prediction.logits, logits[index] ?? [])).toBeLessThan(1e-5);
  });
}

describe('a run', () => {
  let whole: Finished;
  beforeAll(async () => {
    whole = await runOf();
  });

  it('tells its events in order', () => {
    const epoch = `${'stepped '.repeat(6)}evaluated (warned )?(checkpointed )?`;
    expect(`${whole.events.map(({ kind }) => kind).join(' ')} `).toMatch(new RegExp(`^started (${epoch}){12}finished $`));
    const times = whole.events.map(({ time }) => time);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(ofKind(whole.events, 'stepped').map(({ step }) => step)).toEqual(Array.from({ length: 72 }, (_, index) => index + 1));
    expect(ofKind(whole.events, 'evaluated').map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, index) => 6 * (index + 1)));
  });

  it('says at its start what it will do', () => {
    const parameters = readTensors(fromDisk('model.safetensors'), '').values();
    const inBase = [...parameters].reduce((sum, { data }) => sum + data.length, 0);
    // Three labels in place of five: two rows of 32 weights and a bias fewer.
    const total = inBase - 2 * 33;
    expect(only(whole, 'started')).toMatchObject({
      runId: 'run-1', labels: LABELS, totalSteps: 72, stepsPerEpoch: 6, parameters: { total, trained: total },
      baselineLabel: 'delivery', baselineAccuracy: 7 / 20, continuedFrom: null, version: '0.0.0', device: { backend: 'tfjs-wasm' },
    });
  });

  it('learns: the loss falls, and the answers beat the baseline', () => {
    const losses = ofKind(whole.events, 'stepped').map(({ loss }) => loss);
    const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(mean(losses.slice(-6))).toBeLessThan(0.5 * mean(losses.slice(0, 6)));
    const { report, reason } = only(whole, 'finished');
    expect(reason).toBe('completed');
    if (report.task !== 'single-label-classification') throw new Error(report.task);
    expect(report.accuracy).toBeGreaterThan(report.baseline.accuracy + 0.3);
  });

  it('takes every row once an epoch, the last smaller batch kept', () => {
    expect(whole.batches).toHaveLength(72);
    for (let epoch = 0; epoch < 12; epoch++) {
      const batches = whole.batches.filter((batch) => batch.epoch === epoch);
      expect(batches.flatMap(({ rows }) => rows).sort((left, right) => left - right)).toEqual(dataset.train.map((_, row) => row));
      expect(batches.map(({ rows }) => rows.length).sort((left, right) => left - right)).toEqual([2, 8, 8, 8, 8, 8]);
    }
    const steps = ofKind(whole.events, 'stepped');
    expect(steps.map(({ rows }) => rows)).toEqual(whole.batches.map(({ rows }) => rows.length));
    // A token a word, and the two special ones.
    const tokensOf = (row: number) => (dataset.train[row]?.text.split(' ').length ?? NaN) + 2;
    expect(steps.map(({ tokens }) => tokens)).toEqual(whole.batches.map(({ rows }) => rows.reduce((sum, row) => sum + tokensOf(row), 0)));
    expect(whole.batches.map(({ length }) => length)).toEqual(whole.batches.map(({ rows }) => bucketLength(Math.max(...rows.map(tokensOf)))));
  });

  it('warms up and comes down again', () => {
    const rates = ofKind(whole.events, 'stepped').map(({ learningRate }) => learningRate);
    expect(rates[0]).toBe(0);
    // 0.1 of 72 steps, rounded up.
    expect(rates[8]).toBe(1e-2);
    expect(Math.max(...rates.slice(0, 8), ...rates.slice(9))).toBeLessThan(1e-2);
    expect(rates.at(-1)).toBeCloseTo(1e-2 / 64, 12);
  });

  it('saves the weights of the best evaluation, and reports what they answer', async () => {
    const evaluated = ofKind(whole.events, 'evaluated');
    const best = evaluated.reduce((lowest, event) => (event.loss < lowest.loss ? event : lowest));
    expect(evaluated.filter((event) => event.best).map(({ step }) => step)).toEqual(whole.saves.map(({ step }) => step));
    expect(ofKind(whole.events, 'checkpointed').map(({ step }) => step)).toEqual(whole.saves.map(({ step }) => step));
    expect(only(whole, 'finished')).toMatchObject({ step: 72, bestStep: best.step });
    // Otherwise the best would be the last, and this would prove less.
    expect(best.step).toBeLessThan(72);
    expect(whole.saves.at(-1)?.step).toBe(best.step);
    expect(savedTensors(whole).get('bert.embeddings.word_embeddings.weight')?.shape).toEqual([120, 32]);
    await expectReportOfSavedWeights(whole);
  });

  it('gives the same losses bit for bit a second time, and others for another seed', async () => {
    const losses = ({ events }: Finished) => ofKind(events, 'stepped').map(({ loss }) => loss);
    const again = await runOf();
    expect(losses(again)).toEqual(losses(whole));
    expect(again.saves).toEqual(whole.saves);
    expect(losses(await runOf({ seed: 43, maxSteps: 3 }))).not.toEqual(losses(whole).slice(0, 3));
  });

  it('goes on from given weights', async () => {
    const [first] = ofKind((await runOf({ maxSteps: 2 }, { overrides: savedTensors(whole), continuedFrom: { runId: 'run-0', step: 60 } })).events, 'stepped');
    expect(first?.loss).toBeLessThan(0.5 * (ofKind(whole.events, 'stepped')[0]?.loss ?? 0));
  });

  it('tells the head before its first step', async () => {
    let head: ReadonlyMap<string, Tensor> = new Map();
    await runOf({ maxSteps: 1 }, { onHead: (parameters) => (head = parameters) });
    expect([...head].map(([name, { shape }]) => [name, shape])).toEqual([['classifier.weight', [3, 32]], ['classifier.bias', [3]]]);
  });
});

describe('a run holds nothing on the device afterwards', () => {
  it('when it finishes', async () => {
    const before = tf.memory().numTensors;
    await runOf({ maxSteps: 7 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('when its driver gives up in the middle, or its work throws', async () => {
    const before = tf.memory().numTensors;
    const giveUp = (event: RunEvent) => {
      if (event.kind === 'stepped' && event.step === 3) throw new Error('given up');
    };
    await expect(runOf({}, {}, giveUp)).rejects.toThrow('given up');
    const full = { saveBestWeights: () => Promise.reject(new Error('disk full')) };
    await expect(runOf({}, { store: full })).rejects.toThrow('disk full');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('when it diverges', async () => {
    const before = tf.memory().numTensors;
    await runOf({}, { overrides: withInfinity('bert.pooler.dense.weight') });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a run ends', () => {
  it('when asked to stop, with the best weights', async () => {
    let stop = false;
    const finished = await runOf({}, { stopRequested: () => stop }, (event) => (stop ||= event.kind === 'stepped' && event.step === 9));
    expect(only(finished, 'finished')).toMatchObject({ reason: 'stopped', step: 9 });
    expect(ofKind(finished.events, 'evaluated').map(({ step }) => step)).toEqual([6, 9]);
    expect(finished.saves.at(-1)?.step).toBe(only(finished, 'finished').bestStep);
    await expectReportOfSavedWeights(finished);
  });

  it('when asked to stop before anything was evaluated', async () => {
    const finished = await runOf({}, { stopRequested: () => true });
    expect(finished.events.map(({ kind }) => kind)).toEqual(['started', 'stepped', 'evaluated', 'checkpointed', 'finished']);
    await expectReportOfSavedWeights(finished);
  });

  it('after maxSteps, and takes no batch more', async () => {
    const finished = await runOf({ maxSteps: 8 });
    expect(only(finished, 'started').totalSteps).toBe(8);
    expect(only(finished, 'finished')).toMatchObject({ reason: 'max-steps', step: 8 });
    expect(ofKind(finished.events, 'stepped')).toHaveLength(8);
    expect(ofKind(finished.events, 'evaluated').map(({ step }) => step)).toEqual([6, 8]);
    expect(finished.batches).toHaveLength(8);
  });

  it('early, when the loss on the validation rows does not fall any more', async () => {
    // Truth turned round: what is learnt makes validation worse.
    const turned = { ...dataset, validation: dataset.validation.map((one) => ({ ...one, target: { kind: 'class' as const, label: (classOf(one) + 1) % LABELS.length } })) };
    const finished = await runOf({ earlyStoppingPatience: 2, numTrainEpochs: 20 }, { dataset: turned });
    const { reason, bestStep, step } = only(finished, 'finished');
    expect(reason).toBe('early-stopping');
    expect(step).toBe(bestStep + 2 * 6);
    expect(ofKind(finished.events, 'evaluated').slice(-3).map(({ best }) => best)).toEqual([true, false, false]);
    expect(finished.saves.at(-1)?.step).toBe(bestStep);
    await expectReportOfSavedWeights(finished);
  });
});

describe('a run warns', () => {
  it('once when it gives all validation rows one answer twice in a row', async () => {
    const finished = await runOf({ learningRate: 1e-6, numTrainEpochs: 4 }, { overrides: new Map([['classifier.bias', { shape: [3], data: Float32Array.of(0, 50, 0) }]]) });
    expect(only(finished, 'warned')).toMatchObject({ step: 12, warning: { kind: 'one-answer', label: 'payment' } });
  });
});

/** One weight of the base model, or of the head, with an infinity in its middle, or at another place. */
function withInfinity(name: string, value = Infinity, place?: number): Map<string, Tensor> {
  const whole = readTensors(fromDisk('model.safetensors'), 'model.safetensors').get(name);
  const tensor = name === 'classifier.weight' ? { shape: [3, 32], data: new Float32Array(96).fill(0.01) } : whole;
  if (!tensor) throw new Error(`There is no ${name}.`);
  const middle = Math.floor(tensor.data.length / 2);
  tensor.data.set([value], place === undefined ? middle : (place + tensor.data.length) % tensor.data.length);
  return new Map([[name, tensor]]);
}

describe('fault 14: numbers that are not finite', () => {
  it.each([
    'bert.encoder.layer.1.attention.self.value.weight',
    'bert.encoder.layer.0.output.dense.bias',
    'bert.embeddings.LayerNorm.weight',
    'bert.pooler.dense.weight',
    'classifier.weight',
    'bert.embeddings.word_embeddings.weight',
  ])('fault 14: an infinity in %s ends the run within 8 steps, names it and saves nothing', async (name) => {
    for (const value of [Infinity, -Infinity, NaN]) {
      const finished = await runOf({}, { overrides: withInfinity(name, value) });
      const { error, step } = only(finished, 'failed');
      expect(error).toMatchObject({ code: 'run.diverged', facts: { tensor: name, bestStep: null } });
      expect(step).toBeLessThanOrEqual(8);
      expect(finished.events.at(-1)?.kind).toBe('failed');
      expect(finished.saves).toEqual([]);
    }
  });

  it.each([
    // Tanh makes a finite 1 of it.
    ['bert.pooler.dense.bias', 0],
    // The position and the word at the end of their tables, which no text has.
    ['bert.embeddings.position_embeddings.weight', -1],
    ['bert.embeddings.word_embeddings.weight', -1],
  ])('fault 14: an infinity in %s that leaves the loss finite is found before anything is saved', async (name, place) => {
    const finished = await runOf({}, { overrides: withInfinity(name, Infinity, place) });
    expect(only(finished, 'failed').error).toMatchObject({ code: 'run.diverged', facts: { step: 6, tensor: name, bestStep: null } });
    expect(finished.events.map(({ kind }) => kind)).toEqual(['started', ...new Array<string>(6).fill('stepped'), 'failed']);
    expect(finished.saves).toEqual([]);
  });

  // At the first the loss of a step is not finite, at the second that of the validation rows.
  it.each([1e6, 1e12])('fault 14: after a good evaluation, a learning rate of %d ends the run with the best weights', async (learningRate) => {
    const finished = await runOf({ learningRate, numTrainEpochs: 4, evalSteps: 1 });
    const kinds = finished.events.map(({ kind }) => kind);
    expect(kinds.slice(0, 4)).toEqual(['started', 'stepped', 'evaluated', 'checkpointed']);
    expect(kinds.slice(-2)).toEqual(['failed', 'finished']);
    const { step, error } = only(finished, 'failed');
    expect(error).toMatchObject({ code: 'run.diverged', facts: { learningRate, bestStep: 1 } });
    expect(ofKind(finished.events, 'evaluated').every(({ loss }) => Number.isFinite(loss))).toBe(true);
    // The first step of the warm-up is made at a rate of 0, so the best weights are the first ones.
    expect(only(finished, 'finished')).toMatchObject({ reason: 'diverged', bestStep: 1, step });
    expect(finished.saves.map((save) => save.step)).toEqual([1]);
    await expectReportOfSavedWeights(finished);
  });

  it('fault 14: where steps behind the first spoil the weights too, the best ones are put back', async () => {
    // As on WebGPU, where an update is made before its loss is known.
    for (const spoiled of [7, 8]) {
      const finished = await runOf({}, { backend: spoilingFrom(spoiled) });
      expect(only(finished, 'failed').error).toMatchObject({ code: 'run.diverged', facts: { step: spoiled, tensor: null, bestStep: 6 } });
      expect(only(finished, 'finished')).toMatchObject({ reason: 'diverged', bestStep: 6, step: spoiled - 1 });
      await expectReportOfSavedWeights(finished);
    }
  });

  it('fault 14: weights that are spoiled by the last step before an evaluation are neither scored nor saved', async () => {
    const finished = await runOf({ maxSteps: 8 }, { backend: spoilingFrom(8, null) });
    expect(only(finished, 'failed').error).toMatchObject({ code: 'run.diverged', facts: { step: 8, bestStep: 6 } });
    expect(ofKind(finished.events, 'evaluated').map(({ step }) => step)).toEqual([6]);
    expect(only(finished, 'finished')).toMatchObject({ reason: 'diverged', bestStep: 6, step: 8 });
    await expectReportOfSavedWeights(finished);
  });

  it('fault 14: no learning rate, however high, lets a number that is not finite be saved or told', async () => {
    for (const learningRate of [1, 1e6, 1e20, 1e38, 1e300]) {
      const finished = await runOf({ learningRate, numTrainEpochs: 4 });
      for (const { bytes } of finished.saves) readTensors(bytes, 'model.safetensors');
      const losses = [...ofKind(finished.events, 'stepped'), ...ofKind(finished.events, 'evaluated')].map(({ loss }) => loss);
      expect(losses.every(Number.isFinite), String(learningRate)).toBe(true);
      if (learningRate >= 1e20) expect(only(finished, 'failed').error.code).toBe('run.diverged');
    }
  });
});

/** Several steps in flight; from a step on, every weight becomes NaN, which the step's result says (or not). */
function spoilingFrom(spoiledStep: number, nonFinite: 'loss' | null = 'loss'): Backend {
  return {
    id: 'tfjs-webgpu',
    device: { backend: 'tfjs-webgpu', name: 'a stand-in', refused: [], threads: null, speeds: [] },
    choices: {},
    failed: false,
    dispose: () => undefined,
    openSession(options: SessionOptions): EngineSession {
      const session = wasm.openSession(options);
      return {
        async trainStep(batch, settings) {
          const result = session.trainStep(batch, settings);
          if (settings.step < spoiledStep) return result;
          const parameters = options.graph.parameters.map(({ name }) => name);
          const shapeOf = (name: string) => options.parameters.get(name)?.shape ?? [];
          session.writeParameters(new Map(parameters.map((name) => [name, { shape: shapeOf(name), data: new Float32Array(shapeOf(name).reduce((a, b) => a * b, 1)).fill(NaN) }])));
          return { ...(await result), nonFinite };
        },
        prepare: (rows, length) => session.prepare(rows, length),
        check: (rows, length) => session.check(rows, length),
        predict: (batch) => session.predict(batch),
        gradients: (batch) => session.gradients(batch),
        readParameters: () => session.readParameters(),
        writeParameters: (parameters) => session.writeParameters(parameters),
        readOptimizer: () => session.readOptimizer(),
        writeOptimizer: (state) => session.writeOptimizer(state),
        estimateMemory: () => null,
        rowsAtOnce: Infinity,
        memory: () => session.memory(),
        dispose: () => session.dispose(),
      };
    },
  };
}
