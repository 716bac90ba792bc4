import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../domain';
import { defaultRecipe } from '../../training';
import { withKeptChoices } from './keptChoices';

const base = (textColumn: string, labelColumn: string): Recipe => defaultRecipe({ textColumn, labelColumn, rows: 100, labels: 2, baseModel: 'all-MiniLM-L6-v2' });
const guessed = base('text', 'label');
const columns = ['text', 'label', 'topic', 'person'];

describe('choices after a file was read again', () => {
  it('keeps columns, task, split and changed settings', () => {
    const recipe: Recipe = {
      ...guessed,
      task: 'multi-label-classification',
      data: { ...guessed.data, labelColumn: 'topic' },
      split: { ...guessed.split, testSource: 'file', testFraction: 0.3, by: { kind: 'group', column: 'person' } },
      training: { ...guessed.training, learningRate: 1e-4 },
    };
    const fresh: Recipe = { ...guessed, data: { ...guessed.data, delimiter: ';' }, training: { ...guessed.training, maxLength: 77 } };
    const kept = withKeptChoices({ recipe, defaultRecipe: guessed }, fresh, columns);
    expect(kept).toMatchObject({ task: recipe.task, data: { labelColumn: 'topic', delimiter: ';' }, training: { learningRate: 1e-4, maxLength: 77 } });
    expect(kept.split).toEqual({ ...recipe.split, testSource: 'split' });
  });

  it('takes what is guessed where a chosen column is gone', () => {
    const recipe: Recipe = { ...guessed, data: { ...guessed.data, labelColumn: 'topic' } };
    const fresh = base('column 1', 'column 2');
    expect(withKeptChoices({ recipe, defaultRecipe: guessed }, fresh, ['column 1', 'column 2'])).toBe(fresh);
  });

  it('parts the rows by their labels where the column that decided is gone', () => {
    const recipe: Recipe = { ...guessed, split: { ...guessed.split, by: { kind: 'time', column: 'date' } } };
    expect(withKeptChoices({ recipe, defaultRecipe: guessed }, guessed, columns).split).toEqual(guessed.split);
  });

  it('keeps labels that were put right, but not in another encoding or sheet, nor of a test file', () => {
    const fix = (file: 'data' | 'test') => ({ file, row: 3, column: 'label', to: 'x' });
    const recipe: Recipe = { ...guessed, data: { ...guessed.data, fixes: [fix('data'), fix('test')], mends: [{ finding: 'duplicates' }] } };
    const read = (data: Partial<Recipe['data']>) => withKeptChoices({ recipe, defaultRecipe: guessed }, { ...guessed, data: { ...guessed.data, ...data } }, columns).data;
    expect(read({ raggedRows: 'use' })).toMatchObject({ fixes: [fix('data')], mends: [{ finding: 'duplicates' }], raggedRows: 'use' });
    expect(read({ encoding: 'gb18030' })).not.toHaveProperty('fixes');
    expect(read({ sheet: 'second' })).not.toHaveProperty('mends');
  });

  it('has one text and one column of labels where that was chosen in place of several', () => {
    const fresh: Recipe = { ...guessed, data: { ...guessed.data, textPairColumn: 'topic', labelColumns: ['label', 'person'] } };
    const kept = withKeptChoices({ recipe: guessed, defaultRecipe: fresh }, fresh, columns);
    expect(kept.data).not.toHaveProperty('textPairColumn');
    expect(kept.data).not.toHaveProperty('labelColumns');
  });
});
