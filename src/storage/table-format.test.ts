import { describe, expect, it } from 'vitest';
import type { Table } from '../domain';
import { readTable, tableChunks } from './table-format';

const table: Table = {
  fileName: 'a "b".csv',
  fileBytes: 12,
  dialect: { format: 'xlsx', sheet: 'S 1', sheets: ['S 1', '数据'], encoding: 'gb18030', hasByteOrderMark: false, delimiter: '\t', quoted: false, hasHeader: true, skippedLines: 1 },
  columns: [
    { name: '__proto__', cells: ['', 'line\nbreak "quoted"', '评论 😀', '\ud800 alone', '\ufeffmark', 'x'.repeat(3_000_000)] },
    { name: '', cells: ['1', '2', '3', '4', '5', '6'] },
  ],
  rowNumbers: Uint32Array.of(2, 3, 5, 6, 7, 4_294_967_295),
  setAside: [{ row: 4, reason: 'undecodable', cells: ['a', 'b', 'c'] }],
  rowsInFile: 7,
  notices: [{ kind: 'duplicate-header', name: 'a', shownAs: 'a (2)' }, { kind: 'no-header' }, { kind: 'encoding', encoding: 'big5', close: 'gb18030', others: ['gb18030'] }],
};

function cutEvery(size: number, chunks: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const whole = Buffer.concat([...chunks]);
  return (async function* () {
    for (let begin = 0; begin < whole.length; begin += size) yield whole.subarray(begin, begin + size);
  })();
}

const lines = (...values: unknown[]) => cutEvery(1000, [new TextEncoder().encode(values.map((value) => `${JSON.stringify(value)}\n`).join(''))]);

/** The table's lines with its long cell left out, to be spoilt. */
function goodLines(): unknown[] {
  const small = { ...table, columns: table.columns.map(({ name, cells }) => ({ name, cells: [...cells].map((cell) => cell.slice(0, 9)) })) };
  return Buffer.concat([...tableChunks(small)]).toString().trimEnd().split('\n').map((line): unknown => JSON.parse(line));
}

describe('a stored table', () => {
  it.each([7, 4096, 1 << 30])('is the same after reading, in pieces of %d bytes', async (size) => {
    const small = size === 7 ? { ...table, columns: table.columns.map(({ name, cells }) => ({ name, cells: [...cells].map((cell) => cell.slice(0, 50)) })) } : table;
    expect(await readTable(cutEvery(size, tableChunks(small)), 'f')).toEqual(small);
  });

  it('is written in pieces of about 1 MB', async () => {
    const cells = Array.from({ length: 50_000 }, (_, row) => `row ${row} ${'x'.repeat(100)}`);
    const long: Table = { ...table, columns: [{ name: 'text', cells }], rowNumbers: Uint32Array.from(cells.keys()), setAside: [] };
    const sizes = [...tableChunks(long)].map((chunk) => chunk.length);
    expect(Math.max(...sizes)).toBeLessThan(1_200_000);
    expect(await readTable(cutEvery(1 << 16, tableChunks(long)), 'f')).toEqual(long);
  });

  it('can have no rows', async () => {
    const empty: Table = { ...table, columns: [{ name: 'a', cells: [] }], rowNumbers: new Uint32Array(0), setAside: [] };
    expect(await readTable(cutEvery(100, tableChunks(empty)), 'f')).toEqual(empty);
  });

  it.each<[string, (good: unknown[]) => unknown[]]>([
    ['nothing', () => []],
    ['another format', ([head, ...rest]) => [{ ...(head as object), format: 'x' }, ...rest]],
    ['an unknown encoding', ([head, ...rest]) => [{ ...(head as object), dialect: { ...table.dialect, encoding: 'utf-7' } }, ...rest]],
    ['a block missing', (good) => good.slice(0, -1)],
    ['a block too many', (good) => [...good, ['x']]],
    ['more rows than the head says', ([head, ...rest]) => [{ ...(head as object), rows: 5 }, ...rest]],
    ['a number as a cell', ([head, , ...rest]) => [head, [1, 2, 3, 4, 5, 6], ...rest]],
    ['a negative row', ([head, first, second, , ...rest]) => [head, first, second, [-1, 3, 5, 6, 7, 8], ...rest]],
    ['an empty block', ([head, ...rest]) => [head, [], ...rest]],
    ['a row set aside for no known reason', (good) => [...good.slice(0, -1), [{ row: 4, reason: 'x', cells: [] }]]],
  ])('is damaged with %s', async (_what, spoil) => {
    expect((await readTable(lines(...goodLines()), 'f')).rowsInFile).toBe(7);
    await expect(readTable(lines(...spoil(goodLines())), 'data-1')).rejects.toMatchObject({ code: 'storage.damaged', facts: { file: 'data-1' } });
  });

  it.each([
    ['a torn last line', '{"format":'],
    ['bytes that are no UTF-8', '\xff\n'],
  ])('is damaged with %s', async (_what, text) => {
    await expect(readTable(cutEvery(5, [Buffer.from(text, 'latin1')]), 'f')).rejects.toMatchObject({ code: 'storage.damaged' });
  });
});
