/** A file once read: columns of text, the rows set aside and why, and how it was read. */

/** Names as `TextDecoder` knows them in every browser. */
export const encodingNames = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
] as const;
export type EncodingName = (typeof encodingNames)[number];

export type Delimiter = ',' | '\t' | ';' | '|';

/** How a file's bytes were read. Every part is found by content and can be set by the person. */
export interface Dialect {
  /** `id` of the format in `data/formats`; absent: delimited text. Delimiter and quotes mean nothing in the other formats, nor the encoding in binary ones. */
  format?: string;
  encoding: EncodingName;
  hasByteOrderMark: boolean;
  delimiter: Delimiter;
  /** False where a quote that does not close on its own line is an ordinary character. */
  quoted: boolean;
  hasHeader: boolean;
  /** Lines before the header that belong to no table (titles, blank lines), not counted as rows. */
  skippedLines: number;
  /** The sheet that was read, and all that could be. Spreadsheets only. */
  sheet?: string;
  sheets?: string[];
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
  /** Set rows aside that are damaged by themselves (a line that is no JSON) instead of refusing the file. */
  damagedRows?: 'leave-out';
  /** Fault 5: use rows with too few or too many cells too: what is missing is empty, what is over is left away. */
  raggedRows?: 'use';
  /** Which sheet of a spreadsheet; the first visible one with rows where absent. */
  sheet?: string;
}

/**
 * Texts by place. A large file's lie as bytes in memory or on disk and are made into strings one by one: go through them
 * in order or ask for the few that are needed, and keep no more than that. A plain array is one too.
 */
export interface Cells {
  readonly length: number;
  /** Undefined from `length` on. */
  at(index: number): string | undefined;
  [Symbol.iterator](): Iterator<string>;
}

export interface TableColumn {
  /** Unique, shown name: trimmed of BOM, NBSP and zero-width characters; a second `label` is `label (2)`. */
  name: string;
  /** One cell a row, in the file's order. */
  cells: Cells;
}

export type ImportNotice =
  /**
   * `others`: every encoding that fits nearly as well, the likeliest first; `close` is the first of them. `samples`:
   * the same lines read in each of them, the one that was taken first.
   */
  | { kind: 'encoding'; encoding: EncodingName; close: EncodingName | null; others?: EncodingName[]; samples?: { encoding: EncodingName; lines: string[] }[] }
  | { kind: 'duplicate-header'; name: string; shownAs: string }
  | { kind: 'unnamed-header'; column: number; shownAs: string }
  | { kind: 'no-header' }
  /** With `raggedRows: 'use'`: how many there are. */
  | { kind: 'ragged-rows'; rows: number }
  | { kind: 'blank-lines'; lines: number }
  | { kind: 'skipped-lines'; lines: number };

/** Why a row is not used. `ragged` reasons are known on import, the others once text and label columns are chosen. */
export const setAsideReasons = [
  'too-few-cells',
  'too-many-cells',
  /** Fault 4, with `mixedEncoding: 'leave-out'`; the cells show U+FFFD where bytes could not be read. */
  'undecodable',
  /** Fault 6, with `openQuote: 'rows-before'`: one a line from the open quote on, its cells not told apart. */
  'after-open-quote',
  /** With `damagedRows: 'leave-out'`; the one cell is the row as it stands. */
  'damaged',
  'empty-text',
  'blank-text',
  'empty-label',
  'not-a-number',
  'bad-tags',
  'bad-spans',
  'rare-label',
  'not-in-sample',
  'unknown-label',
  /** The column that parts the rows says nothing of this one. */
  'empty-group',
  'unreadable-time',
  'unknown-side',
  /** Named as a test row in its file, where a test file is given. */
  'other-test',
  /** By group or time: its text is on an earlier side already. */
  'copy-elsewhere',
  /** The data doctor's mends. */
  'duplicate',
  'conflict',
  'leak',
  'short-text',
  'outlier',
  'too-long',
] as const;
export type SetAsideReason = (typeof setAsideReasons)[number];

export interface SetAsideRow {
  /**
   * As a spreadsheet counts it (a sheet's own row number; a line of JSON Lines; a line where a tagged sentence begins;
   * the how many-eth element, Parquet row or archived file elsewhere). In delimited text: the first record of the file is row 1, blank and skipped lines count too, and a record
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
