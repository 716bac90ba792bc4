/** A file's bytes cut into lines before anything is known of their encodings. */
import type { EncodingName } from '../domain';
import { filePieces, firstPieceBytes, type FileSource } from './fileSource';

export interface ByteLines {
  /** Each with its line end; CR LF may be parted, its LF is then a line of its own. */
  lines: Uint8Array[];
  /** Of the file: end of the piece that these lines end in. */
  end: number;
  last: boolean;
}

/** Place after the next line end from `from` on, -1 where there is none. `from` is at the start of a unit. */
function afterLineEnd(bytes: Uint8Array, from: number, encoding: EncodingName): number {
  const step = encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
  for (let index = from; index + step <= bytes.length; index += step) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1] ?? 0;
    const unit = step === 1 ? first : encoding === 'utf-16le' ? first | (second << 8) : (first << 8) | second;
    if (unit === 0x0a || unit === 0x0d) return index + step;
  }
  return -1;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A line that spans pieces is joined once, however many they are. */
export async function* byteLines(file: FileSource, from: number, encoding: EncodingName): AsyncGenerator<ByteLines> {
  let open: Uint8Array[] = [];
  // Pieces of an even size: a unit of UTF-16 is never parted.
  for await (const { bytes, end, last } of filePieces(file, from, firstPieceBytes)) {
    const lines: Uint8Array[] = [];
    let begin = 0;
    for (let next = afterLineEnd(bytes, 0, encoding); next !== -1; next = afterLineEnd(bytes, begin, encoding)) {
      lines.push(joined([...open, bytes.subarray(begin, next)]));
      open = [];
      begin = next;
    }
    if (begin < bytes.length) open.push(bytes.subarray(begin));
    if (last && open.length > 0) lines.push(joined(open));
    yield { lines, end, last };
  }
}
