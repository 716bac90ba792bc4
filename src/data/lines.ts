/** Decoded text to lines, each with its row and place; ends are LF, CR LF or, in a file without LF, CR. */
import type { DecodedChunk } from './decode';
import { UndecodableRanges } from './undecodable';

export interface Line {
  text: string;
  /** The first line is 1. */
  row: number;
  /** Character offset in the whole text. */
  begin: number;
  /** Overlaps bytes that could not be decoded. */
  undecodable: boolean;
}

export interface LineBatch {
  lines: Line[];
  bytesRead: number;
}

/** A piece of text gives one batch; a long line is joined once, however many pieces it spans. */
export async function* readLines(chunks: AsyncIterable<DecodedChunk>): AsyncGenerator<LineBatch> {
  const ranges = new UndecodableRanges();
  let separator = '';
  let open: string[] = [];
  let begin = 0;
  let row = 1;
  let bytesRead = 0;
  const take = (last: string): Line => {
    const whole = open.length === 0 ? last : open.join('') + last;
    open = [];
    const end = begin + whole.length + 1;
    const text = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    const line = { text, row, begin, undecodable: ranges.touches({ begin, end }) };
    begin = end;
    row += 1;
    return line;
  };
  for await (const chunk of chunks) {
    ranges.add(chunk);
    bytesRead = chunk.bytesRead;
    if (separator === '') separator = chunk.text.includes('\n') || !chunk.text.includes('\r') ? '\n' : '\r';
    const parts = chunk.text.split(separator);
    const rest = parts.pop() ?? '';
    const lines = parts.map(take);
    open.push(rest);
    yield { lines, bytesRead };
  }
  const last = open.join('');
  open = [];
  if (last !== '') yield { lines: [take(last)], bytesRead };
}
