import { describe, expect, it } from 'vitest';
import { isOlderThanData, type DataFiles } from './dataFiles';
import type { LabelFix } from './fixes';
import type { Recipe } from './recipe';
import { exampleRecipe as recipe } from './recipe.fixture';

const files: DataFiles = { data: { name: 'a.csv', bytes: 10, sha256: '0a' }, test: { name: 'b.csv', bytes: 5, sha256: '0b' } };
const withData = (data: Partial<Recipe['data']>): Recipe => ({ ...recipe, data: { ...recipe.data, ...data } });
const isOlder = (before: Recipe, now: Recipe): boolean => isOlderThanData({ recipe: before, files }, { recipe: now, files });
const fix = (row: number, to: string): LabelFix => ({ file: 'data', row, column: 'label', to });

describe('a report and its data', () => {
  it('go together while only settings change', () => {
    expect(isOlder(recipe, structuredClone(recipe))).toBe(false);
    expect(isOlder(recipe, { ...recipe, training: { ...recipe.training, learningRate: 1e-3, numTrainEpochs: 9 } })).toBe(false);
  });

  it('part with a fixed label, and come together again when it is undone', () => {
    const fixed = withData({ fixes: [fix(2, 'a')] });
    expect(isOlder(recipe, fixed)).toBe(true);
    expect(isOlder(fixed, withData({ fixes: [fix(2, 'b')] }))).toBe(true);
    expect(isOlder(recipe, withData({ fixes: [] }))).toBe(false);
    expect(isOlder(withData({ fixes: [fix(2, 'a'), fix(3, 'b')] }), withData({ fixes: [fix(3, 'c'), fix(3, 'b'), fix(2, 'a')] }))).toBe(false);
  });

  it('part with a mend, whatever the order, a column, a label choice, a task and a split', () => {
    expect(isOlder(recipe, withData({ mends: [{ finding: 'duplicates' }] }))).toBe(true);
    expect(isOlder(withData({ mends: [{ finding: 'conflicts' }, { finding: 'duplicates' }] }), withData({ mends: [{ finding: 'duplicates' }, { finding: 'conflicts' }] }))).toBe(false);
    expect(isOlder(recipe, withData({ mends: [] }))).toBe(false);
    expect(isOlder(recipe, withData({ labelColumn: 'other' }))).toBe(true);
    const rare = JSON.parse('{"__proto__":{"action":"leave-out"}}') as Recipe['data']['rareLabels'];
    expect(isOlder(recipe, withData({ rareLabels: rare }))).toBe(true);
    expect(isOlder(recipe, { ...recipe, task: 'regression' })).toBe(true);
    expect(isOlder(recipe, { ...recipe, split: { ...recipe.split, testFraction: 0.2 } })).toBe(true);
  });

  it('part with another file, also one of the same name and size, and with none', () => {
    const now = (test: DataFiles['test']): boolean => isOlderThanData({ recipe, files }, { recipe, files: { ...files, test } });
    expect(now({ name: 'b.csv', bytes: 5, sha256: '0b' })).toBe(false);
    expect(now({ name: 'b.csv', bytes: 5, sha256: '0c' })).toBe(true);
    expect(now(null)).toBe(true);
  });

  it('are held against the recipe alone where a log knows no files', () => {
    expect(isOlderThanData({ recipe, files: null }, { recipe, files })).toBe(false);
    expect(isOlderThanData({ recipe, files: null }, { recipe: withData({ fixes: [fix(2, 'a')] }), files })).toBe(true);
  });
});
