import { describe, expect, it } from 'vitest';
import type { Dataset, Recipe, TaskId } from '../domain';
import { readTable } from './importTable';
import { prepareDataset } from './prepareDataset';
import { quotedItems, readLabelSet, readNumber, readTags } from './targetCells';
import { bytesOf, read, recipeOf } from './testTable';

const rows = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index)).join('\n');

function recipeFor(task: TaskId, data: Partial<Recipe['data']> = {}): Recipe {
  return { ...recipeOf({ data }), task };
}

/** Every row of the file is on one side or put aside with a reason. */
function expectAccounted({ counts, train, validation, test }: Dataset): void {
  expect(counts.rows.used + counts.rows.setAside).toBe(counts.rows.file);
  expect(train.length + validation.length + test.length).toBe(counts.rows.used);
  expect(Math.min(train.length, validation.length, test.length)).toBeGreaterThan(0);
}

describe('cells', () => {
  it('are numbers, with a point or one comma', () => {
    expect(['1', ' -2.5 ', '1,5', '1e3', '.5', '7.'].map(readNumber)).toEqual([1, -2.5, 1.5, 1000, 0.5, 7]);
    expect(['', 'x', '1,2,3', 'Infinity', 'NaN', '0x10', '1e999', '--1'].map(readNumber)).toEqual(Array(8).fill(null));
  });

  it('are label sets', () => {
    const cells = ['["a","b"]', "['c', 'd|e']", 'x | y|x', '', 'z'];
    expect(cells.map(readLabelSet(cells))).toEqual([['a', 'b'], ['c', 'd|e'], ['x', 'y'], [], ['z']]);
  });

  it('are lists in single quotes, each sign of which is looked at once', () => {
    expect(quotedItems(`['it\\'s', "a 'b'", 'c\\\\']`).items).toEqual(["it's", "a 'b'", 'c\\']);
    // Quotes that open and never close: each would be followed to the end.
    const open = `[${"\\'".repeat(150_000)}]`;
    expect(quotedItems(open)).toEqual({ items: [], looked: open.length });
    expect(readLabelSet([open])(open)).toHaveLength(1);
  });

  it('are words and tags that pair', () => {
    expect(readTags('a b', 'O B-X')).toEqual({ words: ['a', 'b'], tags: ['O', 'B-X'] });
    expect(readTags('["a b","c"]', 'O B-X')).toEqual({ words: ['a b', 'c'], tags: ['O', 'B-X'] });
    expect(readTags('a b c', 'O B-X')).toBeNull();
  });
});

describe('prepareDataset', () => {
  it('scales numbers by the training rows and puts the others aside', async () => {
    const table = await read(`text,label\n${rows(50, (row) => `text ${row},${row}`)}\nlast,many\nlost,\n`);
    const dataset = await prepareDataset(table, recipeFor('regression'));
    expectAccounted(dataset);
    expect(dataset.counts.setAside.map(({ reason }) => reason)).toEqual(['not-a-number', 'empty-label']);
    const values = dataset.train.map(({ target }) => (target.kind === 'number' ? target.value : NaN));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(dataset.scaler?.mean).toBeCloseTo(mean, 12);
    expect(dataset.labels).toEqual(['label']);
    await expect(async () => prepareDataset(await read(`text,label\n${rows(20, (row) => `text ${row},3`)}`), recipeFor('regression'))).rejects.toThrow('data.too-few-classes');
  });

  it('keeps pairs together and asks for both texts', async () => {
    const table = await read(`text,other,label\n${rows(40, (row) => `text ${row},other ${row % 7},${row % 2 ? 'yes' : 'no'}`)}\nalone,,yes\n`);
    const dataset = await prepareDataset(table, recipeFor('text-pair-classification', { textPairColumn: 'other' }));
    expectAccounted(dataset);
    expect(dataset.counts.setAside.map(({ reason }) => reason)).toEqual(['empty-text']);
    expect([...dataset.train, ...dataset.test].every(({ textPair }) => textPair?.startsWith('other'))).toBe(true);
  });

  it('reads label sets, a row without any included', async () => {
    const table = await read(`text,label\n${rows(60, (row) => `text ${row},${['a|b', 'a', '', 'b'][row % 4]}`)}`);
    const dataset = await prepareDataset(table, recipeFor('multi-label-classification'));
    expectAccounted(dataset);
    expect(dataset.labels).toEqual(['a', 'b']);
    expect(dataset.train.some(({ target }) => target.kind === 'labels' && target.labels.length === 0)).toBe(true);
    expect(dataset.counts.labels.reduce((sum, { train, validation, test }) => sum + train + validation + test, 0)).toBe(60);
  });

  it('reads a 0/1 column a label', async () => {
    const table = await read(`text,b,a\n${rows(40, (row) => `text ${row},${row % 2},${row % 3 ? 0 : 1}`)}\nodd,1,2\n`);
    const dataset = await prepareDataset(table, recipeFor('multi-label-classification', { labelColumns: ['b', 'a'] }));
    expectAccounted(dataset);
    expect(dataset.labels).toEqual(['a', 'b']);
    const example = dataset.train.find(({ row }) => row === 5);
    if (example) expect(example.target).toEqual({ kind: 'labels', labels: [0, 1] });
    expect(dataset.counts.setAside.map(({ reason }) => reason)).toEqual(['not-a-number']);
  });

  it('reads character ranges as tags of words, and puts a text aside whose ranges do not fit', async () => {
    const record = (text: string, label: unknown) => `${JSON.stringify({ text, label })}\n`;
    const good = Array.from({ length: 8 }, (_, row) => record(`👍 Anna saw day ${row}`, row % 2 ? [[2, 6, 'PER']] : [])).join('');
    const table = await readTable({ name: 'a.jsonl', bytes: bytesOf(`${good}${record('Annabel came', [[0, 4, 'PER']])}`) });
    const dataset = await prepareDataset(table, recipeFor('token-classification', { textColumn: 'text', labelColumn: 'label' }));
    expect(dataset.labels).toEqual(['B-PER', 'O']);
    expect(dataset.counts.rows).toMatchObject({ file: 9, used: 8, setAside: 1 });
    expect(dataset.counts.setAside.map(({ row, reason }) => ({ row, reason }))).toEqual([{ row: 9, reason: 'bad-spans' }]);
    const tagged = [...dataset.train, ...dataset.validation, ...dataset.test].find(({ row }) => row === 2);
    expect(tagged?.target).toEqual({ kind: 'tokens', words: ['👍', 'Anna', 'saw', 'day', '1'], labels: [1, 0, 1, 1, 1] });
  });

  it('reads tagged words, and puts a sentence aside whose tags do not pair', async () => {
    const table = await read(`text,label\n${rows(30, (row) => `see Anna ${row},O B-PER O`)}\na b,O\n`);
    const dataset = await prepareDataset(table, recipeFor('token-classification'));
    expectAccounted(dataset);
    expect(dataset.labels).toEqual(['B-PER', 'O']);
    expect(dataset.train[0]?.target).toMatchObject({ kind: 'tokens', labels: [1, 0, 1] });
    expect(dataset.counts.setAside.map(({ reason }) => reason)).toEqual(['bad-tags']);
  });
});
