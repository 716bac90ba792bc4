/** Seeded stratified split by one label a row, whose sides share no text. */
import { seededPermutation, type Side } from '../../domain';
import { renumbered } from '../copies';

/** Column by column, for there may be a million. */
export interface SplitRows {
  labels: Int32Array;
  /** The same for copies; numbers from 0. */
  groups: Int32Array;
}

export interface SplitFractions {
  validation: number;
  /** 0 where the test rows are given. */
  test: number;
}

/** Stream of the generator, one more for each label. */
const splitStream = 0x53504c54;

/** Rows of one text, in the order of their first: they stay on one side, whatever their labels. Nearly all are one row. */
class TextGroups {
  readonly sizes: Uint32Array;
  readonly ofRow: Int32Array;
  private readonly firstLabels: Int32Array;
  /** All labels of a group that has several. */
  private readonly several = new Map<number, number[]>();

  constructor({ labels, groups }: SplitRows) {
    const { groups: ofRow, count } = renumbered(groups);
    this.ofRow = ofRow;
    this.sizes = new Uint32Array(count);
    this.firstLabels = new Int32Array(count);
    this.ofRow.forEach((group, row) => this.add(group, labels[row] ?? 0));
  }

  private add(group: number, label: number): void {
    if (this.sizes[group] === 0) this.firstLabels[group] = label;
    this.sizes[group] = this.size(group) + 1;
    const known = this.labels(group);
    if (!known.includes(label)) this.several.set(group, [...known, label]);
  }

  get count(): number {
    return this.sizes.length;
  }

  size(group: number): number {
    return this.sizes[group] ?? 0;
  }

  /** Each once, in the order of the rows. */
  labels(group: number): readonly number[] {
    return this.several.get(group) ?? [this.firstLabels[group] ?? 0];
  }
}

/** Groups that hold each label. */
function groupsByLabel(groups: TextGroups): Map<number, number> {
  const counts = new Map<number, number>();
  for (let group = 0; group < groups.count; group += 1) for (const label of groups.labels(group)) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** The label a group counts for: the rarest of its labels, so that rare ones keep enough groups to choose from. */
function stratumOf(labels: readonly number[], counts: ReadonlyMap<number, number>): number {
  return labels.reduce((rarest, label) => ((counts.get(label) ?? 0) < (counts.get(rarest) ?? 0) ? label : rarest));
}

/** Takes groups, in their order, up to `target` rows; one at least where more than `keep` are there. */
function takeGroups(groups: readonly number[], sizeOf: (group: number) => number, target: number, keep: number): number[] {
  const taken: number[] = [];
  let rows = 0;
  for (const group of groups) {
    if (groups.length - taken.length <= keep) break;
    if (rows + sizeOf(group) > target) continue;
    taken.push(group);
    rows += sizeOf(group);
    if (rows === target) break;
  }
  if (taken.length === 0 && groups.length > keep) taken.push(groups.reduce((least, group) => (sizeOf(group) < sizeOf(least) ? group : least)));
  return taken;
}

function targetRows(rows: number, fraction: number): number {
  return Math.max(1, Math.round(rows * fraction));
}

/** Moves groups back until every label can be learned: a label only validated or tested would never be answered. */
function ensureTrained(groups: TextGroups, sides: Side[]): void {
  const trained = new Set<number>();
  sides.forEach((side, group) => {
    if (side === 'train') for (const label of groups.labels(group)) trained.add(label);
  });
  sides.forEach((_, group) => {
    if (groups.labels(group).every((label) => trained.has(label))) return;
    sides[group] = 'train';
    for (const label of groups.labels(group)) trained.add(label);
  });
}

/**
 * Side of each row. Each label with as many texts as there are sides has one row a side at least; one with fewer is on
 * the training side only. Copies of a text (case, width, spaces and punctuation aside) are always on one side.
 */
export function splitByLabel(rows: SplitRows, fractions: SplitFractions, seed: number): Side[] {
  const groups = new TextGroups(rows);
  const counts = groupsByLabel(groups);
  const used = fractions.test > 0 ? 3 : 2;
  const strata = new Map<number, number[]>();
  for (let group = 0; group < groups.count; group += 1) {
    const label = stratumOf(groups.labels(group), counts);
    if ((counts.get(label) ?? 0) < used) continue;
    const stratum = strata.get(label);
    if (stratum === undefined) strata.set(label, [group]);
    else stratum.push(group);
  }
  const sides = new Array<Side>(groups.count).fill('train');
  const sizeOf = (group: number) => groups.size(group);
  for (const [label, stratum] of strata) {
    const order = seededPermutation(stratum.length, seed, splitStream + label);
    const shuffled = Array.from(order, (index) => stratum[index] ?? 0);
    const total = shuffled.reduce((sum, group) => sum + sizeOf(group), 0);
    const test = fractions.test > 0 ? takeGroups(shuffled, sizeOf, targetRows(total, fractions.test), 2) : [];
    for (const group of test) sides[group] = 'test';
    const rest = shuffled.filter((group) => sides[group] === 'train');
    for (const group of takeGroups(rest, sizeOf, targetRows(total, fractions.validation), 1)) sides[group] = 'validation';
  }
  ensureTrained(groups, sides);
  return Array.from(groups.ofRow, (group) => sides[group] ?? 'train');
}
