/** Fault 6: what is said and kept where a quote never closes. */
import { AnnealError, type EncodingName } from '../../../domain';
import type { DecodedChunk } from '../../decode';
import { byteOrderMarkLength } from '../../encoding';
import { byteLines, shownLine } from '../../unreadableLines';
import type { RowBatch, SourceRow } from '../format';
import type { OpenQuote } from './records';

const quoteByte = 0x22;

/** Byte offset of the quote. In every byte encoding read here 0x22 is always the quote, never part of another sign. */
function byteOfQuote(bytes: Uint8Array, encoding: EncodingName, quote: OpenQuote): number {
  const begin = byteOrderMarkLength(bytes, encoding);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return begin + 2 * quote.offset;
  let position = bytes.indexOf(quoteByte, begin);
  for (let passed = 0; passed < quote.quotesBefore; passed += 1) position = bytes.indexOf(quoteByte, position + 1);
  return position;
}

/** The line that holds the byte; from the byte on in UTF-16. */
function lineAt(bytes: Uint8Array, position: number, encoding: EncodingName): string {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return shownLine(bytes.subarray(position, position + 512), encoding);
  let begin = position;
  while (begin > 0 && bytes[begin - 1] !== 0x0a && bytes[begin - 1] !== 0x0d) begin -= 1;
  const [line] = byteLines(bytes.subarray(begin, begin + 4096));
  return line === undefined ? '' : shownLine(line, encoding);
}

export function unclosedQuoteError(
  file: { fileName: string; bytes: Uint8Array },
  encoding: EncodingName,
  quote: OpenQuote,
  column: string,
  rowsBefore: number,
): AnnealError<'data.unclosed-quote'> {
  const byte = byteOfQuote(file.bytes, encoding, quote);
  return new AnnealError('data.unclosed-quote', {
    file: file.fileName,
    row: quote.row,
    column,
    byte,
    rowsBefore,
    line: lineAt(file.bytes, byte, encoding),
  });
}

/** The lines from an open quote on, one set-aside row a line, so that none is lost without being counted. */
export function* linesAfterOpenQuote(
  firstRow: number,
  rest: string,
  bytesRead: number,
  chunks: Iterable<DecodedChunk>,
): Generator<RowBatch> {
  let row = firstRow;
  let carried = '';
  const toRows = (lines: string[]): SourceRow[] =>
    lines.map((line) => ({ row: row++, cells: [line], blank: line.trim() === '', problem: 'after-open-quote' }));
  const split = (text: string): SourceRow[] => {
    const lines = (carried + text).split(/\r\n|\n|\r(?!$)/);
    carried = lines.pop() ?? '';
    return toRows(lines);
  };
  yield { rows: split(rest), bytesRead };
  for (const chunk of chunks) yield { rows: split(chunk.text), bytesRead: chunk.bytesRead };
  yield { rows: carried === '' ? [] : toRows([carried.replace(/\r$/, '')]), bytesRead };
}
