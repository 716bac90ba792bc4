/** The recipe before anyone changed it. Where the figures come from: docs/decisions.md, "The default recipe". */
import { defaultTask, type Recipe, type TaskId, type TrainingSettings } from '../domain';

/** Longest default on a CPU; the person can raise it to the model's own limit. */
export const LONGEST_DEFAULT_LENGTH = 128;

export const defaultTraining: TrainingSettings = {
  numTrainEpochs: 3,
  maxSteps: -1,
  learningRate: 2e-4,
  lrSchedulerType: 'linear',
  warmupRatio: 0.1,
  weightDecay: 0.01,
  adamBeta1: 0.9,
  adamBeta2: 0.999,
  adamEpsilon: 1e-8,
  maxGradNorm: 1,
  perDeviceTrainBatchSize: 16,
  perDeviceEvalBatchSize: 32,
  groupByLength: true,
  maxLength: LONGEST_DEFAULT_LENGTH,
  seed: 42,
  earlyStoppingPatience: 3,
};

/** Two or three labels (opinions, spam) are learnt best at a lower rate; many labels need a higher one. */
function defaultLearningRate(labels: number): number {
  if (labels <= 3) return 1e-4;
  return labels <= 20 ? 2e-4 : 3e-4;
}

/** The same tokens in smaller batches make more steps, which few rows or many labels need. */
function defaultBatchSize(rows: number, labels: number): number {
  return rows < 1000 || rows / labels < 50 ? 8 : 16;
}

/** Passes over the data: few rows need more, many rows and few labels less. */
function defaultEpochs(rows: number, labels: number): number {
  if (labels > 20) return 5;
  if (rows < 150) return 10;
  if (rows < 1000) return 4;
  return rows < 5000 && labels > 3 ? 3 : 2;
}

/** @param rows rows to learn from */
export function defaultsFor(rows: number, labels: number): Pick<TrainingSettings, 'numTrainEpochs' | 'learningRate' | 'perDeviceTrainBatchSize'> {
  return {
    numTrainEpochs: defaultEpochs(rows, labels),
    learningRate: defaultLearningRate(labels),
    perDeviceTrainBatchSize: defaultBatchSize(rows, labels),
  };
}

/** @param percentile95 tokens that 95 in 100 texts do not exceed */
export function defaultMaxLength(percentile95: number, modelLimit: number): number {
  return Math.max(8, Math.min(LONGEST_DEFAULT_LENGTH, modelLimit, percentile95));
}

export interface RecipeFacts {
  textColumn: string;
  labelColumn: string;
  /** As guessed; single-label classification where not given. */
  task?: TaskId;
  textPairColumn?: string | null;
  labelColumns?: string[] | null;
  /** Rows of the file, and different labels. */
  rows: number;
  labels: number;
  baseModel: string;
}

export function defaultRecipe({ textColumn, labelColumn, task = defaultTask, textPairColumn, labelColumns, rows, labels, baseModel }: RecipeFacts): Recipe {
  return {
    version: 1,
    task,
    baseModel,
    method: 'full',
    data: { textColumn, labelColumn, ...(textPairColumn && { textPairColumn }), ...(labelColumns && { labelColumns }), tidyLabels: true, rareLabels: {} },
    split: { testSource: 'split', validationFraction: 0.1, testFraction: 0.1 },
    sample: { kind: 'all' },
    training: { ...defaultTraining, ...defaultsFor(Math.round(rows * 0.8), labels) },
  };
}
