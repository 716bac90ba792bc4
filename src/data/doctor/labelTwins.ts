/** Labels, or types of entities, that differ in case, width, spaces or Unicode form only. */
import { foldCell } from '../cells';
import { LabelSpellings } from '../labels';
import { allNames } from '../settleLabels';
import { mapNames } from '../targets';
import { filesOf, type FindingCheck } from './check';

/** Between letters and figures of a name; `-1` and `c++` keep their signs. */
const joints = /(?<=[\p{L}\p{N}])[\s_-]+(?=\p{L})|(?<=\p{L})[\s_-]+(?=\p{N})/gu;

export function foldLabel(label: string): string {
  return foldCell(label).replace(joints, '');
}

export const labelTwins: FindingCheck<'label-twins'> = {
  id: 'label-twins',
  examine(examined) {
    const rowsOf = new Map(examined.rowsByName(true).map(({ label, rows }) => [label, rows]));
    const byFold = new Map<string, string[]>();
    for (const label of rowsOf.keys()) {
      const fold = foldLabel(label);
      byFold.set(fold, [...(byFold.get(fold) ?? []), label]);
    }
    const twins = [...byFold.values()].filter((labels) => labels.length > 1);
    if (twins.length === 0) return null;
    for (const labels of twins) labels.sort((left, right) => (rowsOf.get(right) ?? 0) - (rowsOf.get(left) ?? 0));
    const rows = examined.rowsWith(new Set(twins.flatMap(([, ...others]) => others)));
    return { id: 'label-twins', rows: rows.length, examples: examined.examples(rows), twins };
  },
  mend(files) {
    const spellings = new LabelSpellings(allNames(files.data), foldLabel);
    const change = (name: string) => spellings.labelOf(name);
    return filesOf(files).reduce((changed, file) => changed + file.changeTargets((target) => mapNames(target, change), 'empty-label').rows, 0);
  },
};
