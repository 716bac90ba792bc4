/** A file once read: columns of text, the rows set aside and why, and how it was read. */

export type EncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';
export type Delimiter = ',' | '\t' | ';' | '|';

/** How a file's bytes were read. Every part is found by content and can be set by the person. */
export interface Dialect {
  encoding: EncodingName;
  hasByteOrderMark: boolean;
  delimiter: Delimiter;
  /** False where a quote that does not close on its own line is an ordinary character. */
  quoted: boolean;
  hasHeader: boolean;
  /** Lines before the header that belong to no table (titles, blank lines), not counted as rows. */
  skippedLines: number;
}

/** What the person fixed by hand; everything absent is found by content. */
export interface DialectChoice {
  encoding?: EncodingName;
  delimiter?: Delimiter;
  hasHeader?: boolean;
  /** Fault 6: treat quotes that do not close on their line as characters, or keep only the rows before the open one. */
  openQuote?: 'as-text' | 'rows-before';
  /** Fault 4: read each line in the encoding that fits it, or set the rows aside that are not in the first encoding. */
  mixedEncoding?: 'each-part' | 'leave-out';
}

export interface TableColumn {
  /** Unique, shown name: trimmed of BOM, NBSP and zero-width characters; a second `label` is `label (2)`. */
  name: string;
  /** One cell a row, in the file's order. */
  cells: string[];
}

export type ImportNotice =
  | { kind: 'encoding'; encoding: EncodingName; close: EncodingName | null }
  | { kind: 'duplicate-header'; name: string; shownAs: string }
  | { kind: 'unnamed-header'; column: number; shownAs: string }
  | { kind: 'no-header' }
  | { kind: 'blank-lines'; lines: number }
  | { kind: 'skipped-lines'; lines: number };

/** Why a row is not used. `ragged` reasons are known on import, the others once text and label columns are chosen. */
export type SetAsideReason =
  | 'too-few-cells'
  | 'too-many-cells'
  /** Fault 4, with `mixedEncoding: 'leave-out'`; the cells show U+FFFD where bytes could not be read. */
  | 'undecodable'
  /** Fault 6, with `openQuote: 'rows-before'`: one a line from the open quote on, its cells not told apart. */
  | 'after-open-quote'
  | 'empty-text'
  | 'blank-text'
  | 'empty-label'
  | 'rare-label'
  | 'not-in-sample'
  | 'unknown-label';

export interface SetAsideRow {
  /**
   * As a spreadsheet counts it: the first record of the file is row 1, blank and skipped lines count too, and a record
   * with line breaks inside quotes is one row.
   */
  row: number;
  reason: SetAsideReason;
  /** The cells as they stood, at most 40. */
  cells: string[];
}

export interface Table {
  fileName: string;
  fileBytes: number;
  dialect: Dialect;
  columns: TableColumn[];
  /** Spreadsheet row of each kept row; same length as every column's `cells`. */
  rowNumbers: Uint32Array;
  /** Rows of the file that cannot be used because they are ragged. rowsInFile = rowNumbers.length + setAside.length. */
  setAside: SetAsideRow[];
  /** Data rows in the file, without header, blank lines and skipped lines. */
  rowsInFile: number;
  notices: ImportNotice[];
}
