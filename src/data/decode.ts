/** Bytes to text, strictly: what cannot be decoded is an error with its place, never a silent U+FFFD. */
import { AnnealError, type DialectChoice, type EncodingName } from '../domain';
import { byteOrderMarkLength, likelyEncodingOfRest } from './encoding';
import { RecordReader } from './formats/csv/records';
import { unreadableLines } from './unreadableLines';
import { findInvalidUtf8 } from './utf8';
import { decodeWindows1252 } from './windows1252';

export interface DecodedChunk {
  text: string;
  /** Bytes of the file read so far. */
  bytesRead: number;
  /** Character ranges of `text` that hold U+FFFD for undecodable bytes; only with `mixedEncoding: 'leave-out'`. */
  undecodable: { begin: number; end: number }[];
}

/** A small first chunk shows the first rows soon; larger ones then cost fewer pauses. */
const firstChunkBytes = 262_144;
const chunkBytes = 4_194_304;

/** Bytes of the longest sequence that can be cut short at the end of a file. */
const longestSequence = 3;

interface StreamDecoder {
  /** Throws a `TypeError` on a malformed sequence. */
  decode(bytes: Uint8Array, last: boolean): string;
}

function strictDecoder(encoding: EncodingName): StreamDecoder {
  if (encoding === 'windows-1252') return { decode: decodeWindows1252 };
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return { decode: (bytes, last) => decoder.decode(bytes, { stream: !last }) };
}

function canDecode(bytes: Uint8Array, encoding: EncodingName, last: boolean): boolean {
  if (encoding === 'utf-8' && last) return findInvalidUtf8(bytes) === -1;
  try {
    strictDecoder(encoding).decode(bytes, last);
    return true;
  } catch {
    return false;
  }
}

function isWide(encoding: EncodingName): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

/** Start of the line that holds `position`, at or after `begin`. No line end is ever part of a multi-byte sequence. */
function lineStart(bytes: Uint8Array, position: number, begin: number, encoding: EncodingName): number {
  const wide = isWide(encoding);
  for (let index = position - 1; index >= begin; index -= 1) {
    if (bytes[index] !== 0x0a) continue;
    if (!wide) return index + 1;
    const isUnit = (index - begin) % 2 === (encoding === 'utf-16le' ? 0 : 1);
    if (isUnit && bytes[encoding === 'utf-16le' ? index + 1 : index - 1] === 0) {
      return encoding === 'utf-16le' ? index + 2 : index + 1;
    }
  }
  return begin;
}

/** Offset of the first undecodable sequence in a stretch known to hold one, found by halving the stretch. */
function firstUndecodable(bytes: Uint8Array, begin: number, end: number, encoding: EncodingName): number {
  if (encoding === 'utf-8') {
    const invalid = findInvalidUtf8(bytes, begin, bytes.length);
    return invalid === -1 ? begin : invalid;
  }
  let good = begin;
  let bad = end;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (canDecode(bytes.subarray(begin, middle), encoding, false)) good = middle;
    else bad = middle;
  }
  // The decoder stops inside the sequence; its first byte is where a complete text last ended.
  for (let back = good; back >= Math.max(begin, good - 4); back -= 1) {
    if (canDecode(bytes.subarray(begin, back), encoding, true)) return back;
  }
  return good;
}

/** Row, as a spreadsheet counts it, of the byte at `position`; what lies before it can be decoded. */
function rowOfByte(bytes: Uint8Array, position: number, encoding: EncodingName): number {
  const decoder = strictDecoder(encoding);
  // The delimiter only matters for where a quoted cell may begin; a comma is right for nearly every file.
  const reader = new RecordReader({ delimiter: ',', quoted: true });
  for (let begin = byteOrderMarkLength(bytes, encoding); begin < position; begin += chunkBytes) {
    const end = Math.min(begin + chunkBytes, position);
    reader.push(decoder.decode(bytes.subarray(begin, end), end === position), false);
  }
  return reader.nextRow;
}

function mixedEncodingError(bytes: Uint8Array, position: number, encoding: EncodingName, fileName: string) {
  // A last character cut short says nothing about another encoding.
  const isCutShort = bytes.length - position <= longestSequence;
  const likely = encoding === 'utf-8' && !isCutShort ? likelyEncodingOfRest(bytes) : null;
  const { lines, sample } = unreadableLines(bytes, lineStart(bytes, position, 0, encoding), encoding, likely);
  return new AnnealError('data.mixed-encoding', {
    file: fileName,
    encoding,
    row: rowOfByte(bytes, position, encoding),
    byte: position,
    likely,
    unreadable: lines,
    sample,
  });
}

/**
 * Decodes piece by piece, so that a large file is never in memory as one text.
 * Throws `data.mixed-encoding` at the first byte that is not in `encoding`.
 */
export function* decodeStrictly(bytes: Uint8Array, encoding: EncodingName, fileName: string): Generator<DecodedChunk> {
  const decoder = strictDecoder(encoding);
  const first = byteOrderMarkLength(bytes, encoding);
  let begin = first;
  let size = firstChunkBytes;
  do {
    const end = Math.min(begin + size, bytes.length);
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(begin, end), end === bytes.length);
    } catch {
      const position = firstUndecodable(bytes, lineStart(bytes, begin, first, encoding), end, encoding);
      throw mixedEncodingError(bytes, position, encoding, fileName);
    }
    yield { text, bytesRead: end, undecodable: [] };
    begin = end;
    size = chunkBytes;
  } while (begin < bytes.length);
}

/** End of the line that begins at `begin`, with its line end; at the end of the file, its length. */
function lineEnd(bytes: Uint8Array, begin: number, encoding: EncodingName): number {
  const step = isWide(encoding) ? 2 : 1;
  for (let index = begin; index < bytes.length; index += step) {
    const first = bytes[index] ?? 0;
    const second = bytes[index + 1] ?? 0;
    const unit = step === 1 ? first : encoding === 'utf-16le' ? first | (second << 8) : (first << 8) | second;
    if (unit === 0x0a || unit === 0x0d) return Math.min(index + step, bytes.length);
  }
  return bytes.length;
}

/**
 * Decodes a file of several encodings line by line (fault 4). With `each-part` a line that is not in `encoding` is read
 * in the encoding that its like are in; a line that fits neither, and with `leave-out` every such line, is marked.
 */
export function* decodeMixed(
  bytes: Uint8Array,
  encoding: EncodingName,
  choice: 'each-part' | 'leave-out',
): Generator<DecodedChunk> {
  const encodings: EncodingName[] = [encoding];
  if (choice === 'each-part') {
    encodings.push(encoding === 'utf-8' ? (likelyEncodingOfRest(bytes) ?? 'windows-1252') : 'utf-8');
  }
  const lossy = new TextDecoder(encoding, { ignoreBOM: true });
  let begin = byteOrderMarkLength(bytes, encoding);
  while (begin < bytes.length) {
    const parts: string[] = [];
    const undecodable: DecodedChunk['undecodable'] = [];
    let characters = 0;
    for (const stop = begin + firstChunkBytes; begin < bytes.length && begin < stop;) {
      const end = lineEnd(bytes, begin, encoding);
      const line = bytes.subarray(begin, end);
      const fitting = encodings.find((candidate) => canDecode(line, candidate, true));
      const text = fitting === undefined ? lossy.decode(line) : strictDecoder(fitting).decode(line, true);
      if (fitting === undefined) undecodable.push({ begin: characters, end: characters + text.length });
      parts.push(text);
      characters += text.length;
      begin = end;
    }
    yield { text: parts.join(''), bytesRead: begin, undecodable };
  }
}

/** Decodes with what the person chose for a file of mixed encodings, strictly without a choice. */
export function decodeChunks(
  bytes: Uint8Array,
  encoding: EncodingName,
  fileName: string,
  mixedEncoding?: DialectChoice['mixedEncoding'],
): Generator<DecodedChunk> {
  return mixedEncoding === undefined
    ? decodeStrictly(bytes, encoding, fileName)
    : decodeMixed(bytes, encoding, mixedEncoding);
}

/** The whole file as one text. Throws `data.mixed-encoding` as `decodeStrictly` does. */
export function decode(bytes: Uint8Array, encoding: EncodingName, fileName: string): string {
  return Array.from(decodeStrictly(bytes, encoding, fileName), (chunk) => chunk.text).join('');
}
