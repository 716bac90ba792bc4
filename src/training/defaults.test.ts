import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recipeSchema, settingBounds } from '../domain';
import { defaultMaxLength, defaultRecipe, defaultsFor, LONGEST_DEFAULT_LENGTH } from './defaults';

const rowCounts = [0, 1, 3, 10, 149, 150, 999, 1000, 4999, 5000, 20_000, 1_000_000];
const labelCounts = [2, 3, 4, 20, 21, 77, 500, 20_000];
const grid = rowCounts.flatMap((rows) => labelCounts.map((labels) => ({ rows, labels })));

describe('the default recipe', () => {
  it.each(grid)('is valid for $rows rows and $labels labels', ({ rows, labels }) => {
    const recipe = defaultRecipe({ textColumn: 'text', labelColumn: 'label', rows, labels, baseModel: 'all-MiniLM-L6-v2' });
    const result = v.safeParse(recipeSchema, recipe);
    expect(result.issues).toBeUndefined();
    expect(result.output).toEqual(recipe);
  });

  it('keeps its own columns and model', () => {
    const recipe = defaultRecipe({ textColumn: 'question', labelColumn: 'intent', rows: 100, labels: 5, baseModel: 'other' });
    expect(recipe).toMatchObject({ baseModel: 'other', data: { textColumn: 'question', labelColumn: 'intent' } });
  });
});

describe('defaultsFor', () => {
  it.each(grid)('lies within the bounds of the form for $rows rows and $labels labels', ({ rows, labels }) => {
    const defaults = defaultsFor(rows, labels);
    for (const name of ['numTrainEpochs', 'learningRate', 'perDeviceTrainBatchSize'] as const) {
      const { minimum, maximum, integer } = settingBounds[name];
      expect(defaults[name], name).toBeGreaterThanOrEqual(minimum);
      expect(defaults[name], name).toBeLessThanOrEqual(maximum);
      if (integer) expect(Number.isInteger(defaults[name]), name).toBe(true);
    }
  });

  it('never passes more often over more rows', () => {
    for (const labels of labelCounts) {
      const epochs = rowCounts.map((rows) => defaultsFor(rows, labels).numTrainEpochs);
      expect(epochs).toEqual([...epochs].sort((left, right) => right - left));
    }
  });
});

describe('defaultMaxLength', () => {
  it('follows the texts between the lower bound, the longest default and the model', () => {
    expect(defaultMaxLength(40, 512)).toBe(40);
    expect(defaultMaxLength(3, 512)).toBe(settingBounds.maxLength.minimum);
    expect(defaultMaxLength(0, 512)).toBe(settingBounds.maxLength.minimum);
    expect(defaultMaxLength(400, 512)).toBe(LONGEST_DEFAULT_LENGTH);
    expect(defaultMaxLength(400, 64)).toBe(64);
  });
});
