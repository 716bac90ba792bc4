/**
 * Where a text's words stand, as BERT's normaliser and pre-tokeniser see them: parted at white space, each punctuation
 * mark and each Chinese character a word of its own. The tokenizer gives no offsets, so the text is cut here first and
 * each piece is encoded by itself (`TextTokenizer.encodeWords`).
 */

export interface WordRange {
  /** UTF-16 units, `end` not included. */
  begin: number;
  end: number;
}

/** What BertNormalizer's `clean_text` takes out: NUL, U+FFFD and everything of category C but tab and line breaks. */
const removed = /^(?![\t\n\r])[\p{C}\ufffd]$/u;
const space = /^[\s\u0085]$/u;
const mark = /^\p{Mn}$/u;
/** ASCII signs count as punctuation, `$` and `^` too. */
const punctuation = /^[!-/:-@[-`{-~\p{P}]$/u;

/** The blocks that BERT calls Chinese; kana and Hangul are none of them. */
const chineseBlocks = [
  [0x4e00, 0x9fff],
  [0x3400, 0x4dbf],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b920, 0x2ceaf],
  [0xf900, 0xfaff],
  [0x2f800, 0x2fa1f],
] as const;

function isChinese(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return chineseBlocks.some(([first, last]) => code >= first && code <= last);
}

/** `single`: a word by itself. `mark`: goes with what stands before it. `nothing`: no part of any word, but no gap either. */
type Role = 'letter' | 'single' | 'space' | 'mark' | 'nothing';

function roleOf(character: string): Role {
  if (removed.test(character)) return 'nothing';
  if (space.test(character)) return 'space';
  if (isChinese(character)) return 'single';
  // Accents are taken off before words are parted: ≠ is an = with a stroke through it.
  const bare = [...character.normalize('NFD')].filter((part) => !mark.test(part));
  const [first] = bare;
  if (first === undefined) return 'mark';
  return punctuation.test(first) ? 'single' : 'letter';
}

/** In the order of the text. Accents written as characters of their own belong to the word they stand in or behind. */
export function splitWords(text: string): WordRange[] {
  const words: WordRange[] = [];
  /** The word that a next letter goes on. */
  let open: WordRange | null = null;
  /** The word that ends where the text is now. */
  let last: WordRange | null = null;
  let at = 0;
  for (const character of text) {
    const begin = at;
    at += character.length;
    switch (roleOf(character)) {
      case 'letter':
        if (open) open.end = at;
        else words.push((open = { begin, end: at }));
        last = open;
        break;
      case 'single':
        open = null;
        words.push((last = { begin, end: at }));
        break;
      case 'mark':
        if (last?.end === begin) last.end = at;
        break;
      case 'space':
        open = null;
        break;
      case 'nothing':
        break;
    }
  }
  return words;
}
