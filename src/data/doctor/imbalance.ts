/** One label far commoner than another, or than all others together. */
import type { FindingCheck } from './check';

const mostTimes = 10;
const mostShare = 0.9;
/** With fewer rows a ratio says nothing that the rare labels do not say. */
const enoughRows = 100;

export const imbalance: FindingCheck<'imbalance'> = {
  id: 'imbalance',
  examine(examined) {
    const sorted = examined.dataset.counts.labels
      .map(({ label, train, validation, test }) => ({ label, rows: train + validation + test }))
      .sort((left, right) => right.rows - left.rows);
    const [commonest] = sorted;
    const rarest = sorted.at(-1);
    const total = sorted.reduce((sum, { rows }) => sum + rows, 0);
    if (commonest === undefined || rarest === undefined || total < enoughRows) return null;
    const share = commonest.rows / total;
    if (commonest.rows < mostTimes * rarest.rows && share < mostShare) return null;
    const rows = examined.rows.filter((row) => examined.labelName(row) === rarest.label);
    return { id: 'imbalance', rows: rarest.rows, examples: examined.examples(rows), commonest, rarest, share };
  },
};
