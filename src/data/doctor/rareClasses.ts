/** Labels with so few rows that little can be learnt of them. */
import type { FindingCheck } from './check';

const below = 10;

export const rareClasses: FindingCheck<'rare-classes'> = {
  id: 'rare-classes',
  examine(examined) {
    const labels = examined.dataset.counts.labels
      .map(({ label, train, validation, test }) => ({ label, rows: train + validation + (examined.fromTestFile ? 0 : test) }))
      .filter(({ rows }) => rows < below)
      .sort((left, right) => left.rows - right.rows);
    if (labels.length === 0) return null;
    const rare = new Set(labels.map(({ label }) => label));
    const rows = examined.rows.filter((row) => examined.fileOf(row) === 'data' && rare.has(examined.labelName(row)));
    return { id: 'rare-classes', rows: rows.length, examples: examined.examples(rows), labels, below };
  },
};
