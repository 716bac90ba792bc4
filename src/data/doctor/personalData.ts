/** Texts that hold what looks like personal data; shown masked, and masked for training on request. */
import type { PersonalKind } from '../../domain';
import type { PreparedRow, RowTexts } from '../preparedRow';
import type { RowTarget } from '../targets';
import { forEachInPieces } from '../pause';
import { filesOf, type FindingCheck } from './check';
import type { ExaminedRow } from './examined';
import { maskPersonal, maskWords, personalKindsIn } from './personalPatterns';

function kindsIn({ text, textPair, words }: ExaminedRow): Set<PersonalKind> {
  if (words !== undefined) return personalKindsIn(words.join(' '));
  return textPair === undefined ? personalKindsIn(text) : new Set([...personalKindsIn(text), ...personalKindsIn(textPair)]);
}

/** Null where nothing was found. */
function masked({ text, textPair, target }: PreparedRow): { texts: RowTexts; target: RowTarget } | null {
  if (target.kind === 'tokens') {
    // A word stays a word, so that each keeps its tag.
    const words = maskWords(target.words);
    return words === target.words ? null : { texts: { text: words.join(' ') }, target: { ...target, words } };
  }
  const [first, second] = [maskPersonal(text), textPair === undefined ? undefined : maskPersonal(textPair)];
  return first === text && second === textPair ? null : { texts: { text: first, ...(second !== undefined && { textPair: second }) }, target };
}

export const personalData: FindingCheck<'personal-data'> = {
  id: 'personal-data',
  async examine(examined, pause) {
    const kinds: Record<PersonalKind, number> = { email: 0, phone: 0, card: 0, identity: 0 };
    const rows: ExaminedRow[] = [];
    await forEachInPieces(examined.rows, pause, (row) => {
      const found = kindsIn(row);
      if (found.size > 0) rows.push(row);
      for (const kind of found) kinds[kind] += 1;
    });
    return rows.length === 0 ? null : { id: 'personal-data', rows: rows.length, examples: examined.examples(rows), kinds };
  },
  async mend(files) {
    let changed = 0;
    for (const file of filesOf(files)) {
      await forEachInPieces(file.rows, files.pause, (row) => {
        const after = masked(row);
        if (after === null) return;
        row.changeTexts(after.texts);
        row.target = after.target;
        changed += 1;
      });
    }
    return changed;
  },
};
