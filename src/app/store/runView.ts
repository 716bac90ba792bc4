/**
 * A run as the page shows it: a projection of its event log and of nothing else. Pure, so that a chart after a reload
 * is the chart of the live run.
 */
import type { DataFiles, DeviceDescription, ErrorData, MemoryEstimate, Recipe, Report, RunEvent, RunWarning } from '../../domain';

export interface TrainingPoint {
  step: number;
  epoch: number;
  loss: number;
  /** Exponential mean of the losses so far, corrected for its start. */
  smoothed: number;
  /** Null where the task has no single answer a row. */
  accuracy: number | null;
  learningRate: number;
}

export interface ValidationPoint {
  step: number;
  epoch: number;
  loss: number;
  accuracy: number | null;
  macroF1: number | null;
  best: boolean;
}

export type RunEnd = 'completed' | 'early-stopping' | 'stopped' | 'max-steps' | 'diverged' | 'failed' | null;

export interface RunView {
  runId: string | null;
  recipe: Recipe | null;
  /** Null for a run of before this was kept. */
  files: DataFiles | null;
  device: DeviceDescription | null;
  labels: string[];
  baseline: { label: string; accuracy: number } | null;
  totalSteps: number;
  stepsPerEpoch: number;
  parameters: { total: number; trained: number } | null;
  continuedFrom: { runId: string; step: number } | null;
  /** What, besides the recipe, decided the bits; empty for a run of before this was kept. */
  choices: Record<string, string>;
  memory: MemoryEstimate | null;
  version: string | null;
  /** The newest step and where in the epochs it is. */
  step: number;
  epoch: number;
  loss: number | null;
  training: TrainingPoint[];
  validation: ValidationPoint[];
  best: ValidationPoint | null;
  warnings: RunWarning[];
  /** Where a lost device made the run go back. */
  resumed: { step: number; lostAt: number }[];
  error: ErrorData | null;
  report: Report | null;
  end: RunEnd;
  /** Measured over the newest steps; null before the first. */
  rowsPerSecond: number | null;
  tokensPerSecond: number | null;
  /** From measured seconds only, so that sleep and a changed clock do not count. Null before there is a measure. */
  secondsLeft: number | null;
  secondsUsed: number;
}

type Stepped = Extract<RunEvent, { kind: 'stepped' }>;

/** Steps that speed and time left are measured over. */
const recentSteps = 20;
const smoothing = 0.9;

function emptyView(): RunView {
  return {
    runId: null,
    recipe: null,
    files: null,
    device: null,
    labels: [],
    baseline: null,
    totalSteps: 0,
    stepsPerEpoch: 0,
    parameters: null,
    continuedFrom: null,
    choices: {},
    memory: null,
    version: null,
    step: 0,
    epoch: 0,
    loss: null,
    training: [],
    validation: [],
    best: null,
    warnings: [],
    resumed: [],
    error: null,
    report: null,
    end: null,
    rowsPerSecond: null,
    tokensPerSecond: null,
    secondsLeft: null,
    secondsUsed: 0,
  };
}

function measureSpeed(view: RunView, steps: Stepped[], evaluationSeconds: number): void {
  const recent = steps.slice(-recentSteps);
  const seconds = recent.reduce((sum, step) => sum + step.seconds, 0);
  if (recent.length === 0 || seconds <= 0) return;
  view.rowsPerSecond = recent.reduce((sum, step) => sum + step.rows, 0) / seconds;
  view.tokensPerSecond = recent.reduce((sum, step) => sum + step.tokens, 0) / seconds;
  const stepsLeft = Math.max(0, view.totalSteps - view.step);
  // Evaluations cost what they cost so far, spread over the steps.
  view.secondsLeft = stepsLeft * (seconds / recent.length + evaluationSeconds / Math.max(1, view.step));
}

export function projectRun(events: readonly RunEvent[]): RunView {
  const view = emptyView();
  const steps: Stepped[] = [];
  let mean = 0;
  let weight = 0;
  let evaluationSeconds = 0;
  const smooth = (loss: number): void => {
    mean = smoothing * mean + (1 - smoothing) * loss;
    weight = smoothing * weight + (1 - smoothing);
  };

  for (const event of events) {
    switch (event.kind) {
      case 'started':
        view.runId = event.runId;
        view.recipe = event.recipe;
        view.files = event.files ?? null;
        view.device = event.device;
        view.labels = event.labels;
        view.baseline = event.baselineAccuracy === null ? null : { label: event.baselineLabel, accuracy: event.baselineAccuracy };
        view.totalSteps = event.totalSteps;
        view.stepsPerEpoch = event.stepsPerEpoch;
        view.parameters = event.parameters;
        view.continuedFrom = event.continuedFrom;
        // A log of an older version lacks both.
        view.choices = event.choices ?? {};
        view.memory = event.memory ?? null;
        view.version = event.version;
        break;
      case 'stepped':
        steps.push(event);
        view.step = event.step;
        view.epoch = event.epoch;
        view.loss = event.loss;
        view.secondsUsed += event.seconds;
        // A loss that is no number has no place in a chart; the `failed` event says where it happened.
        if (!Number.isFinite(event.loss)) break;
        smooth(event.loss);
        view.training.push({
          step: event.step,
          epoch: event.epoch,
          loss: event.loss,
          smoothed: mean / weight,
          accuracy: event.accuracy,
          learningRate: event.learningRate,
        });
        break;
      case 'evaluated': {
        const { step, epoch, loss, accuracy, macroF1, best } = event;
        const point = { step, epoch, loss, accuracy, macroF1, best };
        view.validation.push(point);
        if (best) view.best = point;
        evaluationSeconds += event.seconds;
        view.secondsUsed += event.seconds;
        break;
      }
      case 'warned':
        view.warnings.push(event.warning);
        break;
      case 'failed':
        view.error = event.error;
        view.end = 'failed';
        break;
      case 'finished':
        view.end = event.reason;
        view.report = event.report;
        view.rowsPerSecond = event.rowsPerSecond;
        view.tokensPerSecond = event.tokensPerSecond;
        view.secondsUsed = event.seconds;
        view.best = view.validation.findLast((point) => point.step === event.bestStep) ?? view.best;
        break;
      case 'resumed': {
        // What came after the checkpoint is void and will come again.
        const counts = ({ step }: { step: number }): boolean => step <= event.step;
        view.device = event.device;
        view.step = event.step;
        view.training = view.training.filter(counts);
        view.validation = view.validation.filter(counts);
        view.best = view.validation.findLast(({ best }) => best) ?? null;
        steps.splice(0, steps.length, ...steps.filter(counts));
        view.epoch = steps.at(-1)?.epoch ?? 0;
        view.loss = steps.at(-1)?.loss ?? null;
        [mean, weight] = [0, 0];
        for (const point of view.training) smooth(point.loss);
        view.resumed.push({ step: event.step, lostAt: event.lostAt });
        break;
      }
      case 'checkpointed':
      case 'paused':
        break;
    }
  }

  if (view.end === null) measureSpeed(view, steps, evaluationSeconds);
  return view;
}

/** At most `limit` points, spread evenly, first and last among them: a chart has no more pixels than that. */
export function thinned<Point>(points: readonly Point[], limit: number): Point[] {
  if (points.length <= limit) return [...points];
  const gap = (points.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, index) => points[Math.round(index * gap)] as Point);
}

/** Share of the run done, for bars and the tab's title. */
export function progressOf(view: RunView): number {
  return view.totalSteps > 0 ? Math.min(1, view.step / view.totalSteps) : 0;
}
