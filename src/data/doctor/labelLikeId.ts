/** A label column with nearly as many values as rows: more like a text or a number of the row than a label. */
import { countNames } from '../settleLabels';
import { mapNames } from '../targets';
import { filesOf, type FindingCheck } from './check';

const fewestLabels = 20;
/** Fewer rows a label than this, on the mean. */
const fewestRows = 3;

export const labelLikeId: FindingCheck<'label-like-id'> = {
  id: 'label-like-id',
  examine(examined) {
    const labels = examined.rowsByName(true);
    const rows = examined.rows.length;
    if (labels.length < fewestLabels || labels.length * fewestRows <= rows) return null;
    const once = labels.filter((label) => label.rows === 1).length;
    return { id: 'label-like-id', rows, examples: examined.examples(examined.rows), column: examined.labelColumn, labels: labels.length, once };
  },
  mend(files, mend) {
    if (mend.finding !== 'label-like-id') return 0;
    const { keep, other } = mend;
    // Sorting is stable: of equally common ones those stay that come first.
    const kept = new Set([...countNames(files.data)].sort(([, left], [, right]) => right - left).slice(0, keep).map(([label]) => label));
    const change = (name: string) => (kept.has(name) ? name : other);
    return filesOf(files).reduce((changed, file) => changed + file.changeTargets((target) => mapNames(target, change), 'empty-label').rows, 0);
  },
};
