/** The rows of one sheet, as they are unpacked. */
import type { ArchivedFile } from '../../archive';
import { damaged } from '../../damage';
import { dateText, numberText } from './numbers';
import { partEvents, TextCollector, type Sheet, type Workbook } from './workbook';
import { attribute, type XmlEvent } from './xml';

export interface SheetRow {
  /** The sheet's own row number. */
  row: number;
  cells: string[];
}

/** The format's own limits. */
const mostRows = 1_048_576;
const mostColumns = 16_384;

/** Column of a cell's name (`A1` is 0, `AB7` is 27), -1 where it is none. */
function columnOf(name: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(name)?.[1];
  if (letters === undefined) return -1;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column <= mostColumns ? column - 1 : -1;
}

interface OpenCell {
  column: number;
  name: string;
  type: string;
  style: number;
  value: string;
}

/** Puts the elements of a sheet together to rows. */
class SheetReader {
  readonly rows: SheetRow[] = [];
  private row: SheetRow | null = null;
  private lastRow = 0;
  private cell: OpenCell | null = null;
  private inValue = false;
  private readonly inlineText = new TextCollector();
  private inInline = false;

  constructor(
    private readonly workbook: Workbook,
    private readonly sheet: Sheet,
    private readonly fileName: string,
  ) {}

  take(event: XmlEvent): void {
    if (this.inInline) this.inlineText.take(event);
    if (event.kind === 'text') {
      if (this.inValue && this.cell !== null) this.cell.value += event.text;
    } else if (event.kind === 'open') this.open(event.name, event.attributes);
    else this.close(event.name);
  }

  private open(name: string, attributes: string): void {
    if (name === 'row') this.openRow(attribute(attributes, 'r'));
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.inValue = true;
    else if (name === 'is') this.inInline = true;
  }

  private openRow(written: string | null): void {
    const row = written === null ? this.lastRow + 1 : Number(written);
    if (this.row !== null || !Number.isInteger(row) || row <= this.lastRow || row > mostRows) throw this.fault(`row ${written ?? ''}`);
    this.row = { row, cells: [] };
    this.lastRow = row;
  }

  private openCell(attributes: string): void {
    if (this.row === null || this.cell !== null) throw this.fault('');
    const name = attribute(attributes, 'r');
    const column = name === null ? this.row.cells.length : columnOf(name);
    const isNext = column >= this.row.cells.length && column < mostColumns;
    if (!isNext || (name !== null && Number(/\d+$/.exec(name)?.[0]) !== this.row.row)) throw this.fault(name ?? '');
    const style = Number(attribute(attributes, 's') ?? '0');
    this.cell = { column, name: name ?? '', type: attribute(attributes, 't') ?? 'n', style, value: '' };
  }

  private close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'is') this.inInline = false;
    else if (name === 'c' && this.cell !== null && this.row !== null) {
      while (this.row.cells.length < this.cell.column) this.row.cells.push('');
      this.row.cells.push(this.textOf(this.cell));
      this.cell = null;
    } else if (name === 'row' && this.row !== null) {
      this.rows.push(this.row);
      this.row = null;
    }
  }

  private textOf(cell: OpenCell): string {
    const { type, value, style } = cell;
    if (type === 'inlineStr') return this.inlineText.finish();
    if (value === '') return '';
    if (type === 's') {
      const text = /^\s*\d+\s*$/.test(value) ? this.workbook.texts[Number(value)] : undefined;
      if (text === undefined) throw this.fault(cell.name);
      return text;
    }
    if (type === 'b') return value.trim() === '1' ? 'TRUE' : 'FALSE';
    if (type !== 'n') return value;
    if (!Number.isFinite(Number(value))) throw this.fault(cell.name);
    const isDate = this.workbook.dateStyles[style] === true;
    return (isDate ? dateText(Number(value), this.workbook.from1904) : null) ?? numberText(value);
  }

  private fault(cell: string): Error {
    const place = { part: this.sheet.name, row: this.row?.row ?? this.lastRow + 1 };
    return damaged(this.fileName, 'bad-cell', cell === '' ? place : { ...place, cell });
  }
}

/** Rows that stand in the sheet, in order; rows without cells are not written there. `share` of the part is read. */
export async function* sheetRows(workbook: Workbook, sheet: Sheet, fileName: string): AsyncGenerator<{ rows: SheetRow[]; share: number }> {
  const file: ArchivedFile | undefined = workbook.archive.files.find(({ name }) => name.replace(/^\//, '') === sheet.part);
  if (file === undefined) throw damaged(fileName, 'missing-part', { part: sheet.name });
  const reader = new SheetReader(workbook, sheet, fileName);
  for await (const { events, bytes } of partEvents(file, fileName)) {
    for (const event of events) reader.take(event);
    yield { rows: reader.rows.splice(0), share: file.size === 0 ? 1 : Math.min(1, bytes / file.size) };
  }
}
