/** Fault 4: how much of a file is not in its encoding, so that a person can choose what to do with it. */
import type { EncodingName } from '../domain';
import { byteLines } from './byteLines';
import type { FileSource } from './fileSource';
import { findInvalidUtf8 } from './utf8';
import { decodeWindows1252 } from './windows1252';

/** Enough to recognise a line by. */
const shownCharacters = 120;

function isReadable(line: Uint8Array, encoding: EncodingName): boolean {
  if (encoding === 'utf-8') return findInvalidUtf8(line) === -1;
  try {
    new TextDecoder(encoding, { fatal: true }).decode(line);
    return true;
  } catch {
    return false;
  }
}

/** The start of a line, whatever of it can be read. */
export function shownLine(line: Uint8Array, encoding: EncodingName): string {
  const text = encoding === 'windows-1252' ? decodeWindows1252(line) : new TextDecoder(encoding).decode(line);
  const shown = [...text.slice(0, 2 * shownCharacters + 2).trim()];
  return shown.length > shownCharacters ? `${shown.slice(0, shownCharacters).join('')}…` : shown.join('');
}

/** Lines of some bytes in a byte encoding, without their ends. UTF-16 has none that could be told apart byte by byte. */
export function* linesOf(bytes: Uint8Array, begin = 0): Generator<Uint8Array> {
  for (let start = begin; start < bytes.length; ) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d) end += 1;
    if (end > start) yield bytes.subarray(start, end);
    start = end + 1;
  }
}

/**
 * Lines from `begin`, the start of a line, that are not in `encoding`, and the first of them read in `likely`.
 * Of UTF-16 the rest of the file counts as one.
 */
export async function unreadableLines(file: FileSource, begin: number, encoding: EncodingName, likely: EncodingName | null): Promise<{ lines: number; sample: string | null }> {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return { lines: 1, sample: null };
  let lines = 0;
  let sample: string | null = null;
  for await (const piece of byteLines(file, begin, encoding)) {
    for (const line of piece.lines) {
      if (isReadable(line, encoding)) continue;
      lines += 1;
      if (lines === 1 && likely !== null) sample = shownLine(line, likely);
    }
  }
  return { lines, sample };
}
