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

/** Bytes of lines beyond ASCII that are kept to tell an encoding by; more tells no more. */
const sampleLimit = 1_048_576;
const otherLimit = 262_144;
const sureHighBytes = 12;
/** A line so long is judged in parts. */
const longestLine = 4_194_304;

/** Bytes up to a limit, which grow as they come. */
class Sample {
  private buffer = new Uint8Array(0);
  private length = 0;

  constructor(private readonly limit: number) {}

  get bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  add(bytes: Uint8Array): void {
    const taken = bytes.subarray(0, this.limit - this.length);
    if (this.length + taken.length > this.buffer.length) {
      const larger = new Uint8Array(Math.min(this.limit, Math.max(4_096, 2 * (this.length + taken.length))));
      larger.set(this.bytes);
      this.buffer = larger;
    }
    this.buffer.set(taken, this.length);
    this.length += taken.length;
  }
}

/** What a file's bytes say of their encoding, gathered piece by piece in one linear pass. */
export class EncodingEvidence {
  size = 0;
  /** Offset of the first byte that is no UTF-8, -1 where all is. */
  firstInvalid = -1;
  /** Some character beyond ASCII stands before `firstInvalid`. */
  hasHighBefore = false;
  /** High bytes in lines that are well-formed UTF-8, and in those that are not. */
  validHighBytes = 0;
  invalidHighBytes = 0;
  /** Lines with so many well-formed multi-byte characters that chance cannot have made them. */
  sureLines = 0;
  /** First bytes of the file; lines beyond ASCII; lines that are not UTF-8. */
  readonly head = new Sample(utf16SampleBytes);
  readonly high = new Sample(sampleLimit);
  private readonly other = new Sample(otherLimit);
  private carried = new Uint8Array(0);

  add(bytes: Uint8Array): void {
    this.head.add(bytes);
    let joined = bytes;
    if (this.carried.length > 0) {
      joined = new Uint8Array(this.carried.length + bytes.length);
      joined.set(this.carried);
      joined.set(bytes, this.carried.length);
    }
    const origin = this.size - this.carried.length;
    this.size += bytes.length;
    let cut = 1 + Math.max(joined.lastIndexOf(0x0a), joined.lastIndexOf(0x0d));
    // Parted after a sign of ASCII, where no sequence can be parted.
    if (joined.length - cut > longestLine) cut = joined.findLastIndex((byte) => byte < 0x80) + 1 || joined.length;
    this.addLines(joined.subarray(0, cut), origin);
    this.carried = joined.slice(cut);
  }

  finish(): void {
    this.addLines(this.carried, this.size - this.carried.length);
    this.carried = new Uint8Array(0);
  }

  private addLines(bytes: Uint8Array, origin: number): void {
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
      if (high > 0) this.addHighLine(bytes.subarray(begin, end), high, origin + begin);
      begin = end;
    }
  }

  private addHighLine(line: Uint8Array, high: number, begin: number): void {
    this.high.add(line);
    const invalid = findInvalidUtf8(line);
    if (invalid !== -1) {
      if (this.firstInvalid === -1) {
        this.firstInvalid = begin + invalid;
        this.hasHighBefore = this.validHighBytes > 0 || line.subarray(0, invalid).some((byte) => byte >= 0x80);
      }
      this.invalidHighBytes += high;
      this.other.add(line);
      return;
    }
    this.validHighBytes += high;
    if (high >= sureHighBytes) this.sureLines += 1;
  }

  /** Of the lines that are not UTF-8 in a file that partly is; null where too little of them is left to tell. */
  likelyEncodingOfRest(): EncodingName | null {
    let high = 0;
    for (const byte of this.other.bytes) if (byte >= 0x80) high += 1;
    return high < 4 ? null : decideEncoding(this.other.bytes).likely;
  }
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

function plain(encoding: EncodingName, hasByteOrderMark = false): DetectedEncoding {
  return { encoding, hasByteOrderMark, close: null, others: [] };
}

/**
 * The encoding: byte-order mark, strict UTF-8, bare UTF-16, then what the bytes beyond ASCII look like. A file that is
 * UTF-8 in part is called UTF-8, so that strict decoding says where that ends.
 */
export function decidedEncoding(evidence: EncodingEvidence): DetectedEncoding {
  const head = evidence.head.bytes;
  for (const { encoding } of byteOrderMarks) {
    if (byteOrderMarkLength(head, encoding) > 0) return plain(encoding, true);
  }
  const isValidUtf8 = evidence.firstInvalid === -1;
  const utf16 = detectBareUtf16(head, isValidUtf8);
  if (utf16 !== null) return plain(utf16);
  if (isValidUtf8) return plain('utf-8');
  // A file cut short inside its last character.
  if (evidence.size - evidence.firstInvalid <= 3 && evidence.hasHighBefore) return plain('utf-8');
  const { likely, others, sure } = decideEncoding(evidence.high.bytes);
  const validShare = evidence.validHighBytes / (evidence.validHighBytes + evidence.invalidHighBytes);
  if (evidence.sureLines > 0 || (validShare > 0.3 && !sure)) return plain('utf-8');
  return { encoding: likely, hasByteOrderMark: false, close: others[0] ?? null, others };
}

/** Of bytes that are at hand as a whole. Never throws; linear in their number. */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  const evidence = new EncodingEvidence();
  evidence.add(bytes);
  evidence.finish();
  return decidedEncoding(evidence);
}
