import { describe, expect, it } from 'vitest';
import type { LabelFix, Recipe, RowLabel, Table, TaskId } from '../domain';
import { applyFixes } from './fixes';
import { fixesWith, readRowLabel } from './rowLabel';
import { read, recipeOf } from './testTable';

function recipeFor(task: TaskId, data: Partial<Recipe['data']> = {}): Recipe {
  return { ...recipeOf({ data }), task };
}

/** The recipe's fixes after the second row (row 3 of the file) was given that label. */
function relabel(table: Table, recipe: Recipe, label: RowLabel, labels: string[] = []): LabelFix[] | null {
  const fixed = applyFixes(table, undefined, recipe.data.fixes ?? []).table;
  return fixesWith({ original: table, fixed, recipe, place: 1, at: { file: 'data', row: 3 }, labels }, label);
}

const after = (recipe: Recipe, fixes: LabelFix[] | null): Recipe => ({ ...recipe, data: { ...recipe.data, fixes: fixes ?? [] } });
const fix = (to: string, column = 'label'): LabelFix => ({ file: 'data', row: 3, column, to });

describe('a class', () => {
  const recipe = recipeFor('single-label-classification');

  it('is read as the label that its spelling means', async () => {
    const table = await read('text,label\na,x\nb, SPAM \n');
    expect(readRowLabel(table, recipe, 1, ['spam'])).toEqual({ kind: 'class', label: 'spam' });
    expect(readRowLabel(table, recipe, 1, ['other'])).toEqual({ kind: 'class', label: 'SPAM' });
    expect(readRowLabel(table, recipeFor('single-label-classification', { tidyLabels: false }), 1, ['spam'])).toEqual({ kind: 'class', label: 'SPAM' });
  });

  it('is changed by one entry, and by none where the file says it already', async () => {
    const table = await read('text,label\na,x\nb,y\n');
    const changed = relabel(table, recipe, { kind: 'class', label: ' __proto__ ' });
    expect(changed).toEqual([fix('__proto__')]);
    expect(relabel(table, after(recipe, changed), { kind: 'class', label: 'x' })).toEqual([fix('__proto__'), fix('x')]);
    expect(relabel(table, after(recipe, changed), { kind: 'class', label: '__proto__' })).toEqual(changed);
    expect(relabel(table, after(recipe, changed), { kind: 'class', label: 'y' })).toEqual([]);
    expect(relabel(table, recipe, { kind: 'class', label: '\u200b ' })).toBeNull();
  });
});

describe('a number', () => {
  it('must be one', async () => {
    const table = await read('text,label\na,1\nb,2\n');
    const recipe = recipeFor('regression');
    expect(readRowLabel(table, recipe, 1, [])).toEqual({ kind: 'number', value: '2' });
    expect(relabel(table, recipe, { kind: 'number', value: ' 2.5 ' })).toEqual([fix('2.5')]);
    expect(relabel(table, recipe, { kind: 'number', value: 'many' })).toBeNull();
  });
});

describe('a set of labels', () => {
  const recipe = recipeFor('multi-label-classification');

  it('is written as the column writes it where that can be read back', async () => {
    const table = await read('text,label\na,x|y\nb,y\n');
    const set = (...labels: string[]): RowLabel => ({ kind: 'labels', labels });
    expect(readRowLabel(table, recipe, 0, [])).toEqual(set('x', 'y'));
    for (const labels of [['x', 'z'], ['x'], [], ['a;b', 'c'], ['a|b'], ['["q"]'], ['[', '__proto__']]) {
      const fixes = relabel(table, recipe, set(...labels));
      const fixed = applyFixes(table, undefined, fixes ?? []).table;
      expect(readRowLabel(fixed, recipe, 1, [])).toEqual(set(...labels));
      expect(readRowLabel(fixed, recipe, 0, [])).toEqual(set('x', 'y'));
    }
    expect(relabel(table, recipe, set('x', 'z'))).toEqual([fix('x|z')]);
    expect(relabel(table, recipe, set('y', 'y'))).toEqual([]);
  });

  it('of 0/1 columns gets an entry for each column that changes', async () => {
    const table = await read('text,joy,fear,rage\na,0,1,0\nb, 1 ,0,0.0\n');
    const oneHot = recipeFor('multi-label-classification', { labelColumn: 'joy', labelColumns: ['joy', 'fear', 'rage'] });
    expect(readRowLabel(table, oneHot, 1, [])).toEqual({ kind: 'labels', labels: ['joy'] });
    const changed = relabel(table, oneHot, { kind: 'labels', labels: ['joy', 'fear'] });
    expect(changed).toEqual([fix('1', 'fear')]);
    expect(relabel(table, after(oneHot, changed), { kind: 'labels', labels: ['joy'] })).toEqual([]);
  });
});

describe('tags', () => {
  it('are one a word, and unreadable where they do not pair', async () => {
    const table = await read('text,label\na b,O\nAnna lives,B-PER O\n');
    const recipe = recipeFor('token-classification');
    expect(readRowLabel(table, recipe, 0, [])).toBeNull();
    expect(readRowLabel(table, recipe, 1, [])).toEqual({ kind: 'tags', words: ['Anna', 'lives'], tags: ['B-PER', 'O'] });
    expect(relabel(table, recipe, { kind: 'tags', words: ['Anna', 'lives'], tags: ['O', 'O'] })).toEqual([fix('O O')]);
    expect(relabel(table, recipe, { kind: 'tags', words: ['Anna', 'lives'], tags: ['O', ''] })).toBeNull();
  });

  it('are written as character ranges where the file has those', async () => {
    const table = await read('text,label\nso it is,[]\nAnna lives,"[[0,4,""PER""]]"\n');
    const recipe = recipeFor('token-classification');
    const words = ['Anna', 'lives'];
    expect(readRowLabel(table, recipe, 0, [])).toEqual({ kind: 'tags', words: ['so', 'it', 'is'], tags: ['O', 'O', 'O'] });
    expect(readRowLabel(table, recipe, 1, [])).toEqual({ kind: 'tags', words, tags: ['B-PER', 'O'] });
    const changed = relabel(table, recipe, { kind: 'tags', words, tags: ['B-PER', 'I-PER'] });
    expect(changed).toEqual([fix('[{"start":0,"end":10,"label":"PER"}]')]);
    const fixed = applyFixes(table, undefined, changed ?? []).table;
    expect(readRowLabel(fixed, recipe, 1, [])).toEqual({ kind: 'tags', words, tags: ['B-PER', 'I-PER'] });
    expect(relabel(table, after(recipe, changed), { kind: 'tags', words, tags: ['B-PER', 'O'] })).toEqual([]);
  });
});
