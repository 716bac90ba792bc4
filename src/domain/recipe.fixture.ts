/** A small valid recipe, for tests. */
import type { Recipe } from './recipe';

export const exampleRecipe: Recipe = {
  version: 1,
  task: 'single-label-classification',
  baseModel: 'base',
  method: 'full',
  data: { textColumn: 'text', labelColumn: 'label', tidyLabels: true, rareLabels: {} },
  split: { testSource: 'split', validationFraction: 0.1, testFraction: 0.1 },
  sample: { kind: 'all' },
  training: {
    numTrainEpochs: 1,
    maxSteps: -1,
    learningRate: 5e-5,
    lrSchedulerType: 'linear',
    warmupRatio: 0.1,
    weightDecay: 0.01,
    adamBeta1: 0.9,
    adamBeta2: 0.999,
    adamEpsilon: 1e-8,
    maxGradNorm: 1,
    perDeviceTrainBatchSize: 8,
    perDeviceEvalBatchSize: 8,
    groupByLength: true,
    maxLength: 128,
    seed: 42,
    earlyStoppingPatience: 2,
  },
};
