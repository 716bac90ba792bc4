/** Fault 6: what is said and kept where a quote never closes. */
import { AnnealError, type EncodingName } from '../../../domain';
import type { DecodedChunk } from '../../decode';
import { byteOrderMarkLength } from '../../encoding';
import { filePieces, type FileSource } from '../../fileSource';
import { linesOf, shownLine } from '../../unreadableLines';
import type { RowBatch, SourceRow } from '../format';
import type { OpenQuote } from './records';

const quoteByte = 0x22;
/** Bytes looked at on each side of a quote for the line that it stands in. */
const longestLine = 4_096;

/** Byte offset of the quote. In every byte encoding read here 0x22 is always the quote, never part of another sign. */
async function byteOfQuote(file: FileSource, encoding: EncodingName, quote: OpenQuote): Promise<number> {
  const begin = byteOrderMarkLength(await file.read(0, Math.min(4, file.size)), encoding);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return begin + 2 * quote.offset;
  let passed = 0;
  for await (const piece of filePieces(file, begin)) {
    for (let at = piece.bytes.indexOf(quoteByte); at !== -1; at = piece.bytes.indexOf(quoteByte, at + 1)) {
      if (passed === quote.quotesBefore) return piece.begin + at;
      passed += 1;
    }
  }
  return file.size;
}

/** The line that holds the byte; from the byte on in UTF-16, and where the line is very long. */
async function lineAt(file: FileSource, position: number, encoding: EncodingName): Promise<string> {
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  const from = isWide ? position : Math.max(0, position - longestLine);
  const bytes = await file.read(from, Math.min(file.size, position + longestLine));
  if (isWide) return shownLine(bytes, encoding);
  const before = bytes.subarray(0, position - from);
  const [line] = linesOf(bytes, 1 + Math.max(before.lastIndexOf(0x0a), before.lastIndexOf(0x0d)));
  return line === undefined ? '' : shownLine(line, encoding);
}

export async function unclosedQuoteError(
  file: FileSource,
  encoding: EncodingName,
  quote: OpenQuote,
  column: string,
  rowsBefore: number,
): Promise<AnnealError<'data.unclosed-quote'>> {
  const byte = await byteOfQuote(file, encoding, quote);
  return new AnnealError('data.unclosed-quote', {
    file: file.name,
    row: quote.row,
    column,
    byte,
    rowsBefore,
    line: await lineAt(file, byte, encoding),
  });
}

/** The lines from an open quote on, one set-aside row a line, so that none is lost without being counted. */
export async function* linesAfterOpenQuote(
  firstRow: number,
  rest: string,
  bytesRead: number,
  chunks: AsyncIterable<DecodedChunk>,
): AsyncGenerator<RowBatch> {
  let row = firstRow;
  let open: string[] = [];
  let carriedReturn = '';
  const toRows = (lines: string[]): SourceRow[] =>
    lines.map((line) => ({ row: row++, cells: [line], blank: line.trim() === '', problem: 'after-open-quote' }));
  const split = (piece: string): SourceRow[] => {
    const whole = carriedReturn + piece;
    // A carriage return at the end of this piece may be half of CR LF.
    carriedReturn = whole.endsWith('\r') ? '\r' : '';
    const [first = '', ...others] = (carriedReturn === '' ? whole : whole.slice(0, -1)).split(/\r\n|\n|\r/);
    open.push(first);
    if (others.length === 0) return [];
    const lines = [open.join(''), ...others.slice(0, -1)];
    open = others.slice(-1);
    return toRows(lines);
  };
  yield { rows: split(rest), bytesRead };
  for await (const chunk of chunks) yield { rows: split(chunk.text), bytesRead: chunk.bytesRead };
  const last = open.join('');
  yield { rows: last === '' ? [] : toRows([last]), bytesRead };
}
