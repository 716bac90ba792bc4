/** Spreadsheets (XLSX): one sheet of a workbook, its header found as in delimited text. */
import { trimInvisible } from '../../cells';
import { damaged } from '../../damage';
import { readWhole } from '../../fileSource';
import { commonestWidth } from '../csv/delimiter';
import { hasHeader, recordsBeforeTable } from '../csv/header';
import { batchRows, mostColumns, type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';
import { sheetRows, type SheetRow } from './sheet';
import { openWorkbook, type Sheet, type Workbook } from './workbook';

const sampledRows = 500;

const isEmpty = (row: SheetRow): boolean => row.cells.every((cell) => trimInvisible(cell) === '');

async function sampleOf(workbook: Workbook, sheet: Sheet, fileName: string): Promise<SheetRow[]> {
  const sample: SheetRow[] = [];
  for await (const { rows } of sheetRows(workbook, sheet, fileName)) {
    for (const row of rows) sample.push(row);
    if (sample.length >= sampledRows) break;
  }
  return sample;
}

/** The sheet that was asked for, or the first visible one that holds anything. */
async function chooseSheet(workbook: Workbook, input: FormatInput): Promise<{ sheet: Sheet; sample: SheetRow[] }> {
  const { file, choice } = input;
  const fileName = file.name;
  const { sheets } = workbook;
  if (choice.sheet !== undefined) {
    const sheet = sheets.find(({ name }) => name === choice.sheet);
    if (sheet === undefined) throw damaged(fileName, 'missing-sheet', { part: choice.sheet });
    return { sheet, sample: await sampleOf(workbook, sheet, fileName) };
  }
  const inOrder = [...sheets.filter(({ isHidden }) => !isHidden), ...sheets.filter(({ isHidden }) => isHidden)];
  const [first] = inOrder;
  if (first === undefined) throw damaged(fileName, 'missing-sheet');
  for (const sheet of inOrder) {
    const sample = await sampleOf(workbook, sheet, fileName);
    if (sample.some((row) => !isEmpty(row))) return { sheet, sample };
  }
  return { sheet: first, sample: [] };
}

interface Layout {
  header: string[] | null;
  headerRow: number;
  /** Rows of the sheet above the table. */
  skipped: number;
  width: number;
}

/** Trailing cells that were only formatted do not count. */
function filledWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && trimInvisible(cells[width - 1] ?? '') === '') width -= 1;
  return width;
}

function layoutOf(sample: readonly SheetRow[], input: FormatInput): Layout {
  const { choice } = input;
  const usual = commonestWidth(sample.map((row) => row.cells.slice(0, filledWidth(row.cells))), 2).width;
  let hasBegun = false;
  const records = sample.map((row) => {
    const filled = filledWidth(row.cells);
    hasBegun ||= filled > 1;
    const cells = row.cells.slice(0, filled);
    // As wide as the table, since empty cells at the end are not written; a lone first cell above it may be a title.
    while (hasBegun && cells.length < usual) cells.push('');
    return { row: row.row, cells, blank: isEmpty(row), begin: 0, end: 0 };
  });
  const before = recordsBeforeTable(records, choice.hasHeader !== false);
  const table = records.slice(before).filter((record) => !record.blank);
  const rows = table.map((record) => record.cells);
  const [first] = table;
  const withHeader = first !== undefined && (choice.hasHeader ?? hasHeader(rows));
  const common = commonestWidth(rows.slice(withHeader ? 1 : 0), 1);
  // A column that most rows fill but nobody named is a column all the same.
  const width = Math.max(withHeader ? first.cells.length : 0, common.share > 0.5 || !withHeader ? common.width : 0);
  const skipped = first === undefined ? 0 : first.row - 1;
  if (!withHeader) return { header: null, headerRow: skipped, skipped, width };
  const header = Array.from({ length: width }, (_, index) => first.cells[index] ?? '');
  return { header, headerRow: first.row, skipped, width };
}

/** Empty cells at the end of a row are not written, so a short row is whole. */
function toSource({ row, cells }: SheetRow, width: number): SourceRow {
  const whole = cells.slice(0, Math.max(width, filledWidth(cells)));
  while (whole.length < width) whole.push('');
  return { row, cells: whole, blank: isEmpty({ row, cells }), problem: null };
}

export async function openSpreadsheet(input: FormatInput): Promise<RowSource> {
  const fileName = input.file.name;
  const bytes = await readWhole(input.file);
  const workbook = await openWorkbook(bytes, fileName);
  const { sheet, sample } = await chooseSheet(workbook, input);
  const { header, headerRow, skipped, width } = layoutOf(sample, input);
  if (width > mostColumns) throw damaged(fileName, 'too-many-columns', { part: sheet.name });

  async function* rows(): AsyncGenerator<RowBatch> {
    for await (const { rows: sheetPart, share } of sheetRows(workbook, sheet, fileName)) {
      const data = sheetPart.filter(({ row }) => row > headerRow).map((row) => toSource(row, width));
      const bytesRead = Math.floor(share * bytes.length);
      for (let begin = 0; begin < data.length; begin += batchRows) yield { rows: data.slice(begin, begin + batchRows), bytesRead };
      yield { rows: [], bytesRead };
    }
    await workbook.archive.close();
  }

  return {
    dialect: {
      format: 'xlsx',
      encoding: 'utf-8',
      hasByteOrderMark: false,
      delimiter: ',',
      quoted: true,
      hasHeader: header !== null,
      skippedLines: skipped,
      sheet: sheet.name,
      sheets: workbook.sheets.map(({ name }) => name),
    },
    header,
    width,
    notices: skipped > 0 ? [{ kind: 'skipped-lines', lines: skipped }] : [],
    rows,
  };
}
