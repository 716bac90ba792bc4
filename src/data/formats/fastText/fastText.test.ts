import { describe, expect, it } from 'vitest';
import { guessTask } from '../../guessTask';
import { readTable, type ImportOptions } from '../../importTable';
import { bytesOf, joined, latin1, rowsOf } from '../../testTable';
import { readLabelSet } from '../../targetCells';

const read = (text: string | Uint8Array, options: ImportOptions = {}, name = 'train.txt') =>
  readTable({ name, bytes: typeof text === 'string' ? bytesOf(text) : text }, options);

describe('fastText', () => {
  it.each(['train.txt', 'a.ft', 'a.csv', 'pasted text'])('gives texts and labels: %s', async (name) => {
    const table = await read('\ufeff__label__good plain, "quoted" text\r\n\r\n__label__bad  很快\t😀 \r\n', {}, name);
    expect(table.dialect).toMatchObject({ format: 'fast-text', encoding: 'utf-8' });
    expect(rowsOf(table)).toEqual([
      ['plain, "quoted" text', 'good'],
      ['很快\t😀', 'bad'],
    ]);
    expect([...table.rowNumbers]).toEqual([1, 3]);
    expect(table.notices).toContainEqual({ kind: 'blank-lines', lines: 1 });
  });

  it('joins several labels so that they can be had back, wherever they stand, each once', async () => {
    const table = await read('__label__a,b __label__c one\ntwo __label__a,b\n__label__c three __label__c\n__label__x|y __label__z four\n', {}, 'a.ft');
    const [, labels] = table.columns.map(({ cells }) => [...cells]);
    expect(labels).toEqual(['["a,b","c"]', 'a,b', 'c', '["x|y","z"]']);
    expect([...(table.columns[0]?.cells ?? [])]).toEqual(['one', 'two', 'three', 'four']);
    expect(readLabelSet(labels ?? [])('["a,b","c"]')).toEqual(['a,b', 'c']);
  });

  it('is guessed as label sets or as one label', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => `__label__${'abc'[row % 3]}${row % 2 === 0 ? ' __label__d' : ''} some words about number ${row}`);
    expect(guessTask(await read(lines.join('\n'))).task).toBe('multi-label-classification');
    const single = lines.map((line) => line.replace(' __label__d', ''));
    expect(guessTask(await read(single.join('\n'))).task).toBe('single-label-classification');
  });

  it('keeps lines without a label or without a text, and other encodings', async () => {
    const table = await read('__label__a one\n__label__a two\n__label__b three\n__label__b four\nno label at all\n__label__c\n');
    expect(rowsOf(table).slice(-2)).toEqual([['no label at all', ''], ['', 'c']]);
    expect(table.rowsInFile).toBe(6);
    expect(rowsOf(await read(latin1('__label__caf\xe9 d\xe9j\xe0 vu\n')))).toEqual([['déjà vu', 'café']]);
    const mixed = joined(bytesOf('__label__a 很快很不错很快很不错\n'), Uint8Array.of(0x5f, 0xba, 0xdc, 0xbf, 0xec, 0x0a), bytesOf('__label__b x\n'));
    const partly = await read(mixed, { choice: { mixedEncoding: 'leave-out' } }, 'a.ft');
    expect(partly.setAside).toMatchObject([{ row: 2, reason: 'undecodable' }]);
  });

  it('is not taken for one of these where it is a table that mentions the mark', async () => {
    expect((await read('text,label\nabout __label__x,a\nmore,b\n', {}, 'a.csv')).dialect.format).toBeUndefined();
  });
});
