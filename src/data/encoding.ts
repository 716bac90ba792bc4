/** Which encoding a file's bytes are in, found by content alone: names and headers are often wrong or missing. */
import type { EncodingName } from '../domain';
import { rankEncodings } from './encodingRank';
import { scoreEncodings } from './encodingScore';
import { findInvalidUtf8 } from './utf8';

export interface DetectedEncoding {
  encoding: EncodingName;
  hasByteOrderMark: boolean;
  /** The second likeliest encoding where the two best are close: the person is asked, not guessed for. */
  close: EncodingName | null;
  /** All that are close, the likeliest first; empty where `close` is null. */
  others: EncodingName[];
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

/** By how much another encoding must be likelier than GB18030 and Windows-1252 before it is taken. */
const clearMargin = 0.1;
/** Up to here behind the best, an encoding is named beside it; below `readable` nothing is. */
const closeMargin = 0.15;
const readable = 0.3;
const clearlyText = 0.5;

interface DecidedEncoding {
  likely: EncodingName;
  others: EncodingName[];
  sure: boolean;
}

/**
 * Which encoding bytes are in that are no UTF-8. GB18030 against Windows-1252 is decided by how bytes stand together,
 * which also tells them in a handful of bytes; any other encoding has to read clearly better than both.
 */
function decideEncoding(bytes: Uint8Array): DecidedEncoding {
  const { likely, close, sure } = scoreEncodings(bytes);
  const ranked = rankEncodings(bytes);
  const usual = ranked.find(({ encoding }) => encoding === 'gb18030' || encoding === 'windows-1252');
  const [best] = ranked;
  const isOther = best !== undefined && usual !== undefined && best.score > usual.score + clearMargin && best.score > clearlyText;
  const chosen = isOther ? best : ranked.find(({ encoding }) => encoding === likely);
  const least = Math.max(readable, (chosen?.score ?? 0) - closeMargin);
  const others = ranked
    .filter(({ encoding, score, text }) => encoding !== chosen?.encoding && score > least && text !== chosen?.text)
    .map(({ encoding }) => encoding);
  if (isOther) return { likely: best.encoding, others, sure: best.score > 2 * readable };
  return { likely, others: close === null ? others : [close, ...others.filter((other) => other !== close)], sure };
}

/** Encoding of the lines that are not UTF-8 in a file that partly is; null where too little of them is left to tell. */
export function likelyEncodingOfRest(bytes: Uint8Array): EncodingName | null {
  const { other } = countUtf8Lines(bytes);
  let high = 0;
  for (const byte of other) if (byte >= 0x80) high += 1;
  return high < 4 ? null : decideEncoding(other).likely;
}

function plain(encoding: EncodingName, hasByteOrderMark = false): DetectedEncoding {
  return { encoding, hasByteOrderMark, close: null, others: [] };
}

/**
 * Finds the encoding: byte-order mark, strict UTF-8, bare UTF-16, then what the bytes beyond ASCII look like. A file
 * that is UTF-8 in part is called UTF-8, so that strict decoding says where that ends.
 * Never throws; linear in the number of bytes.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  for (const { encoding } of byteOrderMarks) {
    if (byteOrderMarkLength(bytes, encoding) > 0) return plain(encoding, true);
  }
  const invalid = findInvalidUtf8(bytes);
  const isValidUtf8 = invalid === -1;
  const utf16 = detectBareUtf16(bytes, isValidUtf8);
  if (utf16 !== null) return plain(utf16);
  if (isValidUtf8) return plain('utf-8');
  // A file cut short inside its last character.
  if (bytes.length - invalid <= 3 && bytes.subarray(0, invalid).some((byte) => byte >= 0x80)) return plain('utf-8');
  const { likely, others, sure } = decideEncoding(bytes);
  const lines = countUtf8Lines(bytes);
  const validShare = lines.validHighBytes / (lines.validHighBytes + lines.invalidHighBytes);
  if (lines.sureLines > 0 || (validShare > 0.3 && !sure)) return plain('utf-8');
  return { encoding: likely, hasByteOrderMark: false, close: others[0] ?? null, others };
}
