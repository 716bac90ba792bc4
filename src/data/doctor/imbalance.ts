/** One label far commoner than another, or than all others together. */
import type { FindingCheck } from './check';

const mostTimes = 10;
const mostShare = 0.9;
/** With fewer rows a ratio says nothing that the rare labels do not say. */
const enoughRows = 100;

export const imbalance: FindingCheck<'imbalance'> = {
  id: 'imbalance',
  examine(examined) {
    const sorted = examined.rowsByName(true).sort((left, right) => right.rows - left.rows);
    const [commonest] = sorted;
    const rarest = sorted.at(-1);
    const total = examined.rows.length;
    // One label or type alone has nothing to be compared with.
    if (commonest === undefined || rarest === undefined || rarest === commonest || total < enoughRows) return null;
    const share = commonest.rows / total;
    const isClass = examined.rows[0]?.target.kind === 'class';
    // Where a row may have several labels, a common one does not stand in the way of the others.
    if (commonest.rows < mostTimes * rarest.rows && !(isClass && share >= mostShare)) return null;
    return { id: 'imbalance', rows: rarest.rows, examples: examined.examples(examined.rowsWith(new Set([rarest.label]))), commonest, rarest, share, target: examined.rows[0]?.target.kind ?? 'class' };
  },
};
