/**
 * The training loop: a recipe and a data set in, run events out, as Hugging Face's Trainer would do it. An async
 * generator that its caller drives; it knows no message port, no disk and no timer.
 */
import { AnnealError, type Dataset, type Recipe, type RunEvent, type RunStore } from '../domain';
import type { Backend, StepResult, Tensor } from '../engine';
import { safetensorsChunks } from '../models';
import { argmax, tasks, type TaskDefinition } from '../tasks';
import { epochBatches, padBatch, type PaddedBatch } from '../text';
import type { BaseModel } from './baseModel';
import { Classifier, encodeSides } from './classifier';
import { predictRows } from './predict';
import { linearSchedule, warmupSteps } from './schedule';

export type TrainingPhase = 'tokenizing' | 'training' | 'evaluating' | 'saving';

export interface TrainerOptions {
  backend: Backend;
  base: BaseModel;
  dataset: Dataset;
  recipe: Recipe;
  runId: string;
  version: string;
  /** Where the best weights go. */
  store: Pick<RunStore, 'saveBestWeights'>;
  overrides: ReadonlyMap<string, Tensor>;
  continuedFrom: { runId: string; step: number } | null;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Lets waiting messages in; called between batches. */
  pause: () => Promise<void>;
  progress: (phase: TrainingPhase, done: number, total: number) => void;
  /** True once the person asked to stop and keep the best. */
  stopRequested: () => boolean;
  /** Told the rows of each batch, for the same run elsewhere. */
  onBatch?: (epoch: number, rows: readonly number[]) => void;
  /** Told the head's parameters before the first step. */
  onHead?: (parameters: ReadonlyMap<string, Tensor>) => void;
}

/** Steps whose results may still be on their way: enough to keep a GPU busy, and a non-finite loss shows within 8. */
const STEPS_IN_FLIGHT = { webgpu: 4, wasm: 1, 'tfjs-webgpu': 3, 'tfjs-wasm': 1, 'tfjs-cpu': 1 } as const;
/** From this many steps an epoch is evaluated twice. */
const STEPS_FOR_TWO_EVALUATIONS = 20;

interface InFlight {
  step: number;
  batch: PaddedBatch;
  learningRate: number;
  result: Promise<StepResult>;
}

interface Best {
  step: number;
  loss: number;
  parameters: Map<string, Tensor>;
  decay: number;
}

export interface StepPlan {
  stepsPerEpoch: number;
  totalSteps: number;
  evaluations: number;
  /** True after the steps (counted from 1) that are followed by an evaluation. */
  isEvaluated: (step: number) => boolean;
}

export function plannedSteps(recipe: Recipe, trainRows: number): StepPlan {
  const { perDeviceTrainBatchSize, numTrainEpochs, maxSteps, evalSteps } = recipe.training;
  const stepsPerEpoch = Math.ceil(trainRows / perDeviceTrainBatchSize);
  const allSteps = stepsPerEpoch * numTrainEpochs;
  const totalSteps = maxSteps > 0 ? Math.min(maxSteps, allSteps) : allSteps;
  const half = stepsPerEpoch >= STEPS_FOR_TWO_EVALUATIONS ? Math.ceil(stepsPerEpoch / 2) : stepsPerEpoch;
  const isEvaluated = (step: number): boolean =>
    step === totalSteps || (evalSteps === undefined ? step % stepsPerEpoch === 0 || step % stepsPerEpoch === half : step % evalSteps === 0);
  let evaluations = 0;
  for (let step = 1; step <= totalSteps; step++) if (isEvaluated(step)) evaluations++;
  return { stepsPerEpoch, totalSteps, evaluations, isEvaluated };
}

class Run {
  private readonly task: TaskDefinition;
  private readonly classifier: Classifier;
  private best: Best | null = null;
  private worseEvaluations = 0;
  private decay = 1;
  private readonly flight: InFlight[] = [];
  private settled = 0;
  private lastSettledAt: number;
  private tokensSeen = 0;
  private rowsSeen = 0;
  private trainingSeconds = 0;
  private lastEvaluated = -1;
  private oneAnswerInARow = 0;
  readonly plan: ReturnType<typeof plannedSteps>;
  private readonly startedAt: number;

  constructor(
    private readonly options: TrainerOptions,
    sides: Awaited<ReturnType<typeof encodeSides>>,
  ) {
    const { backend, base, dataset, recipe, overrides } = options;
    this.task = tasks[recipe.task];
    this.classifier = new Classifier({ backend, base, task: this.task, labels: dataset.labels, recipe, sides, overrides });
    this.plan = plannedSteps(recipe, dataset.train.length);
    this.startedAt = options.now();
    this.lastSettledAt = this.startedAt;
  }

  dispose(): void {
    this.classifier.dispose();
  }

  started(): RunEvent {
    const { dataset, recipe, backend, runId, version, continuedFrom, now } = this.options;
    const baseline = this.task.report(dataset.labels, this.task.predictions(dataset.test, dataset.test.map(() => dataset.labels.map(() => 0))), dataset.train).baseline;
    const total = this.classifier.parameterCount();
    return {
      kind: 'started',
      time: now(),
      runId,
      recipe,
      device: backend.device,
      labels: dataset.labels,
      counts: dataset.counts,
      baselineAccuracy: baseline.accuracy,
      baselineLabel: baseline.label,
      totalSteps: this.plan.totalSteps,
      stepsPerEpoch: this.plan.stepsPerEpoch,
      parameters: { total, trained: total },
      continuedFrom,
      version,
    };
  }

  async head(): Promise<Map<string, Tensor>> {
    const names = new Set(this.classifier.graph.parameters.filter(({ part }) => part === 'head').map(({ name }) => name));
    const parameters = await this.classifier.session.readParameters();
    return new Map([...parameters].filter(([name]) => names.has(name)));
  }

  /** Batches of all epochs, in order. */
  private *batches(): Generator<{ epoch: number; rows: number[] }> {
    const { recipe } = this.options;
    const { train } = this.classifier.sides;
    const lengths = train.map(({ inputIds }) => inputIds.length);
    const { perDeviceTrainBatchSize, groupByLength, seed, numTrainEpochs } = recipe.training;
    for (let epoch = 0; epoch < numTrainEpochs; epoch++) {
      for (const rows of epochBatches(lengths, perDeviceTrainBatchSize, groupByLength, seed, epoch)) yield { epoch, rows };
    }
  }

  private launch(step: number, rows: readonly number[]): void {
    const { train } = this.classifier.sides;
    const { training } = this.options.recipe;
    const { totalSteps } = this.plan;
    const batch = padBatch(rows.flatMap((row) => train[row] ?? []), this.classifier.padId, this.classifier.maximumLength);
    const factor = linearSchedule(step - 1, warmupSteps(totalSteps, training.warmupRatio), totalSteps);
    const learningRate = training.learningRate * factor;
    const { seed, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm } = training;
    const result = this.classifier.session.trainStep(batch, { step, seed, learningRate, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm, dropout: true });
    this.decay *= 1 - learningRate * weightDecay;
    this.flight.push({ step, batch, learningRate, result });
  }

  /** Waits for the oldest step in flight. @throws AnnealError `run.diverged` */
  private async settle(): Promise<RunEvent | null> {
    const oldest = this.flight.shift();
    if (!oldest) return null;
    const { step, batch, learningRate } = oldest;
    const { loss, gradientNorm, logits, nonFinite } = await oldest.result;
    if (nonFinite !== null) throw this.diverged(step, nonFinite === 'loss' ? null : nonFinite);
    const now = this.options.now();
    const seconds = (now - this.lastSettledAt) / 1000;
    this.lastSettledAt = now;
    const tokens = batch.attentionMask.reduce((a, b) => a + b, 0);
    this.tokensSeen += tokens;
    this.rowsSeen += batch.rows;
    this.trainingSeconds += seconds;
    this.settled = step;
    const width = logits.length / batch.rows;
    const right = batch.labels.filter((label, row) => argmax(logits.subarray(row * width, (row + 1) * width)) === label).length;
    return { kind: 'stepped', time: now, step, epoch: step / this.plan.stepsPerEpoch, loss, accuracy: right / batch.rows, learningRate, gradientNorm, tokens, rows: batch.rows, seconds };
  }

  private diverged(step: number, tensor: string | null): AnnealError {
    return new AnnealError('run.diverged', { step, learningRate: this.options.recipe.training.learningRate, tensor, bestStep: this.best?.step ?? null });
  }

  private predict(side: 'validation' | 'test'): Promise<Float32Array[]> {
    const rows = this.classifier.sides[side];
    return predictRows(this.classifier.session, rows, {
      batchSize: this.options.recipe.training.perDeviceEvalBatchSize,
      padId: this.classifier.padId,
      maximumLength: this.classifier.maximumLength,
      pause: async (done) => {
        this.options.progress('evaluating', done, rows.length);
        await this.options.pause();
      },
    });
  }

  /** Scores the validation rows and keeps the weights when they are the best so far. @throws AnnealError `run.diverged` */
  private async *evaluate(step: number): AsyncGenerator<RunEvent> {
    const { dataset, now, store } = this.options;
    this.lastEvaluated = step;
    const begin = now();
    const logits = await this.predict('validation');
    const { loss, accuracy, macroF1 } = this.task.scores(dataset.labels, dataset.validation, logits);
    if (!Number.isFinite(loss)) throw this.diverged(step, null);
    const better = this.best === null || loss < this.best.loss;
    const candidate = better ? await this.readWeights(step, loss) : null;
    this.worseEvaluations = better ? 0 : this.worseEvaluations + 1;
    yield { kind: 'evaluated', time: now(), step, epoch: step / this.plan.stepsPerEpoch, loss, accuracy, macroF1, seconds: (now() - begin) / 1000, best: better };
    const answers = new Set(logits.map(argmax));
    this.oneAnswerInARow = answers.size === 1 && dataset.labels.length > 1 && dataset.validation.length > 1 ? this.oneAnswerInARow + 1 : 0;
    if (this.oneAnswerInARow === 2) {
      yield { kind: 'warned', time: now(), step, warning: { kind: 'one-answer', label: dataset.labels[[...answers][0] ?? 0] ?? '' } };
    }
    if (candidate) {
      this.options.progress('saving', 0, 1);
      this.best = candidate.best;
      const kept = await store.saveBestWeights(step, safetensorsChunks(candidate.full, { format: 'pt' }));
      yield { kind: 'checkpointed', time: now(), step, ...kept };
    }
    this.lastSettledAt = now();
  }

  /** A weight may be infinite while the loss is not (tanh makes 1 of it): such weights are never kept. @throws AnnealError `run.diverged` */
  private async readWeights(step: number, loss: number): Promise<{ best: Best; full: Map<string, Tensor> }> {
    const parameters = await this.classifier.session.readParameters();
    const full = await this.classifier.fullParameters(parameters, this.decay);
    for (const [name, { data }] of full) if (!data.every(Number.isFinite)) throw this.diverged(step, name);
    return { best: { step, loss, parameters, decay: this.decay }, full };
  }

  private async *trainSteps(): AsyncGenerator<RunEvent, 'completed' | 'early-stopping' | 'stopped' | 'max-steps'> {
    const { backend, pause, progress, stopRequested, recipe, onBatch } = this.options;
    const { totalSteps, isEvaluated, stepsPerEpoch } = this.plan;
    let step = 0;
    for (const { epoch, rows } of this.batches()) {
      if (step >= totalSteps) break;
      onBatch?.(epoch, rows);
      this.launch(++step, rows);
      const limit = isEvaluated(step) ? 0 : STEPS_IN_FLIGHT[backend.id] - 1;
      while (this.flight.length > limit) {
        const event = await this.settle();
        if (event) yield event;
      }
      progress('training', step, totalSteps);
      await pause();
      if (isEvaluated(step)) yield* this.evaluate(step);
      if (stopRequested()) return 'stopped';
      const patience = recipe.training.earlyStoppingPatience;
      if (patience > 0 && this.worseEvaluations >= patience) return 'early-stopping';
    }
    return totalSteps < stepsPerEpoch * recipe.training.numTrainEpochs ? 'max-steps' : 'completed';
  }

  async *train(): AsyncGenerator<RunEvent> {
    let reason: Extract<RunEvent, { kind: 'finished' }>['reason'];
    try {
      reason = yield* this.trainSteps();
      for (let event = await this.settle(); event; event = await this.settle()) yield event;
      if (this.lastEvaluated !== this.settled) yield* this.evaluate(this.settled);
    } catch (thrown) {
      if (!(thrown instanceof AnnealError) || thrown.code !== 'run.diverged') throw thrown;
      yield { kind: 'failed', time: this.options.now(), step: this.settled, error: thrown.toData() };
      if (this.best === null) return;
      reason = 'diverged';
    }
    yield await this.finish(reason);
  }

  private async finish(reason: Extract<RunEvent, { kind: 'finished' }>['reason']): Promise<RunEvent> {
    const { dataset, now } = this.options;
    // Steps in flight behind the one that diverged may have changed the weights too.
    if (this.best && (reason === 'diverged' || this.best.step !== this.settled)) this.classifier.session.writeParameters(this.best.parameters);
    const logits = await this.predict('test');
    const report = this.task.report(dataset.labels, this.task.predictions(dataset.test, logits), dataset.train);
    return {
      kind: 'finished',
      time: now(),
      step: this.settled,
      reason,
      bestStep: this.best?.step ?? this.settled,
      seconds: (now() - this.startedAt) / 1000,
      tokensPerSecond: this.trainingSeconds > 0 ? this.tokensSeen / this.trainingSeconds : 0,
      rowsPerSecond: this.trainingSeconds > 0 ? this.rowsSeen / this.trainingSeconds : 0,
      report,
    };
  }
}

/** Trains and yields the run's events. The best weights are in the store; everything on the device is released. */
export async function* train(options: TrainerOptions): AsyncGenerator<RunEvent> {
  const { base, dataset, recipe, progress, pause } = options;
  const sides = await encodeSides(base, dataset, recipe, async (done, total) => {
    progress('tokenizing', done, total);
    await pause();
  });
  const run = new Run(options, sides);
  try {
    if (options.onHead) options.onHead(await run.head());
    yield run.started();
    yield* run.train();
  } finally {
    run.dispose();
  }
}
