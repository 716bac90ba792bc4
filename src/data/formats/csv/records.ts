/**
 * Text to records: where rows and cells begin and end, in one linear pass.
 *
 * Written here because what a broken file needs (the row and place of a quote that never closes, line ends of several
 * kinds in one file, a bound on how far a stray quote may reach) is not what CSV libraries report; on well-formed text
 * the result equals PapaParse's, which a test checks.
 */
import type { Delimiter } from '../../../domain';

export interface RecordOptions {
  delimiter: Delimiter;
  /** False: a quote that does not close on its own line is an ordinary character. */
  quoted: boolean;
}

export interface FileRecord {
  /** Spreadsheet row: the first record of the text is 1, blank lines count. */
  row: number;
  cells: string[];
  /** Nothing, or only white space, between two line ends. */
  blank: boolean;
  /** Character offsets in the whole text; `end` is after the line end. */
  begin: number;
  end: number;
}

/** A quote that opens a cell and does not close where a cell can end. */
export interface OpenQuote {
  row: number;
  /** 0-based cell of the row. */
  cell: number;
  /** Quote characters before this one in the text, and its character offset. */
  quotesBefore: number;
  offset: number;
}

/** Longest believable quoted cell. A stray quote would otherwise take in the rest of the file. */
const longestQuotedCell = 1_048_576;
const mostLinesInQuotedCell = 1_000;

const incomplete = Symbol('incomplete');
const openQuote = Symbol('open quote');
type CellEnd = { value: string; end: number };

/** Next place of a string in a text, searched anew only outside the stretch known to be free of it: stays linear. */
class NextPlace {
  private place = -1;
  private searchedFrom = 0;

  constructor(
    private readonly text: string,
    private readonly searched: string,
  ) {}

  from(position: number): number {
    if (this.place < position || position < this.searchedFrom) {
      this.searchedFrom = position;
      const found = this.text.indexOf(this.searched, position);
      this.place = found === -1 ? Infinity : found;
    }
    return this.place;
  }
}

/** Looks at nothing beyond `end`: what is not there would otherwise be searched for to the end of the text each time. */
export function countOf(text: string, searched: string, begin: number, end: number): number {
  const stretch = text.slice(begin, end);
  let count = 0;
  for (let at = stretch.indexOf(searched); at !== -1; at = stretch.indexOf(searched, at + 1)) count += 1;
  return count;
}

export class RecordReader {
  /** Row of the record that comes next. */
  nextRow = 1;
  /** Set once a quote is open for too long; the reader then gives no more records. */
  openQuote: OpenQuote | null = null;
  /** Text from the open quote's row on that was pushed already. */
  rest = '';

  private offset = 0;
  private quotes = 0;
  private last = false;
  private text = '';
  private nextDelimiter = new NextPlace('', ',');
  private nextLineFeed = new NextPlace('', '\n');
  private nextReturn = new NextPlace('', '\r');
  private nextQuote = new NextPlace('', '"');

  constructor(private readonly options: RecordOptions) {}

  /** Records that are complete with this piece of text; `last` says that none follows. */
  push(text: string, last: boolean): FileRecord[] {
    this.last = last;
    this.text = this.rest + text;
    this.nextDelimiter = new NextPlace(this.text, this.options.delimiter);
    this.nextLineFeed = new NextPlace(this.text, '\n');
    this.nextReturn = new NextPlace(this.text, '\r');
    this.nextQuote = new NextPlace(this.text, '"');
    const records: FileRecord[] = [];
    let position = 0;
    while (position < this.text.length && this.openQuote === null) {
      const record = this.readRecord(position);
      if (record === null) break;
      records.push(record);
      this.nextRow += 1;
      position = record.end - this.offset;
    }
    this.quotes += countOf(this.text, '"', 0, position);
    this.offset += position;
    this.rest = this.text.slice(position);
    this.text = '';
    return records;
  }

  private readRecord(begin: number): FileRecord | null {
    const cells: string[] = [];
    let position = begin;
    for (;;) {
      const cell = this.readCell(position);
      if (cell === incomplete) return null;
      if (cell === openQuote) {
        this.openQuote = {
          row: this.nextRow,
          cell: cells.length,
          quotesBefore: this.quotes + countOf(this.text, '"', 0, position),
          offset: this.offset + position,
        };
        return null;
      }
      cells.push(cell.value);
      const sign = this.text[cell.end];
      if (sign === this.options.delimiter) {
        position = cell.end + 1;
        continue;
      }
      const end = this.afterLineEnd(cell.end);
      if (end === incomplete) return null;
      const blank = this.isBlank(begin, cells);
      return { row: this.nextRow, cells, blank, begin: this.offset + begin, end: this.offset + end };
    }
  }

  private isBlank(begin: number, cells: readonly string[]): boolean {
    const mayBeBlank = cells.length === 1 || this.options.delimiter === '\t';
    return mayBeBlank && this.text[begin] !== '"' && cells.every((cell) => cell.trim() === '');
  }

  /** End of a line at `position`, which is at a line end or at the end of the text. */
  private afterLineEnd(position: number): number | typeof incomplete {
    if (position >= this.text.length) return this.last ? position : incomplete;
    if (this.text[position] === '\n') return position + 1;
    // A carriage return at the end of this piece may be half of CR LF.
    if (position + 1 === this.text.length && !this.last) return incomplete;
    return this.text[position + 1] === '\n' ? position + 2 : position + 1;
  }

  private lineEnd(position: number): number {
    return Math.min(this.nextLineFeed.from(position), this.nextReturn.from(position), this.text.length);
  }

  private readCell(begin: number): CellEnd | typeof incomplete | typeof openQuote {
    if (this.text[begin] === '"') {
      if (this.options.quoted) return this.readQuotedCell(begin);
      const onLine = this.readQuotedOnLine(begin);
      if (onLine !== null) return onLine;
    } else if (this.text[begin] === ' ') {
      let quote = begin;
      while (this.text[quote] === ' ') quote += 1;
      if (this.text[quote] === '"') {
        const onLine = this.readQuotedOnLine(quote);
        if (onLine !== null) return onLine;
      }
    }
    const end = Math.min(this.nextDelimiter.from(begin), this.lineEnd(begin));
    if (end >= this.text.length && !this.last) return incomplete;
    return { value: this.text.slice(begin, end), end };
  }

  /** Place of the quote that closes a cell whose content begins at `from`, -1 where there is none before `limit`. */
  private closingQuote(from: number, limit: number): number {
    let quote = this.nextQuote.from(from);
    while (quote < limit && this.text[quote + 1] === '"') quote = this.nextQuote.from(quote + 2);
    return quote < limit ? quote : -1;
  }

  /** Where a cell ends whose quote closed at `quote`, trailing spaces skipped; -1 where other text follows. */
  private cellEndAfter(quote: number): number {
    let end = quote + 1;
    while (this.text[end] === ' ') end += 1;
    const sign = this.text[end];
    return sign === undefined || sign === '\n' || sign === '\r' || sign === this.options.delimiter ? end : -1;
  }

  private unescape(begin: number, end: number): string {
    const content = this.text.slice(begin, end);
    return content.includes('"') ? content.replaceAll('""', '"') : content;
  }

  private readQuotedCell(begin: number): CellEnd | typeof incomplete | typeof openQuote {
    const quote = this.closingQuote(begin + 1, this.text.length);
    const reached = quote === -1 ? this.text.length : quote;
    if (this.isTooLong(begin, reached)) return openQuote;
    if (quote === -1) return this.last ? openQuote : incomplete;
    const end = this.cellEndAfter(quote);
    if (end >= this.text.length && !this.last) return incomplete;
    if (end !== -1) return { value: this.unescape(begin + 1, quote), end };
    if (quote + 1 >= this.text.length && !this.last) return incomplete;
    // Text after the closing quote. Over several lines it was no closing quote but the opening one of a later cell.
    if (this.lineEnd(begin) < quote) return openQuote;
    const textEnd = Math.min(this.nextDelimiter.from(quote), this.lineEnd(quote));
    if (textEnd >= this.text.length && !this.last) return incomplete;
    return { value: this.unescape(begin + 1, quote) + this.text.slice(quote + 1, textEnd), end: textEnd };
  }

  private isTooLong(begin: number, end: number): boolean {
    if (end - begin > longestQuotedCell) return true;
    if (end - begin < mostLinesInQuotedCell) return false;
    const feeds = countOf(this.text, '\n', begin, end);
    return (feeds === 0 ? countOf(this.text, '\r', begin, end) : feeds) > mostLinesInQuotedCell;
  }

  /** A quoted cell that closes on its own line before a delimiter or the line's end; null where it does not. */
  private readQuotedOnLine(begin: number): CellEnd | typeof incomplete | null {
    const lineEnd = this.lineEnd(begin);
    if (lineEnd >= this.text.length && !this.last) return incomplete;
    const quote = this.closingQuote(begin + 1, lineEnd);
    if (quote === -1) return null;
    const end = this.cellEndAfter(quote);
    return end === -1 ? null : { value: this.unescape(begin + 1, quote), end };
  }
}
