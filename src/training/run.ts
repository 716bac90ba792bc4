/**
 * One run on one device: steps, evaluations, the best weights, and what it takes to go on elsewhere when the device is
 * lost. Driven by `trainer.ts`.
 */
import { AnnealError, type BackendId, type DeviceDescription, type RunEvent } from '../domain';
import { OutOfDeviceMemory, WrongNumbers, type Backend, type OptimizerState, type StepResult, type Tensor } from '../engine';
import { safetensorsChunks } from '../models';
import { tasks, type Answered, type TaskDefinition } from '../tasks';
import { epochBatches, padBatch, paddedLength, type PaddedBatch } from '../text';
import { Classifier, type ClassifierOptions, type EncodedSides } from './classifier';
import { largestLogitDifference, scoreOnReference } from './reference';
import type { TrainerOptions } from './options';
import { plannedSteps, type StepPlan } from './plannedSteps';
import { predictRows } from './predict';
import { linearSchedule, warmupSteps } from './schedule';
import { withoutLeaks } from './withoutLeaks';

/** Steps whose results may still be on their way: enough to keep a GPU busy, and a non-finite loss shows within 8. */
const STEPS_IN_FLIGHT = { webgpu: 4, wasm: 1, 'tfjs-webgpu': 3, 'tfjs-wasm': 1, 'tfjs-cpu': 1 } as const;
/** A device that can be lost is left with a copy of everything at least this often. */
const CHECKPOINT_SECONDS = 60;

interface InFlight {
  step: number;
  batch: PaddedBatch;
  learningRate: number;
  result: Promise<StepResult>;
}

const CAN_BE_LOST: Record<BackendId, boolean> = { webgpu: true, wasm: false, 'tfjs-webgpu': false, 'tfjs-wasm': false, 'tfjs-cpu': false };

interface Best {
  step: number;
  loss: number;
  parameters: Map<string, Tensor>;
  decay: number;
}

/** What a run has come to: all that changes from step to step beside the weights. */
interface RunProgress {
  /** Steps that are done and told. */
  step: number;
  best: Best | null;
  worseEvaluations: number;
  /** Product of (1 - learningRate x weightDecay) over the steps launched. */
  decay: number;
  tokensSeen: number;
  rowsSeen: number;
  trainingSeconds: number;
  lastEvaluated: number;
  oneAnswerInARow: number;
}

interface Checkpoint {
  progress: RunProgress;
  /** Null: those the run began with. */
  weights: { parameters: Map<string, Tensor>; optimizer: OptimizerState } | null;
}

export class Run {
  private readonly task: TaskDefinition;
  backend: Backend;
  private classifier: Classifier;
  private progress: RunProgress = { step: 0, best: null, worseEvaluations: 0, decay: 1, tokensSeen: 0, rowsSeen: 0, trainingSeconds: 0, lastEvaluated: -1, oneAnswerInARow: 0 };
  private checkpoint: Checkpoint = { progress: { ...this.progress }, weights: null };
  private checkpointAt: number;
  private flight: InFlight[] = [];
  private lastSettledAt: number;
  private rowsAtOnce = Infinity;
  readonly plan: StepPlan;
  private readonly startedAt: number;

  constructor(
    private readonly options: TrainerOptions,
    private readonly sides: EncodedSides,
  ) {
    const { backend, dataset, recipe } = options;
    this.task = tasks[recipe.task];
    this.backend = backend;
    this.classifier = new Classifier(this.classifierOptions());
    this.plan = plannedSteps(recipe, dataset.train.length);
    this.startedAt = options.now();
    this.lastSettledAt = this.startedAt;
    this.checkpointAt = this.startedAt;
  }

  private classifierOptions(): ClassifierOptions {
    const { base, dataset, recipe, overrides } = this.options;
    return { backend: this.backend, base, task: this.task, labels: dataset.labels, recipe, sides: this.sides, overrides };
  }

  /**
   * Everything the longest batch needs is made now, so that what it chooses can be told when the run starts, and its
   * kernels are checked. @throws WrongNumbers
   */
  async prepare(): Promise<void> {
    this.options.progress('compiling', 0, 1);
    const { session } = this.classifier;
    const rows = Math.min(this.options.recipe.training.perDeviceTrainBatchSize, this.sides.train.length);
    await session.prepare(rows, this.longestBatch());
    const result = await session.check(rows, this.longestBatch());
    if (result?.wrong) throw new WrongNumbers(result.wrong, this.backend.device.name);
  }

  get device(): DeviceDescription {
    return this.backend.device;
  }

  /** Steps that count so far. */
  get step(): number {
    return this.progress.step;
  }

  /**
   * Goes back to the last checkpoint, on another device: its weights, its moments, its place in the order of rows.
   * What was made after it is void.
   */
  moveTo(backend: Backend): void {
    // On the same kind of device batches are cut in the same way, so that the sums are the same; another has its own room.
    const rowsAtOnce = backend.id === this.backend.id ? this.classifier.session.rowsAtOnce : Infinity;
    this.classifier.dispose();
    this.backend = backend;
    this.flight = [];
    this.progress = { ...this.checkpoint.progress };
    this.classifier = new Classifier({ ...this.classifierOptions(), microBatchRows: rowsAtOnce });
    const { weights } = this.checkpoint;
    if (weights) {
      this.classifier.session.writeParameters(weights.parameters);
      this.classifier.session.writeOptimizer(weights.optimizer);
    }
    this.lastSettledAt = this.checkpointAt = this.options.now();
  }

  /** Only where a device can be lost and replaced: elsewhere the copies would be made for nothing. */
  private async keepCheckpoint(): Promise<void> {
    if (!this.options.replaceBackend || !CAN_BE_LOST[this.backend.id]) return;
    try {
      const parameters = await this.classifier.session.readParameters();
      const optimizer = await this.classifier.session.readOptimizer();
      this.checkpoint = { progress: { ...this.progress }, weights: { parameters, optimizer } };
    } catch (thrown) {
      // No room for the copies: the checkpoint before stays good.
      if (!(thrown instanceof OutOfDeviceMemory)) throw thrown;
    }
    this.lastSettledAt = this.checkpointAt = this.options.now();
  }

  dispose(): void {
    this.classifier.dispose();
  }

  started(): RunEvent {
    const { dataset, recipe, runId, version, continuedFrom, now } = this.options;
    const { training } = recipe;
    const baseline = this.task.baseline(dataset, dataset.test, dataset.train);
    const total = this.classifier.parameterCount();
    return {
      kind: 'started',
      time: now(),
      runId,
      recipe,
      device: this.backend.device,
      labels: dataset.labels,
      counts: dataset.counts,
      ...(dataset.files && { files: dataset.files }),
      baselineAccuracy: baseline?.accuracy ?? null,
      baselineLabel: baseline?.label ?? '',
      totalSteps: this.plan.totalSteps,
      stepsPerEpoch: this.plan.stepsPerEpoch,
      parameters: { total, trained: total },
      continuedFrom,
      choices: { ...this.backend.choices, ...(Number.isFinite(this.classifier.session.rowsAtOnce) && { rowsAtOnce: String(this.classifier.session.rowsAtOnce) }) },
      memory: this.classifier.session.estimateMemory(Math.min(training.perDeviceTrainBatchSize, this.sides.train.length), this.longestBatch()),
      version,
    };
  }

  /** Length of the longest batch, as it is padded. */
  private longestBatch(): number {
    return paddedLength(this.sides.train, this.classifier.maximumLength);
  }

  async head(): Promise<Map<string, Tensor>> {
    const { graph, initialized } = this.classifier;
    const names = new Set(graph.parameters.filter(({ name, part }) => part === 'head' || initialized.has(name)).map(({ name }) => name));
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

  /** @returns tokens to which the batch was padded */
  private launch(step: number, rows: readonly number[]): number {
    const { train } = this.classifier.sides;
    const { training } = this.options.recipe;
    const { totalSteps } = this.plan;
    const batch = padBatch(rows.flatMap((row) => train[row] ?? []), this.classifier.padId, this.classifier.maximumLength);
    const factor = linearSchedule(step - 1, warmupSteps(totalSteps, training.warmupRatio), totalSteps);
    const learningRate = training.learningRate * factor;
    const { seed, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm } = training;
    const result = this.classifier.session.trainStep(batch, { step, seed, learningRate, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm, dropout: true });
    // Where an earlier one fails, nobody waits for those behind it.
    result.catch(() => undefined);
    this.progress.decay *= 1 - learningRate * weightDecay;
    this.flight.push({ step, batch, learningRate, result });
    return batch.length;
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
    this.progress.tokensSeen += tokens;
    this.progress.rowsSeen += batch.rows;
    this.progress.trainingSeconds += seconds;
    this.progress.step = step;
    const width = logits.length / batch.rows;
    const { answer } = this.task;
    const accuracy = answer && batch.labels.filter((label, row) => answer(logits.subarray(row * width, (row + 1) * width)) === label).length / batch.rows;
    return { kind: 'stepped', time: now, step, epoch: step / this.plan.stepsPerEpoch, loss, accuracy, learningRate, gradientNorm, tokens, rows: batch.rows, seconds };
  }

  private diverged(step: number, tensor: string | null): AnnealError {
    return new AnnealError('run.diverged', { step, learningRate: this.options.recipe.training.learningRate, tensor, bestStep: this.progress.best?.step ?? null });
  }

  private async answered(side: 'validation' | 'test'): Promise<Answered & { logits: Float32Array[] }> {
    const logits = await this.predict(side);
    return { examples: this.options.dataset[side], rows: this.classifier.sides[side], logits };
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
    this.progress.lastEvaluated = step;
    const begin = now();
    const answered = await this.answered('validation');
    const { loss, accuracy, macroF1, own } = this.task.scores(dataset, answered);
    if (!Number.isFinite(loss)) throw this.diverged(step, null);
    const better = this.progress.best === null || loss < this.progress.best.loss;
    const candidate = better ? await this.readWeights(step, loss) : null;
    this.progress.worseEvaluations = better ? 0 : this.progress.worseEvaluations + 1;
    yield { kind: 'evaluated', time: now(), step, epoch: step / this.plan.stepsPerEpoch, loss, accuracy, macroF1, scores: own, seconds: (now() - begin) / 1000, best: better };
    const answers = new Set(this.task.answer ? answered.logits.map(this.task.answer) : []);
    this.progress.oneAnswerInARow = answers.size === 1 && dataset.labels.length > 1 && dataset.validation.length > 1 ? this.progress.oneAnswerInARow + 1 : 0;
    if (this.progress.oneAnswerInARow === 2) {
      yield { kind: 'warned', time: now(), step, warning: { kind: 'one-answer', label: dataset.labels[[...answers][0] ?? 0] ?? '' } };
    }
    if (candidate) {
      this.options.progress('saving', 0, 1);
      this.progress.best = candidate.best;
      const kept = await store.saveBestWeights(step, safetensorsChunks(candidate.full, { format: 'pt' }));
      yield { kind: 'checkpointed', time: now(), step, ...kept };
    }
    this.lastSettledAt = now();
  }

  /** A weight may be infinite while the loss is not (tanh makes 1 of it): such weights are never kept. @throws AnnealError `run.diverged` */
  private async readWeights(step: number, loss: number): Promise<{ best: Best; full: Map<string, Tensor> }> {
    const parameters = await this.classifier.session.readParameters();
    const full = await this.classifier.fullParameters(parameters, this.progress.decay);
    for (const [name, { data }] of full) if (!data.every(Number.isFinite)) throw this.diverged(step, name);
    return { best: { step, loss, parameters, decay: this.progress.decay }, full };
  }

  private async *trainSteps(): AsyncGenerator<RunEvent, 'completed' | 'early-stopping' | 'stopped' | 'max-steps'> {
    const { pause, progress, stopRequested, recipe, onBatch } = this.options;
    const { totalSteps, isEvaluated, stepsPerEpoch } = this.plan;
    if (this.shouldEndEarly()) return 'early-stopping';
    let step = 0;
    for (const { epoch, rows } of this.batches()) {
      if (step >= totalSteps) break;
      // After a device was lost: these are in the checkpoint's weights already.
      if (++step <= this.checkpoint.progress.step) continue;
      const length = this.launch(step, rows);
      onBatch?.(epoch, rows, length);
      const checkpointDue = this.options.now() - this.checkpointAt >= CHECKPOINT_SECONDS * 1000;
      const limit = isEvaluated(step) || checkpointDue ? 0 : STEPS_IN_FLIGHT[this.backend.id] - 1;
      while (this.flight.length > limit) {
        const event = await this.settle();
        if (event) yield event;
      }
      yield* this.noticeSmallerBatches(step);
      if (checkpointDue && !isEvaluated(step)) await this.keepCheckpoint();
      progress('training', step, totalSteps);
      await pause();
      if (isEvaluated(step)) {
        yield* this.evaluate(step);
        await this.keepCheckpoint();
      }
      if (stopRequested()) return 'stopped';
      if (this.shouldEndEarly()) return 'early-stopping';
    }
    return totalSteps < stepsPerEpoch * recipe.training.numTrainEpochs ? 'max-steps' : 'completed';
  }

  private *noticeSmallerBatches(step: number): Generator<RunEvent> {
    const { rowsAtOnce } = this.classifier.session;
    if (rowsAtOnce >= this.rowsAtOnce) return;
    this.rowsAtOnce = rowsAtOnce;
    yield { kind: 'warned', time: this.options.now(), step, warning: { kind: 'smaller-batches', rows: rowsAtOnce } };
  }

  private shouldEndEarly(): boolean {
    const patience = this.options.recipe.training.earlyStoppingPatience;
    return patience > 0 && this.progress.worseEvaluations >= patience;
  }

  async *train(): AsyncGenerator<RunEvent> {
    let reason: Extract<RunEvent, { kind: 'finished' }>['reason'];
    try {
      reason = yield* this.trainSteps();
      for (let event = await this.settle(); event; event = await this.settle()) yield event;
      if (this.progress.lastEvaluated !== this.progress.step) yield* this.evaluate(this.progress.step);
    } catch (thrown) {
      if (!(thrown instanceof AnnealError) || thrown.code !== 'run.diverged') throw thrown;
      yield { kind: 'failed', time: this.options.now(), step: this.progress.step, error: thrown.toData() };
      if (this.progress.best === null) return;
      reason = 'diverged';
    }
    try {
      yield await this.finish(reason);
    } catch (thrown) {
      // Without a `finished` event nothing of the run can be tried or exported.
      if (!(thrown instanceof AnnealError) || thrown.code !== 'run.wrong-numbers') throw thrown;
      yield { kind: 'failed', time: this.options.now(), step: this.progress.step, error: thrown.toData() };
    }
  }

  /** Some test rows once more on another device: a graphics card that errs now and then is found here. @throws AnnealError `run.wrong-numbers` */
  private async scoreAgain(logits: readonly Float32Array[]): Promise<void> {
    const { startReference } = this.options;
    if (!startReference || !CAN_BE_LOST[this.backend.id]) return;
    const parameters = await this.classifier.session.readParameters();
    const again = await scoreOnReference(startReference, { ...this.classifierOptions() }, parameters);
    if (!again) return;
    const { difference, allowed } = largestLogitDifference(logits.slice(0, again.length), again);
    if (!(difference <= allowed)) throw new AnnealError('run.wrong-numbers', { device: this.backend.device.name, rows: again.length, difference, allowed });
  }

  private async finish(reason: Extract<RunEvent, { kind: 'finished' }>['reason']): Promise<RunEvent> {
    const { dataset, now } = this.options;
    // Steps in flight behind the one that diverged may have changed the weights too.
    if (this.progress.best && (reason === 'diverged' || this.progress.best.step !== this.progress.step)) this.classifier.session.writeParameters(this.progress.best.parameters);
    const test = await this.answered('test');
    await this.scoreAgain(test.logits);
    const validation = this.task.usesValidation ? await this.answered('validation') : null;
    const parts = { facts: dataset, test, training: dataset.train, validation };
    const whole = this.task.report(parts);
    const report = { ...whole, ...withoutLeaks(this.task, whole, parts) };
    return {
      kind: 'finished',
      time: now(),
      step: this.progress.step,
      reason,
      bestStep: this.progress.best?.step ?? this.progress.step,
      seconds: (now() - this.startedAt) / 1000,
      tokensPerSecond: this.progress.trainingSeconds > 0 ? this.progress.tokensSeen / this.progress.trainingSeconds : 0,
      rowsPerSecond: this.progress.trainingSeconds > 0 ? this.progress.rowsSeen / this.progress.trainingSeconds : 0,
      report,
    };
  }
}
