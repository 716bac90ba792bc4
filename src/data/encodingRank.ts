/**
 * How well each encoding explains the bytes of a text that is not UTF-8: decoded with it, how much of what is not ASCII
 * looks like something people write.
 */
import type { EncodingName } from '../domain';
import { commonHan, letterProfiles, neutralSigns, type LetterProfile } from './encodingLetters';
import { decodeWindows1252 } from './windows1252';

export interface RankedEncoding {
  encoding: EncodingName;
  /** At most about 1.25; above 0.5 it reads like text. */
  score: number;
  /** The evidence as it reads. */
  text: string;
}

/** More tells no more and only costs time. */
const mostEvidenceBytes = 24_576;

/** Western text is so much commoner than its look-alikes that they have to be better by this much. */
const westernPrior = 0.25;

/** Lines that hold bytes beyond ASCII, as far as they are needed. */
function evidenceOf(bytes: Uint8Array): Uint8Array {
  const evidence = new Uint8Array(Math.min(mostEvidenceBytes, bytes.length));
  let length = 0;
  let begin = 0;
  while (begin < bytes.length && length < evidence.length) {
    let high = false;
    let end = begin;
    for (; end < bytes.length && end - begin < mostEvidenceBytes; end += 1) {
      const byte = bytes[end] ?? 0;
      if (byte === 0x0a || byte === 0x0d) break;
      if (byte >= 0x80) high = true;
    }
    end = Math.min(end + 1, bytes.length);
    if (high) {
      const part = bytes.subarray(begin, Math.min(end, begin + evidence.length - length));
      evidence.set(part, length);
      length += part.length;
    }
    begin = end;
  }
  return evidence.subarray(0, length);
}

function decodeLoosely(bytes: Uint8Array, encoding: EncodingName): string {
  return encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** Forms that Hebrew and Greek use at the end of a word only. */
const wordFinals = new Set('ךםןףץς');

const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{M}]/u.test(sign);
const isAsciiLetter = (sign: string | undefined): boolean => sign !== undefined && /[A-Za-z]/.test(sign);
const isUpper = (sign: string): boolean => sign !== sign.toLowerCase();

/** 1 for the commonest letters of a language down to 0.2; below 0 for letters that it does not have. */
function weightsOf({ letters, isLatin }: LetterProfile): Map<string, number> {
  const weights = new Map<string, number>();
  [...letters].forEach((letter, rank) => {
    const weight = isLatin || rank < 12 ? 1 : rank < 22 ? 0.6 : 0.2;
    weights.set(letter, weight);
    if (letter.toUpperCase().length === 1) weights.set(letter.toUpperCase(), weight);
  });
  return weights;
}

/** A letter, by the letters that stand beside it. */
function letterScore(text: string, index: number, weight: number | undefined, isLatin: boolean): number {
  const sign = text[index] ?? '';
  const before = text[index - 1];
  const after = text[index + 1];
  let score = weight ?? -0.7;
  if (wordFinals.has(sign) && isLetter(after)) score = -0.7;
  if (isUpper(sign) && before !== undefined && isLetter(before) && !isUpper(before)) score -= 1;
  const isHigh = (neighbour: string | undefined) => isLetter(neighbour) && !isAsciiLetter(neighbour);
  if (isLatin && isHigh(before) && (isHigh(after) || isHigh(text[index - 2]))) score -= 1;
  if (/\d/.test(`${before ?? ''}${after ?? ''}`)) score -= 0.8;
  if (!isLatin && (isAsciiLetter(before) || isAsciiLetter(after))) score -= 1;
  return score;
}

function signScore(text: string, index: number): number {
  const sign = text[index] ?? '';
  const isControl = sign < '\u00a0';
  if (isControl || sign === '\ufffd') return -2;
  const inWord = isLetter(text[index - 1]) && isLetter(text[index + 1]);
  if (inWord) return sign === '\u2019' || sign === '\u00b7' || sign === '\u00ad' ? 0 : -1;
  const afterWord = isLetter(text[index - 1]) && !'\u2019\u201d\u00bb\u2026\u2013\u2014\u00a0'.includes(sign);
  return (neutralSigns.has(sign) ? 0 : -0.3) - (afterWord ? 0.2 : 0);
}

function scoreLetters(text: string, profile: LetterProfile): number {
  const weights = weightsOf(profile);
  let sum = 0;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? '';
    if (sign < '\u0080') continue;
    count += 1;
    const weight = weights.get(sign);
    const counts = weight !== undefined || isLetter(sign);
    sum += counts ? letterScore(text, index, weight, profile.isLatin) : signScore(text, index);
  }
  return count === 0 ? 0 : sum / count;
}

type WideEncoding = keyof typeof commonHan;

/** The block of each standard that holds its everyday characters, as first and last lead byte. */
const everydayLeads: Record<WideEncoding, [first: number, last: number]> = {
  gb18030: [0xb0, 0xd7],
  big5: [0xa4, 0xc6],
  shift_jis: [0x88, 0x97],
};

const everydaySets = new Map<WideEncoding, ReadonlySet<string>>();

function everydayHan(encoding: WideEncoding): ReadonlySet<string> {
  const known = everydaySets.get(encoding);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(encoding);
  const [first, last] = everydayLeads[encoding];
  const lowest = encoding === 'gb18030' ? 0xa1 : 0x40;
  const codes: number[] = [];
  for (let lead = first; lead <= last; lead += 1) for (let trail = lowest; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.push(lead, trail);
  const set = new Set([...decoder.decode(Uint8Array.from(codes))].filter((sign) => /\p{Script=Han}/u.test(sign)));
  everydaySets.set(encoding, set);
  return set;
}

function wideSignScore(sign: string, encoding: WideEncoding, common: ReadonlySet<string>, everyday: ReadonlySet<string>): number {
  if (common.has(sign)) return 1;
  if (everyday.has(sign)) return 0.5;
  const code = sign.codePointAt(0) ?? 0;
  if (code === 0xfffd) return -3;
  if (code >= 0xe000 && code <= 0xf8ff) return -2;
  const isJapanese = encoding === 'shift_jis';
  if (code >= 0x3040 && code <= 0x30ff) return isJapanese ? 1 : -0.3;
  if (code >= 0xff61 && code <= 0xff9f) return -0.6;
  if ((code >= 0x3000 && code <= 0x3020) || (code >= 0xff01 && code <= 0xff60)) return 0.6;
  if (code >= 0x2010 && code <= 0x2026) return 0.3;
  if (code >= 0x1f000) return 0.3;
  return -0.5;
}

function scoreWide(text: string, encoding: WideEncoding): number {
  const common = new Set(commonHan[encoding]);
  const everyday = everydayHan(encoding);
  let sum = 0;
  let count = 0;
  let before = '';
  const signs = [...text];
  for (const [index, sign] of signs.entries()) {
    if (sign >= '\u0080') {
      count += 1;
      sum += wideSignScore(sign, encoding, common, everyday);
      // One wide character inside a word of ASCII letters is a letter of a Latin word.
      if (isAsciiLetter(before) && isAsciiLetter(signs[index + 1])) sum -= 0.5;
    }
    before = sign;
  }
  return count === 0 ? 0 : sum / count;
}

/** Every encoding that the bytes could be in, the likeliest first. */
export function rankEncodings(bytes: Uint8Array): RankedEncoding[] {
  const evidence = evidenceOf(bytes);
  const best = new Map<EncodingName, RankedEncoding>();
  const consider = (encoding: EncodingName, text: string, score: number) => {
    if (score > (best.get(encoding)?.score ?? -Infinity)) best.set(encoding, { encoding, score, text });
  };
  const texts = new Map<EncodingName, string>();
  for (const profile of letterProfiles) {
    const { encoding } = profile;
    const text = texts.get(encoding) ?? decodeLoosely(evidence, encoding);
    texts.set(encoding, text);
    consider(encoding, text, scoreLetters(text, profile) + (encoding === 'windows-1252' ? westernPrior : 0));
  }
  for (const encoding of Object.keys(commonHan) as WideEncoding[]) {
    const text = decodeLoosely(evidence, encoding);
    consider(encoding, text, scoreWide(text, encoding));
  }
  return [...best.values()].sort((left, right) => right.score - left.score);
}
