import { describe, expect, it } from 'vitest';
import { parseRecipe, readingChoice } from './recipe';

const recipe = {
  version: 1,
  task: 'single-label-classification',
  baseModel: 'base',
  method: 'full',
  data: { textColumn: 'text', labelColumn: 'label', tidyLabels: true, rareLabels: {} },
  split: { testSource: 'split', validationFraction: 0.1, testFraction: 0.1 },
  sample: { kind: 'all' },
  training: {
    numTrainEpochs: 4,
    maxSteps: -1,
    learningRate: 2e-4,
    lrSchedulerType: 'linear',
    warmupRatio: 0.1,
    weightDecay: 0.01,
    adamBeta1: 0.9,
    adamBeta2: 0.999,
    adamEpsilon: 1e-8,
    maxGradNorm: 1,
    perDeviceTrainBatchSize: 8,
    perDeviceEvalBatchSize: 32,
    groupByLength: true,
    maxLength: 64,
    seed: 42,
    earlyStoppingPatience: 0,
  },
};

describe('the sheet in a recipe', () => {
  it('may be absent, as in recipes from before there were sheets', () => {
    expect(parseRecipe(recipe).data).toEqual(recipe.data);
    expect(parseRecipe({ ...recipe, data: { ...recipe.data, sheet: '第二页' } }).data.sheet).toBe('第二页');
    expect(() => parseRecipe({ ...recipe, data: { ...recipe.data, sheet: 2 } })).toThrow();
  });

  it('is read back as a choice, with what else was chosen, and nothing where it is not valid', () => {
    expect(readingChoice({ ...recipe.data, encoding: 'gb18030', hasHeader: false, sheet: '' })).toEqual({ encoding: 'gb18030', hasHeader: false, sheet: '' });
    const mended = { openQuote: 'rows-before', mixedEncoding: 'each-part', damagedRows: 'leave-out', raggedRows: 'use' } as const;
    expect(readingChoice({ ...recipe.data, ...mended })).toEqual(mended);
    expect(readingChoice(recipe.data)).toEqual({});
    expect(readingChoice({ sheet: 2 })).toEqual({});
    expect(readingChoice(undefined)).toEqual({});
  });
});
