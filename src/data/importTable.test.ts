import { describe, expect, it } from 'vitest';
import { importTable, readTable } from './importTable';
import { bytesOf, fromHex, joined, latin1, read, rowsOf } from './testTable';

const file = 'test.csv';
const noRows = (facts: Record<string, unknown>) => ({ code: 'data.no-rows', facts: { file, ...facts } });

describe('fault 1: files without rows', () => {
  it('tells zero bytes, header only, blank lines and other files apart', async () => {
    await expect(read('')).rejects.toMatchObject(noRows({ kind: 'zero-bytes' }));
    await expect(read('text,label\n')).rejects.toMatchObject(
      noRows({ kind: 'header-only', columns: ['text', 'label'] }),
    );
    await expect(read('\ufefftext;label\r\n\r\n')).rejects.toMatchObject(
      noRows({ kind: 'header-only', columns: ['text', 'label'] }),
    );
    await expect(read('\n \r\n\t\n')).rejects.toMatchObject(noRows({ kind: 'blank-lines' }));
    await expect(read(fromHex('efbbbf'))).rejects.toMatchObject(noRows({ kind: 'blank-lines' }));
    await expect(read(fromHex('89504e470d0a1a0a'))).rejects.toMatchObject(
      noRows({ kind: 'not-a-table', looksLike: 'PNG' }),
    );
  });

  it('refuses one column only where a text beside a label is needed', async () => {
    const table = { name: file, bytes: bytesOf('text\none\ntwo\n') };
    expect(rowsOf(await readTable(table))).toEqual([['one'], ['two']]);
    await expect(importTable(table)).rejects.toMatchObject({
      code: 'data.one-column',
      facts: { file, columns: ['text'] },
    });
  });
});

describe('fault 5: ragged rows and repeated names', () => {
  it('sets rows aside without shifting a cell, and counts every row', async () => {
    const table = await read('text,label\na,x\nb\n\nc,x,more\nd,y,, \n  \n"e\ne",z\n');
    expect(rowsOf(table)).toEqual([
      ['a', 'x'],
      ['d', 'y'],
      ['e\ne', 'z'],
    ]);
    expect([...table.rowNumbers]).toEqual([2, 6, 8]);
    expect(table.setAside).toEqual([
      { row: 3, reason: 'too-few-cells', cells: ['b'] },
      { row: 5, reason: 'too-many-cells', cells: ['c', 'x', 'more'] },
    ]);
    expect(table.rowsInFile).toBe(5);
    expect(table.notices).toEqual([{ kind: 'blank-lines', lines: 2 }]);
  });

  it('uses rows of another width where that was chosen, still without shifting a cell', async () => {
    const table = await read('text,label\na,x\nb\nc,x,more\n', { choice: { raggedRows: 'use' } });
    expect(rowsOf(table)).toEqual([
      ['a', 'x'],
      ['b', ''],
      ['c', 'x'],
    ]);
    expect(table.setAside).toEqual([]);
    expect(table.notices).toEqual([{ kind: 'ragged-rows', rows: 2 }]);
  });

  it('shows every column once, with a clean name', async () => {
    const table = await read('\ufeff\u00a0text\u200b, label ,label,,label (2)\na,b,c,d,e\n');
    expect(table.columns.map((column) => column.name)).toEqual(['text', 'label', 'label (3)', 'column 4', 'label (2)']);
    expect(table.notices).toEqual([
      { kind: 'duplicate-header', name: 'label', shownAs: 'label (3)' },
      { kind: 'unnamed-header', column: 4, shownAs: 'column 4' },
    ]);
  });
});

describe('dialect', () => {
  it.each([
    [';', 'text;label\nfine, really;good\nbad, very, very;bad\n'],
    ['\t', 'text\tlabel\none, two\tgood\nthree; four\tbad\n'],
    ['|', 'a|b|c\n1|2,5|3\n4|5,5|6\n'],
    [',', 'a;b;c,text,label\nx,some words,good\ny,other words,bad\n'],
    [',', 'text,label\n"a;b;c",good\n"d;e;f",bad\n'],
  ])('finds the delimiter %j by even rows', async (delimiter, text) => {
    expect((await read(text)).dialect.delimiter).toBe(delimiter);
  });

  it('finds whether the first row is a header', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, index) => `some words about thing ${index},${index % 2 ? 'good' : 'bad'}\n`,
    ).join('');
    expect((await read(rows)).dialect.hasHeader).toBe(false);
    expect((await read(`what,kind\n${rows}`)).dialect.hasHeader).toBe(true);
    expect((await read(`意见,好坏\n${rows}`)).dialect.hasHeader).toBe(true);
    expect((await read('1,2\n3,4\n')).dialect.hasHeader).toBe(false);
    expect((await read('Region,2019,2020,2021\nNorth,1,2,3\nSouth,4,5,6\n')).dialect.hasHeader).toBe(true);
    const table = await read(rows, { choice: { hasHeader: true } });
    expect(table.columns.map((column) => column.name)).toEqual(['some words about thing 0', 'bad']);
    expect(table.rowsInFile).toBe(19);
    expect((await read('text,label\na,b\n', { choice: { hasHeader: false } })).rowsInFile).toBe(2);
  });

  it('skips titles before the header and says so', async () => {
    const table = await read('\nReviews of 2024\n\ntext,label,by\na,b,c\nd,e,f\n');
    expect(table.dialect.skippedLines).toBe(3);
    expect([...table.rowNumbers]).toEqual([5, 6]);
    expect(table.notices).toEqual([{ kind: 'skipped-lines', lines: 3 }]);
  });

  it('takes encoding and delimiter as chosen', async () => {
    const table = await read(latin1('a;b,c\n\xe9;1,2\n'), { choice: { encoding: 'windows-1252', delimiter: ',' } });
    expect(rowsOf(table)).toEqual([['é;1', '2']]);
    await expect(read(latin1('a,b\n\xe9,1\n'), { choice: { encoding: 'utf-8' } })).rejects.toMatchObject({
      code: 'data.mixed-encoding',
      facts: { row: 2, byte: 4 },
    });
  });
});

describe('fault 6: a quote that does not close', () => {
  it('gives row, column and byte in every encoding, and both ways out', async () => {
    const text = '评论,text,label\n很快,"fine, ok",x\n好,"never,y\nlast,ok,z\n';
    const facts = { file, row: 3, column: 'text', rowsBefore: 1 };
    await expect(read(text)).rejects.toMatchObject({ code: 'data.unclosed-quote', facts: { ...facts, byte: 42 } });
    expect(bytesOf(text)[42]).toBe(0x22);
    const gbk = joined(fromHex('c6c0c2db'), bytesOf(',text,label\n'), fromHex('bac3'), bytesOf(',"never,y\n'));
    await expect(read(gbk)).rejects.toMatchObject({ facts: { row: 2, column: 'text', byte: 19 } });
    expect(gbk[19]).toBe(0x22);
    const before = await read(text, { choice: { openQuote: 'rows-before' } });
    expect(rowsOf(before)).toEqual([['很快', 'fine, ok', 'x']]);
    expect(before.setAside).toEqual([
      { row: 3, reason: 'after-open-quote', cells: ['好,"never,y'] },
      { row: 4, reason: 'after-open-quote', cells: ['last,ok,z'] },
    ]);
    const asText = await read(text, { choice: { openQuote: 'as-text' } });
    expect(rowsOf(asText)).toEqual([
      ['很快', 'fine, ok', 'x'],
      ['好', '"never', 'y'],
      ['last', 'ok', 'z'],
    ]);
    expect(asText.dialect.quoted).toBe(false);
  });

  it('finds a quote at row 2 of a large file at once', async () => {
    const bytes = new Uint8Array(50_000_000).fill(0x61);
    for (let index = 99; index < bytes.length; index += 100) bytes[index] = 0x0a;
    bytes.set(bytesOf('text,label\n"'));
    const begin = performance.now();
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'data.unclosed-quote',
      facts: { row: 2, column: 'text', byte: 11 },
    });
    expect(performance.now() - begin).toBeLessThan(30_000);
  });
});

describe('fault 11: hostile text stays text', () => {
  it('keeps names, cells and missing-looking words as they stand', async () => {
    const cells = [
      '<script>alert(1)</script>',
      '=1+1',
      '@SUM(A1)',
      'null',
      'NA',
      'nan',
      'a\0b',
      '\u202egnp',
      '../../x',
    ];
    const table = await read(`__proto__,constructor\n${cells.map((cell) => `${cell},__proto__\n`).join('')}`, {
      choice: { hasHeader: true },
    });
    expect(table.columns.map((column) => column.name)).toEqual(['__proto__', 'constructor']);
    expect([...(table.columns[0]?.cells ?? [])]).toEqual(cells);
    expect(new Set(table.columns[1]?.cells)).toEqual(new Set(['__proto__']));
  });
});

describe('long work', () => {
  const many = bytesOf(
    `text,label\n${`${'a review of a thing, '.replace(',', ';').repeat(5)},good\n`.repeat(100_000)}`,
  );

  it('reads 100,000 rows in a few seconds, with progress that never falls', async () => {
    const seen: number[] = [];
    const begin = performance.now();
    const table = await readTable({ name: file, bytes: many }, { onProgress: ({ fraction }) => seen.push(fraction) });
    expect(performance.now() - begin).toBeLessThan(30_000);
    expect(table.rowsInFile).toBe(100_000);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual([...seen].sort((left, right) => left - right));
    expect(seen.at(-1)).toBe(1);
  });

  it('stops when it is cancelled, before and in the middle', async () => {
    const controller = new AbortController();
    const running = readTable(
      { name: file, bytes: many },
      { signal: controller.signal, onProgress: ({ rows }) => rows > 10_000 && controller.abort() },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await expect(read('a,b\n1,2\n', { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('takes linear time on a cell of spaces', async () => {
    const begin = performance.now();
    await read(`text,label\na${' '.repeat(400_000)}b,x\nc,y\n`);
    expect(performance.now() - begin).toBeLessThan(30_000);
  });
});
