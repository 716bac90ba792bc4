import { describe, expect, it } from 'vitest';
import { guessTask } from './guessTask';
import { readTable } from './importTable';
import { bytesOf, read } from './testTable';

const rows = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index)).join('\n');

describe('guessTask says what a table is for, and why', () => {
  it('one label', async () => {
    const table = await read(`text,label\n${rows(40, (row) => `what happened on day ${row},${row % 3}`)}`);
    expect(guessTask(table)).toMatchObject({ task: 'single-label-classification', labelColumn: 'label', textPairColumn: null, reasons: [{ kind: 'one-label' }] });
  });

  it('a number, where values are broken or the column is a score', async () => {
    const broken = await read(`text,target\n${rows(40, (row) => `what happened on day ${row},${(row % 20) + 0.5}`)}`);
    expect(guessTask(broken)).toMatchObject({ task: 'regression', labelColumn: 'target', reasons: [{ kind: 'numbers', column: 'target', distinct: 20 }] });
    const score = await read(`text,score\n${rows(40, (row) => `what happened on day ${row},${row % 5}`)}`);
    expect(guessTask(score)).toMatchObject({ task: 'regression', labelColumn: 'score' });
    const every = await read(`text,price\n${rows(40, (row) => `what happened on day ${row},${row * 1.25}`)}`);
    expect(guessTask(every)).toMatchObject({ task: 'regression', labelColumn: 'price' });
  });

  it('a pair, classified or scored', async () => {
    const pair = (label: (row: number) => string, name: string) => read(`premise,hypothesis,${name}\n${rows(40, (row) => `it rained on day ${row},it was wet on day ${row + 1},${label(row)}`)}`);
    expect(guessTask(await pair((row) => (row % 2 ? 'yes' : 'no'), 'label'))).toMatchObject({
      task: 'text-pair-classification', textColumn: 'premise', textPairColumn: 'hypothesis', labelColumn: 'label',
      reasons: [{ kind: 'text-pair', columns: ['premise', 'hypothesis'] }, { kind: 'one-label' }],
    });
    expect(guessTask(await pair((row) => String(row % 6), 'score'))).toMatchObject({ task: 'text-pair-regression', labelColumn: 'score' });
  });

  it('label sets: lists, joined cells, 0/1 columns', async () => {
    const joined = await read(`text,labels\n${rows(60, (row) => `what happened on day ${row},${['a|b', 'a', 'c|a', 'b'][row % 4]}`)}`);
    expect(guessTask(joined)).toMatchObject({ task: 'multi-label-classification', reasons: [{ kind: 'label-lists', column: 'labels', separator: '|' }] });
    const columns = await read(`text,rude,loud,kind\n${rows(40, (row) => `what happened on day ${row},${row % 2},${row % 3 ? 0 : 1},${row % 5 ? 0 : 1}`)}`);
    expect(guessTask(columns)).toMatchObject({ task: 'multi-label-classification', labelColumns: ['rude', 'loud', 'kind'], reasons: [{ kind: 'zero-one-columns', columns: ['rude', 'loud', 'kind'] }] });
  });

  it('spans', async () => {
    const table = await readTable({ name: 'a.jsonl', bytes: bytesOf(`{"id":1,"text":"Anna saw it","label":[[0,4,"PER"]]}\n${rows(12, (row) => `{"id":${row + 2},"text":"it was day ${row} for everybody","label":[]}`)}`) });
    expect(guessTask(table)).toMatchObject({ task: 'token-classification', textColumn: 'text', labelColumn: 'label', reasons: [{ kind: 'spans', column: 'label' }] });
  });

  it('tags', async () => {
    const table = await readTable({ name: 'a.conll', bytes: bytesOf(rows(12, (row) => `Anna B-PER\nsaw O\nit${row} O\n`)) });
    expect(guessTask(table)).toMatchObject({ task: 'token-classification', textColumn: 'tokens', labelColumn: 'tags', reasons: [{ kind: 'tags', column: 'tags' }] });
  });
});

describe('what must not change the task', () => {
  it('labels with commas or bars in them, a few whole numbers, one column of 0 and 1', async () => {
    const comma = await read(`text,label\n${rows(40, (row) => `what happened on day ${row},"${row % 2 ? 'yes, sure' : 'no, never'}"`)}`);
    expect(guessTask(comma).task).toBe('single-label-classification');
    const stars = await read(`text,label\n${rows(40, (row) => `what happened on day ${row},${1 + (row % 5)}`)}`);
    expect(guessTask(stars).task).toBe('single-label-classification');
    const binary = await read(`text,label\n${rows(40, (row) => `what happened on day ${row},${row % 2}`)}`);
    expect(guessTask(binary).task).toBe('single-label-classification');
  });
});
