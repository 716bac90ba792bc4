/** A label column with nearly as many values as rows: more like a text or a number of the row than a label. */
import type { FindingCheck } from './check';

const fewestLabels = 20;
/** Fewer rows a label than this, on the mean. */
const fewestRows = 3;

export const labelLikeId: FindingCheck<'label-like-id'> = {
  id: 'label-like-id',
  examine(examined) {
    const { labels } = examined.dataset.counts;
    const rows = examined.rows.length;
    if (labels.length < fewestLabels || labels.length * fewestRows <= rows) return null;
    const single = new Set(labels.filter(({ train, validation, test }) => train + validation + test === 1).map(({ label }) => label));
    return {
      id: 'label-like-id',
      rows,
      examples: examined.examples(examined.rows),
      column: examined.labelColumn,
      labels: labels.length,
      once: single.size,
    };
  },
};
