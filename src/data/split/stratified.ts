/** Seeded stratified split by one label a row, whose sides share no text. */
import { seededPermutation, type Side } from '../../domain';

export interface SplitRow {
  label: number;
  /** The same for copies. */
  group: number;
}

export interface SplitFractions {
  validation: number;
  /** 0 where the test rows are given. */
  test: number;
}

/** Rows of one text: they stay on one side, whatever their labels. */
interface CopyGroup {
  rows: number[];
  labels: Set<number>;
}

/** Stream of the generator, one more for each label. */
const splitStream = 0x53504c54;

function groupRows(rows: readonly SplitRow[]): CopyGroup[] {
  const groups = new Map<number, CopyGroup>();
  rows.forEach(({ label, group: key }, index) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { rows: [index], labels: new Set([label]) });
    else {
      group.rows.push(index);
      group.labels.add(label);
    }
  });
  return [...groups.values()];
}

/** Groups that hold each label. */
function groupsByLabel(groups: readonly CopyGroup[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const group of groups) for (const label of group.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** The label a group counts for: the rarest of its labels, so that rare ones keep enough groups to choose from. */
function stratumOf(group: CopyGroup, counts: ReadonlyMap<number, number>): number {
  let rarest = -1;
  for (const label of group.labels) {
    if (rarest === -1 || (counts.get(label) ?? 0) < (counts.get(rarest) ?? 0)) rarest = label;
  }
  return rarest;
}

/** Takes groups, in their order, up to `target` rows; one at least where more than `keep` are there. */
function takeGroups(groups: CopyGroup[], target: number, keep: number): CopyGroup[] {
  const taken: CopyGroup[] = [];
  let rows = 0;
  for (const group of groups) {
    if (groups.length - taken.length <= keep) break;
    if (rows + group.rows.length > target) continue;
    taken.push(group);
    rows += group.rows.length;
    if (rows === target) break;
  }
  if (taken.length === 0 && groups.length > keep) {
    const smallest = groups.reduce((least, group) => (group.rows.length < least.rows.length ? group : least));
    taken.push(smallest);
  }
  return taken;
}

function without(groups: readonly CopyGroup[], taken: readonly CopyGroup[]): CopyGroup[] {
  const removed = new Set(taken);
  return groups.filter((group) => !removed.has(group));
}

function targetRows(rows: number, fraction: number): number {
  return Math.max(1, Math.round(rows * fraction));
}

/** Moves groups back until every label can be learned: a label only validated or tested would never be answered. */
function ensureTrained(groups: readonly CopyGroup[], sideOf: Map<CopyGroup, Side>): void {
  const trained = new Set<number>();
  for (const group of groups) {
    if (sideOf.get(group) === 'train') for (const label of group.labels) trained.add(label);
  }
  for (const group of groups) {
    if ([...group.labels].every((label) => trained.has(label))) continue;
    sideOf.set(group, 'train');
    for (const label of group.labels) trained.add(label);
  }
}

/**
 * Side of each row. Each label with as many texts as there are sides has one row a side at least; one with fewer is on
 * the training side only. Copies of a text (case, width, spaces and punctuation aside) are always on one side.
 */
export function splitByLabel(rows: readonly SplitRow[], fractions: SplitFractions, seed: number): Side[] {
  const groups = groupRows(rows);
  const counts = groupsByLabel(groups);
  const sides = fractions.test > 0 ? 3 : 2;
  const strata = new Map<number, CopyGroup[]>();
  const sideOf = new Map<CopyGroup, Side>();
  for (const group of groups) {
    sideOf.set(group, 'train');
    const label = stratumOf(group, counts);
    if ((counts.get(label) ?? 0) < sides) continue;
    const stratum = strata.get(label);
    if (stratum === undefined) strata.set(label, [group]);
    else stratum.push(group);
  }
  for (const [label, stratum] of strata) {
    const order = seededPermutation(stratum.length, seed, splitStream + label);
    const shuffled = Array.from(order, (index) => stratum[index]).filter((group) => group !== undefined);
    const total = shuffled.reduce((sum, group) => sum + group.rows.length, 0);
    const test = fractions.test > 0 ? takeGroups(shuffled, targetRows(total, fractions.test), 2) : [];
    const rest = without(shuffled, test);
    const validation = takeGroups(rest, targetRows(total, fractions.validation), 1);
    for (const group of test) sideOf.set(group, 'test');
    for (const group of validation) sideOf.set(group, 'validation');
  }
  ensureTrained(groups, sideOf);
  const result = new Array<Side>(rows.length).fill('train');
  for (const group of groups) for (const row of group.rows) result[row] = sideOf.get(group) ?? 'train';
  return result;
}
