/** One text with several labels: at most one of them can be right. */
import { filesOf, groupedRows, type FindingCheck } from './check';

/** Whether each group holds several labels. */
function conflicting(groups: Int32Array, labelOf: (index: number) => string | number): { found: Uint8Array; groups: number } {
  const most = groups.reduce((greatest, group) => Math.max(greatest, group + 1), 0);
  const first = new Int32Array(most).fill(-1);
  const found = new Uint8Array(most);
  let count = 0;
  groups.forEach((group, index) => {
    const known = first[group] ?? -1;
    if (known < 0) first[group] = index;
    else if (found[group] === 0 && labelOf(known) !== labelOf(index)) {
      found[group] = 1;
      count += 1;
    }
  });
  return { found, groups: count };
}

export const conflicts: FindingCheck<'conflicts'> = {
  id: 'conflicts',
  examine(examined) {
    const { groups } = examined;
    const { found, groups: texts } = conflicting(groups, (index) => examined.rows[index]?.label ?? 0);
    if (texts === 0) return null;
    const groupOf = new Map(examined.rows.map((row, index) => [row, groups[index] ?? 0]));
    const rows = examined.rows.filter((_, index) => found[groups[index] ?? 0] === 1);
    // Side by side, so that the labels of one text can be compared.
    rows.sort((left, right) => (groupOf.get(left) ?? 0) - (groupOf.get(right) ?? 0));
    return { id: 'conflicts', rows: rows.length, examples: examined.examples(rows), texts };
  },
  mend(files) {
    const rows = groupedRows(files);
    const groups = Int32Array.from(rows, ({ group }) => group ?? 0);
    const { found } = conflicting(groups, (index) => rows[index]?.label ?? '');
    const leftOut = new Set(rows.filter((_, index) => found[groups[index] ?? 0] === 1));
    for (const file of filesOf(files)) file.keep((row) => !leftOut.has(row), 'conflict');
    return leftOut.size;
  },
};
