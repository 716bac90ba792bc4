/** Copies of a text with one label, each file by itself; across files they are leaks. */
import type { LabelledRow } from '../tableRows';
import { filesOf, groupedRows, type FindingCheck } from './check';
import { groupSizes, type ExaminedRow } from './examined';

export const duplicates: FindingCheck<'duplicates'> = {
  id: 'duplicates',
  examine(examined) {
    const { groups } = examined;
    const sizes = groupSizes(groups);
    const seen = new Set<string>();
    const copies: ExaminedRow[] = [];
    let exact = 0;
    examined.rows.forEach((row, index) => {
      const group = groups[index] ?? 0;
      if ((sizes[group] ?? 0) < 2) return;
      const place = `${examined.fileOf(row)} ${row.label}`;
      // Line breaks keep a text and a group's number from being taken for one another.
      const foldKey = `${place} ${group}`;
      const exactKey = `${place}\n\n${row.text}`;
      if (seen.has(foldKey)) {
        copies.push(row);
        if (seen.has(exactKey)) exact += 1;
      }
      seen.add(foldKey).add(exactKey);
    });
    if (copies.length === 0) return null;
    return { id: 'duplicates', rows: copies.length, examples: examined.examples(copies), exact, folded: copies.length - exact };
  },
  mend(files) {
    const sizes = groupSizes(Int32Array.from(groupedRows(files), ({ group }) => group ?? 0));
    let left = 0;
    for (const file of filesOf(files)) {
      const seen = new Set<string>();
      const copies = new Set<LabelledRow>();
      for (const row of file.rows) {
        if ((sizes[row.group ?? 0] ?? 0) < 2) continue;
        const key = `${row.group} ${row.label}`;
        if (seen.has(key)) copies.add(row);
        else seen.add(key);
      }
      file.keep((row) => !copies.has(row), 'duplicate');
      left += copies.size;
    }
    return left;
  },
};
