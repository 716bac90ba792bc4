import { describe, expect, it } from 'vitest';
import { MemoryPieces } from '../data';
import type { Table } from '../domain';
import { inPieces, readFileName, readTable, tableChunks } from './table-format';

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

/** What is written of a table, and where its cells are. */
function written(of: Table): { chunks: Uint8Array[]; pieces: MemoryPieces } {
  const pieces = new MemoryPieces();
  return { chunks: [...tableChunks(inPieces(of, pieces))], pieces };
}

async function readBack(of: Table, size: number): Promise<Table> {
  const { chunks, pieces } = written(of);
  const found = await readTable(cutEvery(size, chunks), pieces, 'f');
  return { ...found, columns: found.columns.map(({ name, cells }) => ({ name, cells: [...cells] })) };
}

function goodLines(): unknown[] {
  return Buffer.concat(written(table).chunks).toString().trimEnd().split('\n').map((line): unknown => JSON.parse(line));
}

describe('a stored table', () => {
  it.each([7, 4096, 1 << 30])('is the same after reading, in pieces of %d bytes', async (size) => {
    expect(await readBack(table, size)).toEqual(table);
    expect(await readFileName(cutEvery(size, written(table).chunks))).toBe(table.fileName);
  });

  it('is written in pieces of about 1 MB', async () => {
    const cells = Array.from({ length: 20_000 }, (_, row) => `row ${row} ${'x'.repeat(100)}`);
    const setAside = cells.map((cell, row) => ({ row, reason: 'too-few-cells' as const, cells: [cell] }));
    const long: Table = { ...table, columns: [{ name: 'text', cells }], rowNumbers: Uint32Array.from(cells.keys()), setAside };
    expect(Math.max(...written(long).chunks.map((chunk) => chunk.length))).toBeLessThan(1_200_000);
    expect(await readBack(long, 1 << 16)).toEqual(long);
  });

  it('can have no rows', async () => {
    const empty: Table = { ...table, columns: [{ name: 'a', cells: [] }], rowNumbers: new Uint32Array(0), setAside: [] };
    expect(await readBack(empty, 100)).toEqual(empty);
  });

  it('copies no cell that lies in the pieces already', () => {
    const pieces = new MemoryPieces();
    const { size } = (inPieces(table, pieces), pieces);
    const first = inPieces(table, pieces);
    const before = pieces.size;
    inPieces(first, pieces);
    expect(size).toBeGreaterThan(0);
    expect(pieces.size).toBe(before);
  });

  it.each<[string, (good: unknown[]) => unknown[]]>([
    ['nothing', () => []],
    ['another format', ([head, ...rest]) => [{ ...(head as object), format: 'x' }, ...rest]],
    ['an unknown encoding', ([head, ...rest]) => [{ ...(head as object), dialect: { ...table.dialect, encoding: 'utf-7' } }, ...rest]],
    ['a block missing', (good) => good.slice(0, -1)],
    ['a block too many', (good) => [...good, ['x']]],
    ['more rows than the head says', ([head, ...rest]) => [{ ...(head as object), rows: 5 }, ...rest]],
    ['a chunk past the end', ([head, , ...rest]) => [head, [[6, 0, 99_000_000, 1, 0]], ...rest]],
    ['a chunk of fewer rows', ([head, , second, ...rest]) => [head, [[1, 0, 24, 1, 0]], second, ...rest]],
    ['a text as a chunk', ([head, , ...rest]) => [head, ['x'], ...rest]],
    ['a negative row', (good) => [...good.slice(0, -2), [-1, 3, 5, 6, 7, 8], ...good.slice(-1)]],
    ['an empty block', ([head, ...rest]) => [head, [], ...rest]],
    ['a row set aside for no known reason', (good) => [...good.slice(0, -1), [{ row: 4, reason: 'x', cells: [] }]]],
  ])('is damaged with %s', async (_what, spoil) => {
    const { pieces } = written(table);
    expect((await readTable(lines(...goodLines()), pieces, 'f')).rowsInFile).toBe(7);
    await expect(readTable(lines(...spoil(goodLines())), pieces, 'data-1')).rejects.toMatchObject({ code: 'storage.damaged', facts: { file: 'data-1' } });
  });

  it.each([
    ['a torn last line', '{"format":'],
    ['bytes that are no UTF-8', '\xff\n'],
  ])('is damaged with %s', async (_what, text) => {
    await expect(readTable(cutEvery(5, [Buffer.from(text, 'latin1')]), new MemoryPieces(), 'f')).rejects.toMatchObject({ code: 'storage.damaged' });
  });
});
