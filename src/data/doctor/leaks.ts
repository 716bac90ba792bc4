/** Texts that are learnt and tested: the score would flatter. Our own split keeps copies together; given test files do not. */
import type { Side } from '../../domain';
import { groupedRows, type FindingCheck } from './check';

/** Validation rows of a file that is not tested on choose the best step: to the test file they are learnt from. */
export const leaks: FindingCheck<'leaks'> = {
  id: 'leaks',
  examine(examined) {
    const { groups, rows, fromTestFile } = examined;
    const isLearnt = (side: Side) => side === 'train' || (side === 'validation' && fromTestFile);
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
    return { id: 'leaks', rows: leaked.length, examples: examined.examples(leaked), of, fromTestFile };
  },
  mend({ data, test }, mend) {
    if (test === null || mend.finding !== 'leaks') return 0;
    const [from, other] = mend.from === 'data' ? [data, test] : [test, data];
    groupedRows({ data, test });
    const groups = new Set(other.rows.map(({ group }) => group));
    const before = from.rows.length;
    from.keep(({ group }) => !groups.has(group), 'leak');
    return before - from.rows.length;
  },
};
