/** Labels that a side has no row of: they are learnt unseen or never tested. */
import type { Side } from '../../domain';
import type { FindingCheck } from './check';

const sides: readonly Side[] = ['train', 'validation', 'test'];

export const missingFromSide: FindingCheck<'missing-from-side'> = {
  id: 'missing-from-side',
  examine(examined) {
    const labels = examined.dataset.counts.labels
      .map((count) => ({ label: count.label, sides: sides.filter((side) => count[side] === 0) }))
      .filter((missing) => missing.sides.length > 0);
    if (labels.length === 0) return null;
    const missing = new Set(labels.map(({ label }) => label));
    const rows = examined.rows.filter((row) => missing.has(examined.labelName(row)));
    return { id: 'missing-from-side', rows: rows.length, examples: examined.examples(rows), labels };
  },
};
