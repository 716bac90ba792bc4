/** A file's bytes to a table, with every row accounted for. */
import {
  AnnealError,
  type DialectChoice,
  type ImportNotice,
  type Pieces,
  type SetAsideRow,
  type Table,
  type TableColumn,
} from '../domain';
import { trimInvisible } from './cells';
import { columnNames, numberedNames } from './columnNames';
import { damaged } from './damage';
import { headBytes } from './encodingScan';
import { sourceOf, type FileBytes, type FileSource } from './fileSource';
import type { RowSource, SourceRow } from './formats/format';
import { chooseFormat } from './formats/registry';
import { MemoryPieces } from './memoryPieces';
import { looksLikeOther } from './notTable';
import { CellWriter } from './storedCells';
import { EncodingDoubt } from './textInput';

export interface ImportProgress {
  rows: number;
  /** Share of the bytes read, 0 to 1. */
  fraction: number;
}

export interface ImportOptions {
  choice?: DialectChoice;
  onProgress?: (progress: ImportProgress) => void;
  /** The first rows, as soon as they are there; again should they have to be read in another way. */
  onFirstRows?: (first: FirstRows) => void;
  /** Where the cells go; memory where absent. */
  pieces?: Pieces;
  signal?: AbortSignal;
}

export interface FirstRows {
  columns: string[];
  rows: { row: number; cells: string[] }[];
}

/** As many as a screen shows. */
const mostFirstRows = 20;
const mostFirstCharacters = 300;

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
  private readonly columns: CellWriter[] = [];
  readonly rowNumbers: number[] = [];
  readonly setAside: SetAsideRow[] = [];
  readonly firstRows: FirstRows['rows'] = [];
  blankLines = 0;
  private raggedRows = 0;

  constructor(
    private header: readonly string[] | null,
    width: number,
    private readonly usesRagged: boolean,
    private readonly pieces: Pieces,
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
    while (this.columns.length < width) {
      const column = new CellWriter(this.pieces);
      column.skip(this.rowNumbers.length);
      this.columns.push(column);
    }
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
    this.columns.forEach((column, index) => column.add(cells[index] ?? ''));
    if (this.firstRows.length < mostFirstRows) this.firstRows.push({ row, cells: cells.map((cell) => cell.slice(0, mostFirstCharacters)) });
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
    const columns = this.columns.map((column, index) => ({ name: names[index] ?? '', cells: column.finish() }));
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
 * `data.unreadable-file`, `storage.full` and `cancelled`.
 */
export async function readTable(given: FileBytes | FileSource, options: ImportOptions = {}): Promise<Table> {
  const file = 'bytes' in given ? sourceOf(given) : given;
  const { name, size } = file;
  const { choice = {}, signal } = options;
  throwIfAborted(signal);
  if (size === 0) throw new AnnealError('data.no-rows', { file: name, kind: 'zero-bytes' });
  const head = await file.read(0, Math.min(size, headBytes));
  const chosen = chooseFormat(name, head);
  const looksLike = chosen?.isSure === true ? null : looksLikeOther(name, head);
  if (looksLike !== null) throw new AnnealError('data.no-rows', { file: name, kind: 'not-a-table', looksLike });
  if (chosen === null) throw new AnnealError('data.unreadable-file', { file: name, reason: 'unknown format' });

  const input = { file, head, choice };
  try {
    return await tableOf(file, await chosen.format.open(input), options);
  } catch (thrown) {
    if (!(thrown instanceof EncodingDoubt)) throw thrown;
    options.pieces?.clear();
    return tableOf(file, await chosen.format.open({ ...input, detected: thrown.found }), options);
  }
}

/** Collects the rows of a source that has been opened. */
export async function tableOf(file: { name: string; size: number }, source: RowSource, options: ImportOptions): Promise<Table> {
  const { name, size } = file;
  const { onProgress, onFirstRows, pieces = new MemoryPieces(), signal } = options;
  throwIfAborted(signal);
  const builder = new TableBuilder(source.header, source.width, options.choice?.raggedRows === 'use', pieces);
  let isShown = false;
  let lastPause = performance.now();
  for await (const batch of source.rows()) {
    if (batch.header !== undefined) builder.grow(batch.header);
    for (const row of batch.rows) builder.add(row);
    if (builder.cells > mostCells) throw damaged(name, 'too-large', { row: builder.rowsInFile });
    if (!isShown && builder.rowsInFile > 0) {
      isShown = true;
      onFirstRows?.({ columns: builder.names().names, rows: builder.firstRows });
    }
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
export async function importTable(file: FileBytes | FileSource, options: ImportOptions = {}): Promise<Table> {
  const table = await readTable(file, options);
  if (table.columns.length < 2) {
    throw new AnnealError('data.one-column', { file: file.name, columns: table.columns.map((column) => column.name) });
  }
  return table;
}
