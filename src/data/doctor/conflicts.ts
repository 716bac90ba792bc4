/** One text with several answers: at most one of them can be right. */
import type { ExaminedRow } from './examined';
import { answerKey } from '../targets';
import { filesOf, groupedRows, type FindingCheck } from './check';

interface Compared {
  /** The same for texts that must not have two answers. */
  text: string | number;
  answer: string;
}

/** Words are compared as they stand: a name written in capitals may well be another one. */
const textKey = (group: number, words: readonly string[] | undefined): string | number => (words === undefined ? group : words.join('\u0000'));

/** Texts that hold several answers. */
function conflicting(rows: Iterable<Compared>): Set<string | number> {
  const first = new Map<string | number, string>();
  const found = new Set<string | number>();
  for (const { text, answer } of rows) {
    const known = first.get(text);
    if (known === undefined) first.set(text, answer);
    else if (known !== answer) found.add(text);
  }
  return found;
}

export const conflicts: FindingCheck<'conflicts'> = {
  id: 'conflicts',
  examine(examined) {
    const { groups } = examined;
    const texts = examined.rows.map(({ words }, index) => textKey(groups[index] ?? 0, words));
    const found = conflicting(examined.rows.map((row, index) => ({ text: texts[index] ?? 0, answer: examined.answerOf(row) })));
    if (found.size === 0) return null;
    // Side by side, so that the answers to one text can be compared.
    const byText = new Map<string | number, ExaminedRow[]>([...found].map((text) => [text, []]));
    examined.rows.forEach((row, index) => byText.get(texts[index] ?? 0)?.push(row));
    const rows = [...byText.values()].flat();
    return { id: 'conflicts', rows: rows.length, examples: examined.examples(rows), texts: found.size, target: examined.rows[0]?.target.kind ?? 'class' };
  },
  async mend(files) {
    const rows = await groupedRows(files);
    const keyOf = ({ group, target }: (typeof rows)[number]) => textKey(group ?? 0, target.kind === 'tokens' ? target.words : undefined);
    const found = conflicting(rows.map((row) => ({ text: keyOf(row), answer: answerKey(row.target) })));
    return filesOf(files).reduce((left, file) => left + file.keep((row) => !found.has(keyOf(row)), 'conflict'), 0);
  },
};
