/** Labels that a side has no row of: they are learnt unseen or never tested. */
import type { Side } from '../../domain';
import type { FindingCheck } from './check';

const sides: readonly Side[] = ['train', 'validation', 'test'];

export const missingFromSide: FindingCheck<'missing-from-side'> = {
  id: 'missing-from-side',
  examine(examined) {
    const labels = examined.counts
      .map((count) => ({ label: count.name, sides: sides.filter((side) => count[side] === 0) }))
      .filter((missing) => missing.sides.length > 0);
    if (labels.length === 0) return null;
    const rows = examined.rowsWith(new Set(labels.map(({ label }) => label)));
    return { id: 'missing-from-side', rows: rows.length, examples: examined.examples(rows), labels };
  },
};
