import { describe, expect, it } from 'vitest';
import { parseRecipe, type Dataset, type LabelFix, type Recipe, type TaskId } from '../domain';
import { applyFixes } from './fixes';
import { prepareDataset } from './prepareDataset';
import { read, recipeOf } from './testTable';

const lines = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index)).join('\n');
const fix = (row: number, to: string, column = 'label', file: LabelFix['file'] = 'data'): LabelFix => ({ file, row, column, to });

function recipeFor(task: TaskId, data: Partial<Recipe['data']>): Recipe {
  return { ...recipeOf({ data }), task };
}

function targetOf({ train, validation, test, labels }: Dataset, row: number): unknown {
  const target = [...train, ...validation, ...test].find((example) => example.row === row)?.target;
  if (target?.kind === 'class') return labels[target.label];
  if (target?.kind === 'number') return target.value;
  return target?.labels.map((label) => labels[label]);
}

describe('applyFixes', () => {
  it('changes cells and leaves the table and every other column as they are', async () => {
    const table = await read('text,label,other\na,x,1\nb,y,2\n');
    const { table: fixed, outcome } = applyFixes(table, undefined, [fix(3, 'z'), fix(3, 'x')]);
    expect([...(fixed.columns[1]?.cells ?? [])]).toEqual(['x', 'x']);
    expect([...(table.columns[1]?.cells ?? [])]).toEqual(['x', 'y']);
    expect(fixed.columns[0]).toBe(table.columns[0]);
    expect(fixed.columns[2]).toBe(table.columns[2]);
    expect(outcome).toEqual({ rows: 1, missing: 0 });
    expect(applyFixes(table, undefined, []).table).toBe(table);
  });

  it('counts rows and files that are not there, and refuses a column that is not', async () => {
    const table = await read('text,label\na,x\nb,y\n');
    const { outcome } = applyFixes(table, undefined, [fix(2, 'z'), fix(99, 'z'), fix(2, 'z', 'label', 'test')]);
    expect(outcome).toEqual({ rows: 1, missing: 2 });
    expect(() => applyFixes(table, undefined, [fix(2, 'z', '__proto__')])).toThrow('data.missing-column');
    expect(() => applyFixes(table, table, [fix(2, 'z', 'gone', 'test')])).toThrow('data.missing-column');
  });
});

describe('fixed labels in a data set', () => {
  it('are classes, new ones and ones named like a property of objects too', async () => {
    const table = await read(`text,label\n${lines(40, (row) => `text ${row},${row % 2 ? 'yes' : 'no'}`)}\n`);
    const fixes = [fix(2, '__proto__'), fix(3, '__proto__'), fix(4, '__proto__'), fix(5, 'constructor'), fix(6, ' yes ')];
    const dataset = await prepareDataset(table, recipeFor('single-label-classification', { fixes }));
    expect(dataset.labels).toEqual(['__proto__', 'constructor', 'no', 'yes']);
    expect([2, 3, 5, 6, 8].map((row) => targetOf(dataset, row))).toEqual(['__proto__', '__proto__', 'constructor', 'yes', 'no']);
    expect(dataset.counts.fixed).toEqual({ rows: 5, missing: 0 });
    expect((await prepareDataset(table, recipeOf())).counts.fixed).toBeUndefined();
  });

  it('take the place of the cell before spellings, mends and empty labels are looked at', async () => {
    const table = await read(`text,label\n${lines(40, (row) => `text ${row},${row === 0 ? '' : row % 2 ? 'yes' : 'no'}`)}\nsame,yes\nsame,no\n`);
    const dataset = await prepareDataset(table, recipeFor('single-label-classification', { fixes: [fix(2, 'yes'), fix(43, 'YES')], mends: [{ finding: 'conflicts' }] }));
    expect(dataset.counts.setAside).toEqual([]);
    expect(targetOf(dataset, 2)).toBe('yes');
    expect(targetOf(dataset, 43)).toBe('yes');
  });

  it('are of the test file where they say so', async () => {
    const table = await read(`text,label\n${lines(40, (row) => `text ${row},${row % 2 ? 'yes' : 'no'}`)}\n`);
    const test = await read('text,label\nnew one,no\nnew two,yes\n');
    const dataset = await prepareDataset(table, recipeFor('single-label-classification', { fixes: [fix(2, 'yes', 'label', 'test')] }), { testTable: test });
    expect(dataset.test.map(({ target }) => target.kind === 'class' && dataset.labels[target.label])).toEqual(['yes', 'yes']);
    expect(dataset.counts.fixed).toEqual({ rows: 1, missing: 0 });
  });

  it('are classes of pairs', async () => {
    const table = await read(`text,other,label\n${lines(40, (row) => `text ${row},other ${row},${row % 2 ? 'yes' : 'no'}`)}\n`);
    const dataset = await prepareDataset(table, recipeFor('text-pair-classification', { textPairColumn: 'other', fixes: [fix(2, 'yes')] }));
    expect(targetOf(dataset, 2)).toBe('yes');
  });

  it('are numbers, label sets, 0/1 columns and tags', async () => {
    const numbers = await read(`text,label\n${lines(40, (row) => `text ${row},${row}`)}\n`);
    expect(targetOf(await prepareDataset(numbers, recipeFor('regression', { fixes: [fix(2, '7.5')] })), 2)).toBe(7.5);
    const sets = await read(`text,label\n${lines(60, (row) => `text ${row},${['a|b', 'a', '', 'b'][row % 4]}`)}\n`);
    expect(targetOf(await prepareDataset(sets, recipeFor('multi-label-classification', { fixes: [fix(2, '["b","c"]')] })), 2)).toEqual(['b', 'c']);
    const oneHot = await read(`text,joy,fear\n${lines(60, (row) => `text ${row},${row % 2},${row % 3 ? 0 : 1}`)}\n`);
    const columns = { labelColumns: ['joy', 'fear'], labelColumn: 'joy', fixes: [fix(2, '1', 'joy'), fix(2, '0', 'fear')] };
    expect(targetOf(await prepareDataset(oneHot, recipeFor('multi-label-classification', columns)), 2)).toEqual(['joy']);
    const tags = await read(`text,label\n${lines(30, (row) => `Anna lives ${row},B-PER O O`)}\n`);
    const tagged = await prepareDataset(tags, recipeFor('token-classification', { fixes: [fix(2, 'O O B-NUM')] }));
    expect(targetOf(tagged, 2)).toEqual(['O', 'O', 'B-NUM']);
  });

  it('are a part of a recipe, which older ones lack', () => {
    const recipe = recipeOf({ data: { fixes: [fix(2, '__proto__')] } });
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    expect(parseRecipe(recipeOf()).data.fixes).toBeUndefined();
    for (const wrong of [{ ...fix(2, 'a'), row: 1.5 }, { ...fix(2, 'a'), row: -1 }, { ...fix(2, 'a'), file: 'other' }, { ...fix(2, 'a'), to: 3 }]) {
      expect(() => parseRecipe({ ...recipe, data: { ...recipe.data, fixes: [wrong] } })).toThrow('recipe.invalid');
    }
  });
});
