/** Labels, or types of entities, with so few rows that little can be learnt of them. */
import type { FindingCheck } from './check';

const below = 10;

export const rareClasses: FindingCheck<'rare-classes'> = {
  id: 'rare-classes',
  examine(examined) {
    const labels = examined
      .rowsByName(false)
      .filter(({ rows }) => rows < below)
      .sort((left, right) => left.rows - right.rows);
    if (labels.length === 0) return null;
    const rows = examined.rowsWith(new Set(labels.map(({ label }) => label))).filter((row) => examined.fileOf(row) === 'data');
    return { id: 'rare-classes', rows: rows.length, examples: examined.examples(rows), labels, below };
  },
};
