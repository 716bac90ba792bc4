/** Bytes to text, strictly: what cannot be decoded is an error with its place, never a silent U+FFFD. */
import { AnnealError, type DialectChoice, type EncodingName } from '../domain';
import { byteLines } from './byteLines';
import { byteOrderMarkLength } from './encoding';
import { likelyEncodingOfRest } from './encodingScan';
import { filePieces, sourceOf, type FileSource } from './fileSource';
import { RecordReader } from './formats/csv/records';
import { unreadableLines } from './unreadableLines';
import { findInvalidUtf8 } from './utf8';
import { decodeWindows1252 } from './windows1252';

export interface DecodedChunk {
  text: string;
  /** Bytes of the file read so far. */
  bytesRead: number;
  /** Nothing follows. */
  last: boolean;
  /** Character ranges of `text` that hold U+FFFD for undecodable bytes; only with `mixedEncoding: 'leave-out'`. */
  undecodable: { begin: number; end: number }[];
}

/** Bytes of the longest sequence that can be cut short at the end of a file. */
const longestSequence = 3;
/** More than any byte-order mark. */
const markBytes = 4;

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

async function markLength(file: FileSource, encoding: EncodingName): Promise<number> {
  return byteOrderMarkLength(await file.read(0, Math.min(markBytes, file.size)), encoding);
}

/** Offset of the first undecodable sequence in bytes known to hold one, found by halving them. */
function firstUndecodable(bytes: Uint8Array, encoding: EncodingName): number {
  if (encoding === 'utf-8') return Math.max(0, findInvalidUtf8(bytes));
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (canDecode(bytes.subarray(0, middle), encoding, false)) good = middle;
    else bad = middle;
  }
  // The decoder stops inside the sequence; its first byte is where a complete text last ended.
  for (let back = good; back >= Math.max(0, good - 4); back -= 1) {
    if (canDecode(bytes.subarray(0, back), encoding, true)) return back;
  }
  return good;
}

/** Row, as a spreadsheet counts it, of the byte at `position`; what lies before it can be decoded. */
async function rowOfByte(file: FileSource, position: number, encoding: EncodingName, first: number): Promise<number> {
  const decoder = strictDecoder(encoding);
  // The delimiter only matters for where a quoted cell may begin; a comma is right for nearly every file.
  const reader = new RecordReader({ delimiter: ',', quoted: true });
  if (position <= first) return reader.nextRow;
  for await (const { bytes, last } of filePieces({ ...file, size: position }, first)) {
    reader.push(decoder.decode(bytes, last), false);
  }
  return reader.nextRow;
}

/** @param line where the line of that byte begins */
async function mixedEncodingError(file: FileSource, position: number, line: number, encoding: EncodingName, first: number): Promise<AnnealError> {
  // A last character cut short says nothing about another encoding.
  const isCutShort = file.size - position <= longestSequence;
  const likely = encoding === 'utf-8' && !isCutShort ? await likelyEncodingOfRest(file) : null;
  const { lines, sample } = await unreadableLines(file, line, encoding, likely);
  return new AnnealError('data.mixed-encoding', {
    file: file.name,
    encoding,
    row: await rowOfByte(file, position, encoding, first),
    byte: position,
    likely,
    unreadable: lines,
    sample,
  });
}

/** Where decoding can begin anew before the end of these bytes: after a line feed, which is never part of a sequence. */
function lastStart(bytes: Uint8Array, begin: number): number | null {
  const feed = bytes.lastIndexOf(0x0a);
  return feed === -1 ? null : begin + feed + 1;
}

/**
 * Decodes piece by piece, so that a large file is never in memory as one text.
 * Throws `data.mixed-encoding` at the first byte that is not in `encoding`.
 */
export async function* decodeStrictly(file: FileSource, encoding: EncodingName): AsyncGenerator<DecodedChunk> {
  const decoder = strictDecoder(encoding);
  const first = await markLength(file, encoding);
  let start = first;
  for await (const { bytes, begin, end, last } of filePieces(file, first)) {
    let text: string;
    try {
      text = decoder.decode(bytes, last);
    } catch {
      // A sequence that began in this piece may end after it.
      const stretch = await file.read(start, Math.min(end + longestSequence, file.size));
      const wrong = firstUndecodable(stretch, encoding);
      const line = start + stretch.subarray(0, wrong).lastIndexOf(0x0a) + 1;
      throw await mixedEncodingError(file, start + wrong, line, encoding, first);
    }
    yield { text, bytesRead: end, last, undecodable: [] };
    start = isWide(encoding) ? Math.max(first, end - 2) : (lastStart(bytes, begin) ?? start);
  }
}

/**
 * Decodes a file of several encodings line by line (fault 4). With `each-part` a line that is not in `encoding` is read
 * in the encoding that its like are in; a line that fits neither, and with `leave-out` every such line, is marked.
 */
export async function* decodeMixed(file: FileSource, encoding: EncodingName, choice: 'each-part' | 'leave-out'): AsyncGenerator<DecodedChunk> {
  const encodings: EncodingName[] = [encoding];
  if (choice === 'each-part') {
    encodings.push(encoding === 'utf-8' ? ((await likelyEncodingOfRest(file)) ?? 'windows-1252') : 'utf-8');
  }
  const lossy = new TextDecoder(encoding, { ignoreBOM: true });
  for await (const { lines, end, last } of byteLines(file, await markLength(file, encoding), encoding)) {
    const parts: string[] = [];
    const undecodable: DecodedChunk['undecodable'] = [];
    let characters = 0;
    for (const line of lines) {
      const fitting = encodings.find((candidate) => canDecode(line, candidate, true));
      const text = fitting === undefined ? lossy.decode(line) : strictDecoder(fitting).decode(line, true);
      if (fitting === undefined) undecodable.push({ begin: characters, end: characters + text.length });
      parts.push(text);
      characters += text.length;
    }
    yield { text: parts.join(''), bytesRead: end, last, undecodable };
  }
}

/** Decodes with what the person chose for a file of mixed encodings, strictly without a choice. */
export function decodeChunks(file: FileSource, encoding: EncodingName, mixedEncoding?: DialectChoice['mixedEncoding']): AsyncGenerator<DecodedChunk> {
  return mixedEncoding === undefined ? decodeStrictly(file, encoding) : decodeMixed(file, encoding, mixedEncoding);
}

/** All bytes as one text. Throws `data.mixed-encoding` as `decodeStrictly` does. */
export async function decode(bytes: Uint8Array, encoding: EncodingName, fileName: string): Promise<string> {
  const parts: string[] = [];
  for await (const { text } of decodeStrictly(sourceOf({ name: fileName, bytes }), encoding)) parts.push(text);
  return parts.join('');
}
