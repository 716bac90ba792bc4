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
  readonly columns: TableColumn[];
  readonly rowNumbers: number[] = [];
  readonly setAside: SetAsideRow[] = [];
  blankLines = 0;

  constructor(
    names: readonly string[],
    private readonly hasHeader: boolean,
  ) {
    this.columns = names.map((name) => ({ name, cells: [] }));
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
    const reason = source.problem ?? this.raggedReason(cells);
    if (reason !== null) {
      this.setAside.push({ row, reason, cells: cells.slice(0, mostSetAsideCells) });
      return;
    }
    this.rowNumbers.push(row);
    this.columns.forEach((column, index) => column.cells.push(cells[index] ?? ''));
  }

  private raggedReason(cells: readonly string[]): 'too-few-cells' | 'too-many-cells' | null {
    const width = this.columns.length;
    if (cells.length < width) return 'too-few-cells';
    // Extra cells with nothing in them lose nothing.
    return cells.slice(width).some((cell) => trimInvisible(cell) !== '') ? 'too-many-cells' : null;
  }

  notices(): ImportNotice[] {
    const notices: ImportNotice[] = [];
    if (!this.hasHeader) notices.push({ kind: 'no-header' });
    if (this.blankLines > 0) notices.push({ kind: 'blank-lines', lines: this.blankLines });
    return notices;
  }
}

function namesOf(source: RowSource): { names: string[]; notices: ImportNotice[] } {
  return source.header === null ? { names: numberedNames(source.width), notices: [] } : columnNames(source.header);
}

/**
 * Reads a file as a table of any width from one column on.
 * Throws `data.no-rows`, `data.mixed-encoding`, `data.unclosed-quote`, `data.unreadable-file` and `cancelled`.
 */
export async function readTable(file: FileBytes, options: ImportOptions = {}): Promise<Table> {
  const { name, bytes } = file;
  const { choice = {}, onProgress, signal } = options;
  throwIfAborted(signal);
  if (bytes.length === 0) throw new AnnealError('data.no-rows', { file: name, kind: 'zero-bytes' });
  const looksLike = looksLikeOther(name, bytes);
  if (looksLike !== null) throw new AnnealError('data.no-rows', { file: name, kind: 'not-a-table', looksLike });
  const format = chooseFormat(name, bytes);
  if (format === null) throw new AnnealError('data.unreadable-file', { file: name, reason: 'unknown format' });

  const source = format.open({ fileName: name, bytes, choice });
  const { names, notices } = namesOf(source);
  const builder = new TableBuilder(names, source.header !== null);
  let lastPause = performance.now();
  for await (const batch of source.rows()) {
    for (const row of batch.rows) builder.add(row);
    onProgress?.({ rows: builder.rowsInFile, fraction: batch.bytesRead / bytes.length });
    if (performance.now() - lastPause >= pauseAfterMilliseconds) {
      await pause();
      lastPause = performance.now();
    }
    throwIfAborted(signal);
  }

  if (builder.rowsInFile === 0) {
    throw source.header === null
      ? new AnnealError('data.no-rows', { file: name, kind: 'blank-lines' })
      : new AnnealError('data.no-rows', { file: name, kind: 'header-only', columns: names });
  }
  return {
    fileName: name,
    fileBytes: bytes.length,
    dialect: source.dialect,
    columns: builder.columns,
    rowNumbers: Uint32Array.from(builder.rowNumbers),
    setAside: builder.setAside,
    rowsInFile: builder.rowsInFile,
    notices: [...source.notices, ...notices, ...builder.notices()],
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
