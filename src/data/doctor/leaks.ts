/** Texts that are learnt and tested: the score would flatter. Our own split keeps copies together; given test rows are not asked. */
import type { Side } from '../../domain';
import type { PreparedRow } from '../preparedRow';
import { filesOf, groupedRows, type FindingCheck } from './check';

/** Validation rows that were not split off together with the test choose the best step: to the test they are learnt from. */
export const leaks: FindingCheck<'leaks'> = {
  id: 'leaks',
  examine(examined) {
    const { groups, rows, fromTestFile, givenTest } = examined;
    const isLearnt = (side: Side) => side === 'train' || (side === 'validation' && givenTest);
    const learnt = new Uint8Array(groups.length);
    rows.forEach(({ side }, index) => {
      if (isLearnt(side)) learnt[groups[index] ?? 0] = 1;
    });
    let of = 0;
    const leaked = rows.filter(({ side }, index) => {
      if (isLearnt(side)) return false;
      of += 1;
      return learnt[groups[index] ?? 0] === 1;
    });
    if (leaked.length === 0) return null;
    return { id: 'leaks', rows: leaked.length, examples: examined.examples(leaked), of, fromTestFile, canMend: givenTest };
  },
  async mend(files, mend) {
    if (mend.finding !== 'leaks') return 0;
    const isTest = ({ side }: PreparedRow) => side === 'test';
    const leavesTest = mend.from === 'test';
    const others = new Set((await groupedRows(files)).flatMap((row) => (isTest(row) === leavesTest ? [] : [row.group])));
    return filesOf(files).reduce((left, file) => left + file.keep((row) => isTest(row) !== leavesTest || !others.has(row.group), 'leak'), 0);
  },
};
