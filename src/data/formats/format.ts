/** The seam for file formats: one folder a format, listed in registry.ts. */
import type { Dialect, DialectChoice, ImportNotice, SetAsideReason } from '../../domain';
import type { DetectedEncoding } from '../encoding';
import type { FileSource } from '../fileSource';

export interface FormatInput {
  file: FileSource;
  /** First bytes of the file: all of a small one. */
  head: Uint8Array;
  choice: DialectChoice;
  /** Where the encoding was found by going over the whole file; otherwise it is found from the head. */
  detected?: DetectedEncoding | undefined;
}

export interface SourceRow {
  /** As a spreadsheet counts it. */
  row: number;
  cells: string[];
  /** Nothing on the line: counted, but no row of data. */
  blank: boolean;
  /** Why the row cannot be used, where the format knows. */
  problem: SetAsideReason | null;
}

export interface RowBatch {
  rows: SourceRow[];
  /** Of the file, so far; never falls. */
  bytesRead: number;
  /** The header with the columns that came up in this batch; rows before it have empty cells there. */
  header?: string[];
}

export interface RowSource {
  dialect: Dialect;
  /** Header cells as they stand in the file; null where there is no header. */
  header: string[] | null;
  /** Cells of a row that is whole. */
  width: number;
  notices: ImportNotice[];
  /** Data rows, the header and skipped lines left out. Throws with row, column and offset at bytes it cannot read. */
  rows(): AsyncIterable<RowBatch>;
}

export interface FileFormat {
  readonly id: string;
  /** Without the dot, lower case. */
  readonly extensions: readonly string[];
  /**
   * How sure the format is that it can read this file, 0 to 1, from its name and first bytes. From `sure` on, the bytes
   * are not asked any more whether they are a picture or the like.
   */
  sniff(fileName: string, sample: Uint8Array): number;
  /** Asynchronous where the format has to unpack, or to fetch the code that reads it. */
  open(input: FormatInput): RowSource | Promise<RowSource>;
}

/** What `sniff` answers where the bytes themselves say what they are. */
export const sure = 0.9;

/** Rows given at once: few enough that the reader answers between two batches. */
export const batchRows = 5_000;

/** More is no table of texts and labels; a small file could otherwise take any amount of memory. */
export const mostColumns = 2_000;

export function hasExtension(fileName: string, extensions: readonly string[]): boolean {
  const name = fileName.toLowerCase();
  return extensions.some((extension) => name.endsWith(`.${extension}`));
}
