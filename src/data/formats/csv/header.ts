/** Where a table begins and whether its first row names the columns, found by comparing that row with the others. */
import { trimInvisible } from '../../cells';
import { isKnownName } from '../../columnNames';
import { commonestWidth } from './delimiter';
import type { FileRecord } from './records';

/** Records looked at for title lines before the table. */
const mostTitleRecords = 30;
const comparedRows = 200;

function filledCells(record: FileRecord): number {
  return record.cells.filter((cell) => trimInvisible(cell) !== '').length;
}

/** Records of a YAML block before the table (CSVY), 0 where there is none. */
function frontMatterRecords(records: readonly FileRecord[]): number {
  const isFence = (record: FileRecord | undefined) => record?.cells.length === 1 && record.cells[0]?.trim() === '---';
  if (!isFence(records[0])) return 0;
  const end = records.findIndex((record, index) => index > 0 && isFence(record));
  return end + 1;
}

/**
 * How many records at the start belong to no table: a YAML block, blank and empty lines, and titles, which fill few
 * cells of a much wider table.
 */
export function recordsBeforeTable(records: readonly FileRecord[], titles: boolean): number {
  let begin = frontMatterRecords(records);
  while (begin < records.length && records[begin]?.blank === true) begin += 1;
  if (!titles) return begin;
  const rows = records.filter((record) => !record.blank).map((record) => record.cells);
  const { width } = commonestWidth(rows, 1);
  const isTitle = (record: FileRecord) => {
    const filled = filledCells(record);
    if (record.blank || filled === 0) return true;
    if (width === 2) return record.cells.length === 1;
    return width > 2 && (filled === 1 || filled < width / 4);
  };
  const table = records.findIndex((record, index) => index >= begin && !isTitle(record));
  return table === -1 || table > begin + mostTitleRecords ? begin : table;
}

type CellKind = 'empty' | 'number' | 'year' | 'date' | 'address' | 'words';

const numberPattern = /^[-+]?[\d.,]*\d[\d.,]*(e[-+]?\d+)?\s?%?$/i;
const datePattern = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ][\d:.]+(Z|[-+]\d\d:?\d\d)?)?$/;
const addressPattern = /^(https?:\/\/\S+|[^\s@]+@[^\s@]+\.[^\s@]+)$/i;

function kindOf(cell: string): CellKind {
  const value = trimInvisible(cell);
  if (value === '') return 'empty';
  if (/^(19|20)\d\d$/.test(value)) return 'year';
  if (datePattern.test(value)) return 'date';
  if (numberPattern.test(value)) return 'number';
  return addressPattern.test(value) ? 'address' : 'words';
}

function isNumeric(kind: CellKind): boolean {
  return kind === 'number' || kind === 'year';
}

/** Years across a row (2000, 2001, 2002, ...) name columns though they are numbers. */
function isYearRow(cells: readonly string[]): boolean {
  const years = cells.filter((cell) => kindOf(cell) === 'year').map(Number);
  return years.length >= 3 && years.every((year, index) => index === 0 || year === (years[index - 1] ?? 0) + 1);
}

/** What one column says: above 0 for a name in its first cell, below 0 for a value like those under it. */
function columnEvidence(first: string, below: readonly string[]): number {
  const values = below.filter((cell) => trimInvisible(cell) !== '');
  const firstKind = kindOf(first);
  if (values.length === 0 || firstKind === 'empty') return 0;
  const kinds = values.map(kindOf);
  const share = (test: (kind: CellKind) => boolean) => kinds.filter(test).length / kinds.length;
  if (isNumeric(firstKind) && share(isNumeric) >= 0.5) return -2;
  if ((firstKind === 'date' || firstKind === 'address') && share((kind) => kind === firstKind) >= 0.5) return -2;
  if (firstKind === 'words' && share((kind) => kind !== 'words') >= 0.8) return 2;
  // A handful of rows says nothing about which values recur.
  if (values.length < 5) return 0;
  const distinct = new Set(values);
  if (distinct.has(first)) return -2;
  const meanLength = values.reduce((sum, value) => sum + value.length, 0) / values.length;
  const categorical = distinct.size <= values.length / 3;
  const muchShorter = meanLength > 20 && first.length < meanLength / 3;
  return (categorical ? 1 : 0) + (muchShorter ? 1 : 0);
}

/** Whether the first row names the columns. Where nothing speaks against it, it does: most files have a header. */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows;
  const below = others.slice(0, comparedRows);
  let evidence = first.some(isKnownName) ? 3 : 0;
  if (isYearRow(first)) return true;
  if (below.length === 0) return !first.every((cell) => isNumeric(kindOf(cell)));
  first.forEach((cell, column) => {
    evidence += columnEvidence(
      cell,
      below.map((row) => row[column] ?? ''),
    );
  });
  return evidence >= 0;
}
