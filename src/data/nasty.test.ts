/** Every awkward file of the shared test data, against what it must give. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AnnealError, type Table } from '../domain';
import { importTable, readTable } from './importTable';
import { nastyFiles, type TableExpectation } from './nasty.expectations';

const folder = join(process.cwd(), '..', 'shared', 'data', 'nasty');
const isMissing = !existsSync(folder);

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)));
const read = (file: string) => readTable({ name: file, bytes: bytesOf(file) });

function rowsOf(table: Table): string[][] {
  return Array.from(table.rowNumbers, (_, index) => table.columns.map((column) => column.cells.at(index) ?? ''));
}

function shortRow(table: Table, index: number): (number | string)[] | undefined {
  const at = index < 0 ? table.rowNumbers.length + index : index;
  const row = table.rowNumbers[at];
  return row === undefined ? undefined : [row, ...(rowsOf(table)[at] ?? []).map((cell) => cell.slice(0, 40))];
}

function expectTable(table: Table, expected: TableExpectation): void {
  const { encoding = 'utf-8', delimiter = ',', hasHeader = true, skippedLines = 0, setAside = [] } = expected;
  expect(table.dialect).toMatchObject({ encoding, delimiter, hasHeader, skippedLines });
  expect(table.columns.map((column) => column.name)).toEqual(expected.columns);
  expect(table.rowsInFile).toBe(expected.rows);
  expect(table.rowNumbers.length + table.setAside.length).toBe(table.rowsInFile);
  if (typeof setAside === 'number') expect(table.setAside).toHaveLength(setAside);
  else expect(table.setAside.map(({ row, reason }) => [row, reason])).toEqual(setAside);
  expect(shortRow(table, 0)).toEqual(expected.first);
  expect(shortRow(table, -1)).toEqual(expected.last);
  if (expected.sha256 === undefined) return;
  const content = rowsOf(table)
    .map((cells) => cells.join('\x1f'))
    .join('\x1e');
  expect(createHash('sha256').update(content).digest('hex').slice(0, 16)).toBe(expected.sha256);
}

describe.skipIf(isMissing)('shared/data/nasty (skipped where ../shared/data/nasty is not there)', () => {
  const files = isMissing
    ? []
    : readdirSync(folder).flatMap((part) =>
        readdirSync(join(folder, part))
          .filter((file) => !file.startsWith('expected_'))
          .map((file) => `${part}/${file}`),
      );

  it('has an expectation for every file, and no other', () => {
    expect([...files].sort()).toEqual(nastyFiles.map(({ file }) => file).sort());
  });

  it.each(nastyFiles)('$file', async (expected) => {
    if (!('error' in expected)) {
      expectTable(await read(expected.file), expected);
      return;
    }
    const thrown: unknown = await read(expected.file).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AnnealError);
    expect(thrown).toMatchObject({
      code: expected.error.code,
      facts: { file: expected.file, ...expected.error.facts },
    });
  });

  it('refuses one column as a table to learn from', async () => {
    const file = 'messytables/long.csv';
    await expect(importTable({ name: file, bytes: bytesOf(file) })).rejects.toMatchObject({
      code: 'data.one-column',
      facts: { file, columns: ['column 1'] },
    });
  });

  it.each(files.filter((file) => file.startsWith('csv-spectrum/')))('%s equals its expected_*.json', async (file) => {
    const name = file.replace('csv-spectrum/', '').replace('.csv', '.json');
    const expected = JSON.parse(readFileSync(join(folder, 'csv-spectrum', `expected_${name}`), 'utf8')) as unknown;
    const table = await read(file);
    const objects = rowsOf(table).map((cells) =>
      Object.fromEntries(table.columns.map((column, index) => [column.name, cells[index]])),
    );
    if (Array.isArray(expected)) {
      // One answer was written for CRLF, but its file is stored with LF; a cell keeps the line ends of its file.
      expect(objects).toEqual(JSON.parse(JSON.stringify(expected).replaceAll('\\r\\n', '\\n')));
      return;
    }
    // One answer is a bare object, and its telephone number is not the one in its file.
    const { 'Contact Phone Number': number, ...others } = expected as Record<string, string>;
    expect(number).toBe('1234567890');
    expect(objects).toEqual([{ ...others, 'Contact Phone Number': '2095257564' }]);
  });

  it('fault 3: every encoding and dialect gives the cells of its twin', async () => {
    const cellsOf = async (file: string) => rowsOf(await read(`derived/${file}.csv`));
    const gbk = await cellsOf('waimai_gbk_crlf');
    expect(gbk).toHaveLength(299);
    expect(new Set(gbk.map((cells) => cells[1]))).toEqual(new Set(['好评', '差评']));
    for (const twin of ['waimai_utf16le_bom_tab', 'waimai_utf16be_bom', 'waimai_utf8_bom_semicolon']) {
      expect(await cellsOf(twin)).toEqual(gbk);
    }
    expect(await cellsOf('waimai_utf16le_nobom')).toEqual(gbk.slice(0, 100));
    expect(await cellsOf('waimai_utf8_cr_only')).toEqual(gbk.slice(0, 100));
    const gb18030 = await cellsOf('waimai_gb18030');
    expect(gb18030.filter((cells) => cells[0]?.includes('😀𠮷'))).toHaveLength(30);
    expect([...((await read('csvkit/test_latin1.csv')).columns[2]?.cells ?? [])]).toEqual(['3', '©']);
  });

  it('fault 4: both choices for the file of two encodings count every row', async () => {
    const file = 'derived/waimai_mixed_utf8_then_gbk.csv';
    const bytes = bytesOf(file);
    const twin = rowsOf(await read('derived/waimai_gbk_crlf.csv')).slice(0, 100);
    const parts = await readTable({ name: file, bytes }, { choice: { mixedEncoding: 'each-part' } });
    expect(rowsOf(parts)).toEqual(twin);
    const partly = await readTable({ name: file, bytes }, { choice: { mixedEncoding: 'leave-out' } });
    expect(rowsOf(partly)).toEqual(twin.slice(0, 50));
    expect(partly.setAside.map(({ row, reason }) => [row, reason])).toEqual(
      Array.from({ length: 50 }, (_, index) => [index + 52, 'undecodable']),
    );
  });

  it('fault 6: both choices for the unclosed quote count every row', async () => {
    const file = 'derived/unclosed_quote.csv';
    const bytes = bytesOf(file);
    const before = await readTable({ name: file, bytes }, { choice: { openQuote: 'rows-before' } });
    expect(before.rowNumbers).toHaveLength(40);
    expect(before.setAside).toHaveLength(21);
    expect(before.setAside[0]).toMatchObject({ row: 42, reason: 'after-open-quote' });
    const asText = await readTable({ name: file, bytes }, { choice: { openQuote: 'as-text' } });
    expect(asText.setAside).toEqual([]);
    expect(rowsOf(asText)).toHaveLength(61);
    expect(shortRow(asText, 40)).toEqual([42, '"this quote never ends', 'positive']);
  });
});
