/** A file's bytes to a table, with every row accounted for. */
import {
  AnnealError,
  type DialectChoice,
  type ImportNotice,
  type SetAsideRow,
  type Table,
  type TableColumn,
} from '../domain';
import { trimInvisible } from './cells';
import { columnNames, numberedNames } from './columnNames';
import { damaged } from './damage';
import type { RowSource, SourceRow } from './formats/format';
import { chooseFormat } from './formats/registry';
import { looksLikeOther } from './notTable';

export interface FileBytes {
  name: string;
  bytes: Uint8Array;
}

export interface ImportProgress {
  rows: number;
  /** Share of the bytes read, 0 to 1. */
  fraction: number;
}

export interface ImportOptions {
  choice?: DialectChoice;
  onProgress?: (progress: ImportProgress) => void;
  signal?: AbortSignal;
}

/** A set-aside row is shown, not used: a row of a thousand cells need not be kept whole. */
export const mostSetAsideCells = 40;

/** Rows times columns. Rows of a few bytes with ever other names could otherwise fill any memory with empty cells. */
const mostCells = 100_000_000;

/** Longest stretch of reading without a pause; well under the 100 ms in which the page must answer. */
const pauseAfterMilliseconds = 30;

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AnnealError('cancelled', {});
}

/** Collects rows into columns; a row that is too short or too long never shifts a cell into another column. */
class TableBuilder {
  private readonly columns: string[][] = [];
  readonly rowNumbers: number[] = [];
  readonly setAside: SetAsideRow[] = [];
  blankLines = 0;
  private raggedRows = 0;

  constructor(
    private header: readonly string[] | null,
    width: number,
    private readonly usesRagged: boolean,
  ) {
    this.widen(header?.length ?? width);
  }

  /** Names and notices of the columns as far as they are known. */
  names(): { names: string[]; notices: ImportNotice[] } {
    return this.header === null
      ? { names: numberedNames(this.columns.length), notices: [{ kind: 'no-header' }] }
      : columnNames(this.header);
  }

  /** More columns have come up; rows that were there before are empty in them. */
  grow(header: readonly string[]): void {
    this.header = header;
    this.widen(header.length);
  }

  private widen(width: number): void {
    while (this.columns.length < width) this.columns.push(new Array<string>(this.rowNumbers.length).fill(''));
  }

  get cells(): number {
    return this.columns.length * this.rowNumbers.length;
  }

  get rowsInFile(): number {
    return this.rowNumbers.length + this.setAside.length;
  }

  add(source: SourceRow): void {
    const { row, cells, blank } = source;
    if (blank) {
      this.blankLines += 1;
      return;
    }
    const ragged = this.raggedReason(cells);
    const isUsed = source.problem === null && ragged !== null && this.usesRagged;
    if (isUsed) this.raggedRows += 1;
    const reason = isUsed ? null : (source.problem ?? ragged);
    if (reason !== null) {
      this.setAside.push({ row, reason, cells: cells.slice(0, mostSetAsideCells) });
      return;
    }
    this.rowNumbers.push(row);
    this.columns.forEach((column, index) => column.push(cells[index] ?? ''));
  }

  private raggedReason(cells: readonly string[]): 'too-few-cells' | 'too-many-cells' | null {
    const width = this.columns.length;
    if (cells.length < width) return 'too-few-cells';
    // Extra cells with nothing in them lose nothing.
    return cells.slice(width).some((cell) => trimInvisible(cell) !== '') ? 'too-many-cells' : null;
  }

  finish(): { columns: TableColumn[]; notices: ImportNotice[] } {
    const { names, notices } = this.names();
    const blank: ImportNotice[] = this.blankLines > 0 ? [{ kind: 'blank-lines', lines: this.blankLines }] : [];
    const ragged: ImportNotice[] = this.raggedRows > 0 ? [{ kind: 'ragged-rows', rows: this.raggedRows }] : [];
    const columns = this.columns.map((cells, index) => ({ name: names[index] ?? '', cells }));
    return { columns, notices: [...notices, ...ragged, ...blank] };
  }

  /** Fault 1: what to say of a file in which no row was found. */
  noRows(file: string): AnnealError<'data.no-rows'> {
    if (this.header === null) return new AnnealError('data.no-rows', { file, kind: 'blank-lines' });
    const columns = this.names().names;
    return columns.length === 0
      ? new AnnealError('data.no-rows', { file, kind: 'empty-list' })
      : new AnnealError('data.no-rows', { file, kind: 'header-only', columns });
  }
}

/**
 * Reads a file as a table of any width from one column on.
 * Throws `data.no-rows`, `data.mixed-encoding`, `data.unclosed-quote`, `data.damaged-file`,
 * `data.unreadable-file` and `cancelled`.
 */
export async function readTable(file: FileBytes, options: ImportOptions = {}): Promise<Table> {
  const { name, bytes } = file;
  const { choice = {}, signal } = options;
  throwIfAborted(signal);
  if (bytes.length === 0) throw new AnnealError('data.no-rows', { file: name, kind: 'zero-bytes' });
  const chosen = chooseFormat(name, bytes);
  const looksLike = chosen?.isSure === true ? null : looksLikeOther(name, bytes);
  if (looksLike !== null) throw new AnnealError('data.no-rows', { file: name, kind: 'not-a-table', looksLike });
  if (chosen === null) throw new AnnealError('data.unreadable-file', { file: name, reason: 'unknown format' });

  return tableOf({ name, size: bytes.length }, await chosen.format.open({ fileName: name, bytes, choice }), options);
}

/** Collects the rows of a source that has been opened. */
export async function tableOf(file: { name: string; size: number }, source: RowSource, options: ImportOptions): Promise<Table> {
  const { name, size } = file;
  const { onProgress, signal } = options;
  throwIfAborted(signal);
  const builder = new TableBuilder(source.header, source.width, options.choice?.raggedRows === 'use');
  let lastPause = performance.now();
  for await (const batch of source.rows()) {
    if (batch.header !== undefined) builder.grow(batch.header);
    for (const row of batch.rows) builder.add(row);
    if (builder.cells > mostCells) throw damaged(name, 'too-large', { row: builder.rowsInFile });
    onProgress?.({ rows: builder.rowsInFile, fraction: size === 0 ? 1 : batch.bytesRead / size });
    if (performance.now() - lastPause >= pauseAfterMilliseconds) {
      await pause();
      lastPause = performance.now();
    }
    throwIfAborted(signal);
  }

  if (builder.rowsInFile === 0) throw builder.noRows(name);
  const { columns, notices } = builder.finish();
  return {
    fileName: name,
    fileBytes: size,
    dialect: source.dialect,
    columns,
    rowNumbers: Uint32Array.from(builder.rowNumbers),
    setAside: builder.setAside,
    rowsInFile: builder.rowsInFile,
    notices: [...source.notices, ...notices],
  };
}

/** Reads a file that can hold a text beside a label. Throws what `readTable` throws, and `data.one-column`. */
export async function importTable(file: FileBytes, options: ImportOptions = {}): Promise<Table> {
  const table = await readTable(file, options);
  if (table.columns.length < 2) {
    throw new AnnealError('data.one-column', { file: file.name, columns: table.columns.map((column) => column.name) });
  }
  return table;
}
