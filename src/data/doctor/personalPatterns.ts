/**
 * What looks like an e-mail address, a card, an identity or a phone number. Every pattern is bounded, so that a long
 * cell takes linear time; numbers with a check digit are checked.
 */
import type { PersonalKind } from '../../domain';

interface Pattern {
  kind: PersonalKind;
  pattern: RegExp;
  /** Of the digits found; absent where the pattern says enough. */
  holds?: (digits: string) => boolean;
}

const masks: Record<PersonalKind, string> = { email: '[EMAIL]', phone: '[PHONE]', card: '[CARD]', identity: '[ID]' };

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Issuers' first digits with the lengths that they use; any number passes Luhn's sum one time in ten. */
const issuers = /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|62\d{14,17}|35\d{14})$/;

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: a date of birth in it, and ISO 7064 MOD 11-2 over the first 17 digits. */
export function isChineseIdentity(number: string): boolean {
  const month = Number(number.slice(10, 12));
  const day = Number(number.slice(12, 14));
  if (!/^(?:1[89]|20)$/.test(number.slice(6, 8)) || month < 1 || month > 12 || day < 1 || day > 31) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

const digitsOf = (text: string): string => text.replace(/[^0-9Xx]/g, '');

/** The surest first: what one pattern took, a later one does not see. */
const patterns: readonly Pattern[] = [
  { kind: 'email', pattern: /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])/g },
  { kind: 'identity', pattern: /(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])/g, holds: isChineseIdentity },
  {
    kind: 'card',
    pattern: /(?<![0-9A-Za-z])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3[47]\d{2}([ -])\d{6}\2\d{5}|\d{13,19})(?![0-9A-Za-z])/g,
    holds: (digits) => issuers.test(digits) && passesLuhn(digits),
  },
  // A social security number of the United States; without its dashes or spaces it is any nine digits.
  { kind: 'identity', pattern: /(?<![0-9A-Za-z-])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![0-9A-Za-z-])/g },
  {
    kind: 'phone',
    pattern: new RegExp(
      '(?<![0-9A-Za-z+])(?:' +
        [
          // China: mobile, with or without its country; landline with its area
          '(?:(?:\\+|00)?86[ -]?)?1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}',
          '0\\d{2,3}-\\d{7,8}',
          // North America
          '(?:\\+?1[ .-]?)?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}',
          // a country's number after its plus sign; other national numbers in groups after a zero
          '\\+[1-9](?:[ .-]?\\(?\\d\\)?){9,14}',
          '0\\d{2,4}[ -]\\d{3,4}[ -]?\\d{3,4}',
        ].join('|') +
        ')(?![0-9A-Za-z])',
      'g',
    ),
    holds: (digits) => digits.length >= 10 && digits.length <= 15,
  },
];

/** One character each, so that places stay the same. */
function plainDigits(text: string): string {
  return text.replace(/[\uff10-\uff19\uff20]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

const worthwhile = /[@\uff20]|[0-9\uff10-\uff19][^\n]{0,3}?[0-9\uff10-\uff19][^\n]{0,3}?[0-9\uff10-\uff19]/;

interface Find {
  kind: PersonalKind;
  begin: number;
  end: number;
}

/** What was found, in the order of the text. What one pattern took is blanked, so that a later one does not see it. */
function findsIn(text: string): Find[] {
  if (!worthwhile.test(text)) return [];
  const finds: Find[] = [];
  let open = plainDigits(text);
  for (const { kind, pattern, holds } of patterns) {
    open = open.replace(pattern, (match: string, ...rest: unknown[]) => {
      if (holds !== undefined && !holds(digitsOf(match))) return match;
      // After the groups, whatever their number.
      const begin = rest.find((part): part is number => typeof part === 'number') ?? 0;
      finds.push({ kind, begin, end: begin + match.length });
      return '\u0000'.repeat(match.length);
    });
  }
  return finds.sort((left, right) => left.begin - right.begin);
}

export function maskPersonal(text: string): string {
  let masked = '';
  let from = 0;
  for (const { kind, begin, end } of findsIn(text)) {
    masked += text.slice(from, begin) + masks[kind];
    from = end;
  }
  return from === 0 ? text : masked + text.slice(from);
}

/** Each word that belongs to a find becomes its mask; as many words as before. The same array where nothing was found. */
export function maskWords(words: readonly string[]): readonly string[] {
  const finds = findsIn(words.join(' '));
  if (finds.length === 0) return words;
  let begin = 0;
  return words.map((word) => {
    const [from, to] = [begin, begin + word.length];
    begin = to + 1;
    const inside = finds.find((find) => find.begin < to && find.end > from);
    if (inside === undefined) return word;
    // A find within one word leaves the signs around it.
    return inside.begin >= from && inside.end <= to ? maskPersonal(word) : masks[inside.kind];
  });
}

export function personalKindsIn(text: string): Set<PersonalKind> {
  return new Set(findsIn(text).map(({ kind }) => kind));
}

/** Of a text that is shown beside others. */
export const shownCharacters = 200;

/** Masked before it is cut: half an address is still one. */
export function shownText(text: string): string {
  return maskPersonal(text.slice(0, shownCharacters * 4)).slice(0, shownCharacters);
}
