/**
 * Parts units (copies of a text, groups) whose rows have any number of labels, so that each side has its share of every
 * label: the iterative stratification of Sechidis, Tsoumakas and Vlahavas (2011, "On the Stratification of Multi-label
 * Data", algorithm 1), with units in place of rows.
 */
import { seededPermutation, type Side } from '../../domain';
import type { SplitFractions } from './stratified';

export interface Unit {
  /** Indices of its rows. */
  rows: readonly number[];
  /** Label ids that any of its rows has, each with how many of them do. */
  labels: ReadonlyMap<number, number>;
}

const unitStream = 0x53504c56;

type Shares = Record<Side, number>;

/** What is still wanted on each side. */
class Wanted {
  constructor(
    private readonly sides: readonly Side[],
    private readonly shares: Shares,
  ) {}

  /** A side with a part of what there is may have less than one of it: it gets one, where there is one for each side. */
  static of(total: number, units: number, sides: readonly Side[], { validation, test }: SplitFractions): Wanted {
    const part = (fraction: number) => (fraction === 0 || units < sides.length ? 0 : Math.max(1, total * fraction));
    const own = { validation: part(validation), test: part(test) };
    return new Wanted(sides, { ...own, train: total - own.validation - own.test });
  }

  take(side: Side, rows: number): void {
    this.shares[side] -= rows;
  }

  /** Sides that want most, in their order. */
  most(among: readonly Side[] = this.sides): Side[] {
    const greatest = Math.max(...among.map((side) => this.shares[side]));
    return among.filter((side) => this.shares[side] > greatest - 1e-9);
  }
}

/** The rarest label that some unit without a side has. */
function rarestLeft(left: ReadonlyMap<number, number>): number | null {
  let rarest: number | null = null;
  let fewest = Infinity;
  for (const [label, units] of left) {
    if (units === 0 || units >= fewest) continue;
    rarest = label;
    fewest = units;
  }
  return rarest;
}

function unitsByLabel(units: readonly Unit[], order: Uint32Array): Map<number, number[]> {
  const byLabel = new Map<number, number[]>();
  for (const unit of order) {
    for (const label of units[unit]?.labels.keys() ?? []) {
      const known = byLabel.get(label);
      if (known === undefined) byLabel.set(label, [unit]);
      else known.push(unit);
    }
  }
  return byLabel;
}

/** Moves units back until every label can be learnt: one that is only validated or tested would never be answered. */
function ensureTrained(units: readonly Unit[], sides: Side[]): void {
  const trained = new Set(units.flatMap(({ labels }, unit) => (sides[unit] === 'train' ? [...labels.keys()] : [])));
  units.forEach(({ labels }, unit) => {
    if ([...labels.keys()].every((label) => trained.has(label))) return;
    sides[unit] = 'train';
    for (const label of labels.keys()) trained.add(label);
  });
}

/** Gives a side without units the smallest training unit whose labels others train too. */
function ensureUsed(units: readonly Unit[], sides: Side[], used: readonly Side[]): void {
  for (const side of used) {
    if (sides.includes(side)) continue;
    const trainers = new Map<number, number>();
    units.forEach(({ labels }, unit) => {
      if (sides[unit] === 'train') for (const label of labels.keys()) trainers.set(label, (trainers.get(label) ?? 0) + 1);
    });
    const free = units.flatMap((unit, index) => (sides[index] === 'train' && [...unit.labels.keys()].every((label) => (trainers.get(label) ?? 0) > 1) ? [{ unit, index }] : []));
    // The last one stays: something must be learnt.
    if (sides.filter((own) => own === 'train').length < 2) return;
    const smallest = free.sort((left, right) => left.unit.rows.length - right.unit.rows.length)[0];
    if (smallest !== undefined) sides[smallest.index] = side;
  }
}

/**
 * Side of each unit, the rarest label's units first, larger before smaller. Every label is on the training side; a side
 * has no unit only where none can be spared for it.
 */
export function splitUnits(units: readonly Unit[], fractions: SplitFractions, seed: number): Side[] {
  const used: Side[] = fractions.test > 0 ? ['train', 'validation', 'test'] : ['train', 'validation'];
  const order = seededPermutation(units.length, seed, unitStream).sort((left, right) => (units[right]?.rows.length ?? 0) - (units[left]?.rows.length ?? 0));
  const byLabel = unitsByLabel(units, order);
  const totalOf = (label: number) => (byLabel.get(label) ?? []).reduce((sum, unit) => sum + (units[unit]?.labels.get(label) ?? 0), 0);
  const wantedOf = new Map([...byLabel].map(([label, own]) => [label, Wanted.of(totalOf(label), own.length, used, fractions)]));
  const wantedRows = Wanted.of(units.reduce((sum, { rows }) => sum + rows.length, 0), units.length, used, fractions);
  const left = new Map([...byLabel].map(([label, own]) => [label, own.length]));
  const sides = new Array<Side | null>(units.length).fill(null);
  const give = (unit: number, side: Side): void => {
    sides[unit] = side;
    const { rows, labels } = units[unit] ?? { rows: [], labels: new Map<number, number>() };
    wantedRows.take(side, rows.length);
    for (const [label, own] of labels) {
      wantedOf.get(label)?.take(side, own);
      left.set(label, (left.get(label) ?? 0) - 1);
    }
  };
  for (let label = rarestLeft(left); label !== null; label = rarestLeft(left)) {
    for (const unit of byLabel.get(label) ?? []) {
      if (sides[unit] !== null) continue;
      const [side = 'train'] = wantedRows.most(wantedOf.get(label)?.most());
      give(unit, side);
    }
  }
  for (const unit of order) if (sides[unit] === null) give(unit, wantedRows.most()[0] ?? 'train');
  const settled = sides.map((side) => side ?? 'train');
  ensureTrained(units, settled);
  ensureUsed(units, settled, used);
  return settled;
}
