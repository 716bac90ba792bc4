/**
 * Texts that stand on two sides that were given: the score, or the choice of the best step, would flatter. Our own split
 * keeps copies together.
 */
import type { Side } from '../../domain';
import type { PreparedRow } from '../preparedRow';
import { filesOf, groupedRows, type FindingCheck } from './check';

/** Of the sides that are learnt from the lowest: to the test, rows to steer by are learnt from too. */
const ranks: Record<Side, number> = { train: 0, validation: 1, test: 2 };

/** Rows of sides that we part count as one side. */
const rankOf = ({ side }: PreparedRow): number => (side === null ? 0 : ranks[side]);

export const leaks: FindingCheck<'leaks'> = {
  id: 'leaks',
  examine(examined) {
    const { groups, rows, fromTestFile, givenTest, givenValidation } = examined;
    const rank = (side: Side): number => (side === 'validation' && !givenValidation ? 0 : ranks[side]);
    const lowest = new Uint8Array(groups.length).fill(ranks.test);
    rows.forEach(({ side }, index) => {
      const group = groups[index] ?? 0;
      lowest[group] = Math.min(lowest[group] ?? 0, rank(side));
    });
    const leaked = rows.filter(({ side }, index) => rank(side) > (lowest[groups[index] ?? 0] ?? 0));
    if (leaked.length === 0) return null;
    const count = (side: Side) => ({ rows: leaked.filter((row) => row.side === side).length, of: rows.filter((row) => row.side === side).length });
    return { id: 'leaks', rows: leaked.length, examples: examined.examples(leaked), test: count('test'), validation: count('validation'), fromTestFile, canMend: givenTest || givenValidation };
  },
  async mend(files, mend) {
    if (mend.finding !== 'leaks') return 0;
    const rows = await groupedRows(files);
    const kept = new Map<number | null, number>();
    const better = mend.from === 'test' ? Math.min : Math.max;
    for (const row of rows) kept.set(row.group, better(kept.get(row.group) ?? rankOf(row), rankOf(row)));
    return filesOf(files).reduce((left, file) => left + file.keep((row) => rankOf(row) === kept.get(row.group), 'leak'), 0);
  },
};
