/** Which encoding a file's bytes are in, found by content alone: names and headers are often wrong or missing. */
import type { EncodingName } from '../domain';
import { scoreEncodings } from './encodingScore';
import { findInvalidUtf8 } from './utf8';

export interface DetectedEncoding {
  encoding: EncodingName;
  hasByteOrderMark: boolean;
  /** The second likeliest encoding where the two best are close: the person is asked, not guessed for. */
  close: EncodingName | null;
}

const byteOrderMarks: { encoding: EncodingName; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'gb18030', bytes: [0x84, 0x31, 0x95, 0x33] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** Bytes of the byte-order mark of this encoding at the start of the file, 0 where there is none. */
export function byteOrderMarkLength(bytes: Uint8Array, encoding: EncodingName): number {
  const mark = byteOrderMarks.find((entry) => entry.encoding === encoding);
  return mark?.bytes.every((byte, index) => bytes[index] === byte) ? mark.bytes.length : 0;
}

const utf16SampleBytes = 65_536;

function isPlausibleUnit(unit: number): boolean {
  if (unit < 0x80) return unit >= 0x20 || unit === 9 || unit === 10 || unit === 13;
  return (
    (unit >= 0xa0 && unit < 0x530) || // Latin, Greek, Cyrillic
    (unit >= 0x2000 && unit < 0x2700) || // punctuation, symbols
    (unit >= 0x3000 && unit < 0x3100) || // CJK punctuation, kana
    (unit >= 0x4e00 && unit < 0xa000) || // Han
    (unit >= 0xac00 && unit < 0xe000) || // Hangul, surrogates
    unit >= 0xfe00 // variation selectors, full-width forms
  );
}

/** Units that every table has: line ends, delimiters, spaces, quotes. */
const structuralUnits: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3b, 0x7c]);

/** Plausible and structural units where the low byte of each pair is the one at offset `low`. */
function countUnits(bytes: Uint8Array, length: number, low: 0 | 1): { plausible: number; structural: number } {
  const counts = { plausible: 0, structural: 0 };
  for (let index = 0; index < length; index += 2) {
    const unit = (bytes[index + low] ?? 0) | ((bytes[index + 1 - low] ?? 0) << 8);
    if (isPlausibleUnit(unit)) counts.plausible += 1;
    if (structuralUnits.has(unit)) counts.structural += 1;
  }
  return counts;
}

/**
 * UTF-16 without a byte-order mark. Its line ends and delimiters hold zero bytes; text in a byte encoding has none.
 * Pairs of ASCII letters read as UTF-16 are Han characters, so plausibility alone would err.
 */
function detectBareUtf16(bytes: Uint8Array, isValidUtf8: boolean): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length & ~1, utf16SampleBytes);
  let zeros = 0;
  for (let index = 0; index < length; index += 1) if (bytes[index] === 0) zeros += 1;
  // Valid UTF-8 with zero bytes is either half zeros (Latin text in UTF-16) or text with NUL characters in it.
  if (zeros < length * (isValidUtf8 ? 0.25 : 0.005) || zeros === 0) return null;
  const little = countUnits(bytes, length, 0);
  const big = countUnits(bytes, length, 1);
  const better = little.structural >= big.structural ? little : big;
  if (better.structural < length * 0.005 || better.plausible < (length / 2) * 0.9) return null;
  return better === little ? 'utf-16le' : 'utf-16be';
}

interface Utf8Lines {
  /** High bytes in lines that are well-formed UTF-8, and in those that are not. */
  validHighBytes: number;
  invalidHighBytes: number;
  /** Lines with so many well-formed multi-byte characters that chance cannot have made them. */
  sureLines: number;
  /** The lines that are not UTF-8, at most `otherLimit` bytes of them. */
  other: Uint8Array;
}

const otherLimit = 262_144;
const sureHighBytes = 12;

function countUtf8Lines(bytes: Uint8Array): Utf8Lines {
  const other = new Uint8Array(Math.min(otherLimit, bytes.length));
  const result = { validHighBytes: 0, invalidHighBytes: 0, sureLines: 0 };
  let otherLength = 0;
  let begin = 0;
  while (begin < bytes.length) {
    let end = begin;
    let high = 0;
    for (; end < bytes.length; end += 1) {
      const byte = bytes[end] ?? 0;
      if (byte >= 0x80) high += 1;
      else if (byte === 0x0a || byte === 0x0d) break;
    }
    end = Math.min(end + 1, bytes.length);
    if (high > 0) {
      if (findInvalidUtf8(bytes, begin, end) === -1) {
        result.validHighBytes += high;
        if (high >= sureHighBytes) result.sureLines += 1;
      } else {
        result.invalidHighBytes += high;
        const part = bytes.subarray(begin, Math.min(end, begin + other.length - otherLength));
        other.set(part, otherLength);
        otherLength += part.length;
      }
    }
    begin = end;
  }
  return { ...result, other: other.subarray(0, otherLength) };
}

/** Encoding of the lines that are not UTF-8 in a file that partly is; null where too little of them is left to tell. */
export function likelyEncodingOfRest(bytes: Uint8Array): 'gb18030' | 'windows-1252' | null {
  const { other } = countUtf8Lines(bytes);
  const decided = scoreEncodings(other);
  let high = 0;
  for (const byte of other) if (byte >= 0x80) high += 1;
  return high < 4 ? null : decided.likely;
}

/**
 * Finds the encoding: byte-order mark, strict UTF-8, bare UTF-16, then GB18030 scored against Windows-1252 (which
 * includes ISO-8859-1). A file that is UTF-8 in part is called UTF-8, so that strict decoding says where that ends.
 * Never throws; linear in the number of bytes.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  for (const { encoding } of byteOrderMarks) {
    if (byteOrderMarkLength(bytes, encoding) > 0) return { encoding, hasByteOrderMark: true, close: null };
  }
  const invalid = findInvalidUtf8(bytes);
  const isValidUtf8 = invalid === -1;
  const utf16 = detectBareUtf16(bytes, isValidUtf8);
  if (utf16 !== null) return { encoding: utf16, hasByteOrderMark: false, close: null };
  if (isValidUtf8) return { encoding: 'utf-8', hasByteOrderMark: false, close: null };
  // A file cut short inside its last character.
  if (bytes.length - invalid <= 3 && bytes.subarray(0, invalid).some((byte) => byte >= 0x80)) {
    return { encoding: 'utf-8', hasByteOrderMark: false, close: null };
  }
  const { likely, close, sure } = scoreEncodings(bytes);
  const lines = countUtf8Lines(bytes);
  const validShare = lines.validHighBytes / (lines.validHighBytes + lines.invalidHighBytes);
  if (lines.sureLines > 0 || (validShare > 0.3 && !sure)) {
    return { encoding: 'utf-8', hasByteOrderMark: false, close: null };
  }
  return { encoding: likely, hasByteOrderMark: false, close };
}
