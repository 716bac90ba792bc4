/** Labels that differ in case, width, spaces or Unicode form only. */
import { foldCell } from '../cells';
import { LabelSpellings } from '../labels';
import { filesOf, type FindingCheck } from './check';

/** Between letters and figures of a name; `-1` and `c++` keep their signs. */
const joints = /(?<=[\p{L}\p{N}])[\s_-]+(?=\p{L})|(?<=\p{L})[\s_-]+(?=\p{N})/gu;

export function foldLabel(label: string): string {
  return foldCell(label).replace(joints, '');
}

export const labelTwins: FindingCheck<'label-twins'> = {
  id: 'label-twins',
  examine(examined) {
    const rowsOf = new Map(examined.dataset.counts.labels.map(({ label, train, validation, test }) => [label, train + validation + test]));
    const byFold = new Map<string, string[]>();
    for (const label of examined.dataset.labels) {
      const fold = foldLabel(label);
      byFold.set(fold, [...(byFold.get(fold) ?? []), label]);
    }
    const twins = [...byFold.values()].filter((labels) => labels.length > 1);
    if (twins.length === 0) return null;
    for (const labels of twins) labels.sort((left, right) => (rowsOf.get(right) ?? 0) - (rowsOf.get(left) ?? 0));
    const lesser = new Set(twins.flatMap(([, ...others]) => others));
    const rows = examined.rows.filter((row) => lesser.has(examined.labelName(row)));
    return { id: 'label-twins', rows: rows.length, examples: examined.examples(rows), twins };
  },
  mend(files) {
    const spellings = new LabelSpellings(files.data.rows.map(({ label }) => label), foldLabel);
    let changed = 0;
    for (const file of filesOf(files)) {
      for (const row of file.rows) {
        const label = spellings.labelOf(row.label);
        if (label === row.label) continue;
        row.label = label;
        changed += 1;
      }
    }
    return changed;
  },
};
