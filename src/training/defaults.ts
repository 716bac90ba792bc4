/** The recipe before anyone changed it. Where the figures come from: docs/decisions.md, "The default recipe". */
import type { Recipe, TrainingSettings } from '../domain';

/** Optimizer steps that a run should have at least, so that small data sets still learn. */
const FEWEST_STEPS = 150;
/** More passes than this over few rows learn them by heart. */
const MOST_EPOCHS = 12;
const FEWEST_EPOCHS = 3;
export const DEFAULT_BATCH_SIZE = 16;
/** Longest default on a CPU; the person can raise it to the model's own limit. */
export const LONGEST_DEFAULT_LENGTH = 128;

export const defaultTraining: TrainingSettings = {
  numTrainEpochs: FEWEST_EPOCHS,
  maxSteps: -1,
  learningRate: 1e-4,
  lrSchedulerType: 'linear',
  warmupRatio: 0.1,
  weightDecay: 0.01,
  adamBeta1: 0.9,
  adamBeta2: 0.999,
  adamEpsilon: 1e-8,
  maxGradNorm: 1,
  perDeviceTrainBatchSize: DEFAULT_BATCH_SIZE,
  perDeviceEvalBatchSize: 32,
  groupByLength: true,
  maxLength: LONGEST_DEFAULT_LENGTH,
  seed: 42,
  earlyStoppingPatience: 3,
};

/** Epochs by training rows. @param rows rows to learn from */
export function defaultEpochs(rows: number): number {
  const stepsPerEpoch = Math.max(1, Math.ceil(rows / DEFAULT_BATCH_SIZE));
  return Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.ceil(FEWEST_STEPS / stepsPerEpoch)));
}

/** @param percentile95 tokens that 95 in 100 texts do not exceed */
export function defaultMaxLength(percentile95: number, modelLimit: number): number {
  return Math.max(8, Math.min(LONGEST_DEFAULT_LENGTH, modelLimit, percentile95));
}

export function defaultRecipe(columns: { textColumn: string; labelColumn: string }, rows: number, baseModel: string): Recipe {
  return {
    version: 1,
    task: 'single-label-classification',
    baseModel,
    method: 'full',
    data: { ...columns, tidyLabels: true, rareLabels: {} },
    split: { testSource: 'split', validationFraction: 0.1, testFraction: 0.1 },
    sample: { kind: 'all' },
    training: { ...defaultTraining, numTrainEpochs: defaultEpochs(Math.round(rows * 0.8)) },
  };
}
