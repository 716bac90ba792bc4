/** Copies of a text with the same answer, each file by itself; across files they are leaks. */
import { groupSizes, hashText } from '../copies';
import type { PreparedRow } from '../preparedRow';
import { answerKey } from '../targets';
import { filesOf, groupedRows, type FindingCheck } from './check';
import type { ExaminedRow } from './examined';

/** To the character, as two hashes: whole texts of many copies would fill the memory. Two signs keep texts from running into one another. */
function wholeText({ text, textPair, words }: Pick<ExaminedRow, 'text' | 'textPair' | 'words'>): string {
  const whole = words === undefined ? `${text}\u0000\u0000${textPair ?? ''}` : words.join('\u0000');
  const hashes = new Float64Array(2);
  hashText(whole, hashes);
  return hashes.join(' ');
}

export const duplicates: FindingCheck<'duplicates'> = {
  id: 'duplicates',
  examine(examined) {
    const { groups } = examined;
    const sizes = groupSizes(groups);
    const seen = new Set<string>();
    const seenWhole = new Set<string>();
    const copies: ExaminedRow[] = [];
    let exact = 0;
    examined.rows.forEach((row, index) => {
      const group = groups[index] ?? 0;
      if ((sizes[group] ?? 0) < 2) return;
      const place = `${examined.fileOf(row)} ${examined.answerOf(row)}`;
      const [key, whole] = [`${group} ${place}`, `${place}\n\n${wholeText(row)}`];
      if (seen.has(key)) {
        copies.push(row);
        if (seenWhole.has(whole)) exact += 1;
      }
      seen.add(key);
      seenWhole.add(whole);
    });
    if (copies.length === 0) return null;
    return { id: 'duplicates', rows: copies.length, examples: examined.examples(copies), exact, folded: copies.length - exact, givenTest: examined.givenTest };
  },
  async mend(files) {
    const sizes = groupSizes(Int32Array.from(await groupedRows(files), ({ group }) => group ?? 0));
    let left = 0;
    for (const file of filesOf(files)) {
      const seen = new Set<string>();
      const copies = new Set<PreparedRow>();
      for (const row of file.rows) {
        if ((sizes[row.group ?? 0] ?? 0) < 2) continue;
        const key = `${row.group} ${answerKey(row.target)}`;
        if (seen.has(key)) copies.add(row);
        else seen.add(key);
      }
      left += file.keep((row) => !copies.has(row), 'duplicate');
    }
    return left;
  },
};
