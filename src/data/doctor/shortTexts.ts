/** Texts of fewer than three letters or digits; those without any text are set aside before, and only counted here. */
import { forEachInPieces } from '../pause';
import { filesOf, type FindingCheck } from './check';
import type { ExaminedRow } from './examined';

const least = 3;
const letter = /[\p{L}\p{N}]/gu;
/** One such sign is a syllable or a word: two of them say something (不错). */
const dense = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]$/u;
const plain = /[A-Za-z0-9]/;

export function isShort(text: string): boolean {
  // Most texts show three plain signs at once.
  if (plain.test(text.charAt(0)) && plain.test(text.charAt(1)) && plain.test(text.charAt(2))) return false;
  let letters = 0;
  for (const [sign] of text.matchAll(letter)) {
    letters += dense.test(sign) ? 2 : 1;
    if (letters >= least) return false;
  }
  return true;
}

/** Of a pair, either text; of tagged words, all of them together. */
const isShortRow = ({ text, textPair }: { text: string; textPair?: string | undefined }, words: readonly string[] | undefined): boolean =>
  words === undefined ? isShort(text) || (textPair !== undefined && isShort(textPair)) : isShort(words.join(' '));

export const shortTexts: FindingCheck<'short-texts'> = {
  id: 'short-texts',
  async examine(examined, pause) {
    const rows: ExaminedRow[] = [];
    await forEachInPieces(examined.rows, pause, (row) => {
      if (isShortRow(row, row.words)) rows.push(row);
    });
    const empty = examined.dataset.counts.setAside.reduce((sum, { reason }) => sum + Number(reason === 'empty-text' || reason === 'blank-text'), 0);
    if (rows.length === 0) return null;
    return { id: 'short-texts', rows: rows.length, examples: examined.examples(rows), empty };
  },
  mend(files) {
    return filesOf(files).reduce((left, file) => left + file.keep((row) => !isShortRow(row, row.target.kind === 'tokens' ? row.target.words : undefined), 'short-text'), 0);
  },
};
