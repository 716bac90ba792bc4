/** The seam for file formats: one folder a format, listed in registry.ts. */
import type { Dialect, DialectChoice, ImportNotice, SetAsideReason } from '../../domain';

export interface FormatInput {
  fileName: string;
  bytes: Uint8Array;
  choice: DialectChoice;
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
  bytesRead: number;
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
  /** How sure the format is that it can read this file, 0 to 1, from its name and first bytes. */
  sniff(fileName: string, sample: Uint8Array): number;
  open(input: FormatInput): RowSource;
}
