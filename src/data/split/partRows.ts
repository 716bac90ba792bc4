/**
 * Gives every row its side. Copies of a text are on one side wherever we part the rows: our own split moves them
 * together; by group or by time a row that repeats a text of an earlier side (training, then validation) is put aside,
 * for neither its group nor its time may be broken. Where a column gives the sides nothing moves.
 */
import { AnnealError, type Recipe, type Side, type SplitFacts } from '../../domain';
import type { PreparedRow } from '../preparedRow';
import type { TableRows } from '../tableRows';
import { splitUnits, type Unit } from './iterative';
import type { SplitColumn } from './splitColumn';
import { splitByLabel, type SplitFractions } from './stratified';

export interface PartOptions {
  file: TableRows;
  by: SplitColumn | null;
  recipe: Recipe;
  hasTestFile: boolean;
  /** Ids of what a row can be stratified by: its label, its labels, the types of its entities; none for a number. */
  strataOf: (row: PreparedRow) => readonly number[];
}

/** Rows of one unit, by a key each; a unit's labels are those of its rows. */
function unitsBy(rows: readonly PreparedRow[], keyOf: (row: PreparedRow) => string | number, strataOf: PartOptions['strataOf']): Unit[] {
  const units = new Map<string | number, { rows: number[]; labels: Map<number, number> }>();
  rows.forEach((row, index) => {
    const key = keyOf(row);
    const unit = units.get(key) ?? { rows: [], labels: new Map<number, number>() };
    units.set(key, unit);
    unit.rows.push(index);
    for (const label of strataOf(row)) unit.labels.set(label, (unit.labels.get(label) ?? 0) + 1);
  });
  return [...units.values()];
}

/** By label, copies together. */
function splitRows(rows: readonly PreparedRow[], fractions: SplitFractions, seed: number, strataOf: PartOptions['strataOf']): Side[] {
  const several = rows.some(({ target }) => target.kind === 'labels' || target.kind === 'tokens');
  if (!several) return splitByLabel({ labels: Int32Array.from(rows, (row) => strataOf(row)[0] ?? 0), groups: Int32Array.from(rows, ({ group }) => group ?? 0) }, fractions, seed);
  return spread(rows.length, unitsBy(rows, ({ group }) => group ?? 0, strataOf), fractions, seed);
}

function spread(rows: number, units: readonly Unit[], fractions: SplitFractions, seed: number): Side[] {
  const sides = new Array<Side>(rows).fill('train');
  splitUnits(units, fractions, seed).forEach((side, unit) => {
    for (const row of units[unit]?.rows ?? []) sides[row] = side;
  });
  return sides;
}

/** The last rows are the test, those before them the validation; rows of one time stay together, at the nearer edge. */
export function splitByTime(times: readonly number[], fractions: SplitFractions): Side[] {
  const rowsAt = new Map<number, number>();
  for (const time of times) rowsAt.set(time, (rowsAt.get(time) ?? 0) + 1);
  const latest = [...rowsAt].sort(([left], [right]) => right - left);
  const sideAt = new Map<number, Side>();
  let next = 0;
  for (const side of ['test', 'validation'] as const) {
    const wanted = fractions[side] * times.length;
    let taken = 0;
    while (fractions[side] > 0) {
      const [time, rows] = latest[next] ?? [0, Infinity];
      if (taken > 0 && taken + rows - wanted > wanted - taken) break;
      if (rows === Infinity) break;
      sideAt.set(time, side);
      taken += rows;
      next += 1;
    }
  }
  return times.map((time) => sideAt.get(time) ?? 'train');
}

const order: readonly Side[] = ['train', 'validation', 'test'];

/** Puts rows aside that repeat a text of an earlier side. */
function partCopies(file: TableRows): void {
  const first = new Map<number, number>();
  for (const { group, side } of file.rows) {
    const place = order.indexOf(side ?? 'train');
    first.set(group ?? 0, Math.min(first.get(group ?? 0) ?? Infinity, place));
  }
  file.keep(({ group, side }) => (first.get(group ?? 0) ?? 0) >= order.indexOf(side ?? 'train'), 'copy-elsewhere');
}

function throwIfEmptySide(file: TableRows, by: SplitColumn, used: readonly Side[]): void {
  const has = new Set(file.rows.map(({ side }) => side));
  for (const side of used) if (!has.has(side)) throw new AnnealError('data.empty-side', { column: by.column, kind: by.kind, side, rows: file.rows.length });
}

/** Sets each row's side; rows may be put aside. Groups of copies must be known. @throws AnnealError `data.empty-side` */
export function partRows({ file, by, recipe, hasTestFile, strataOf }: PartOptions): SplitFacts | null {
  const { validationFraction, testFraction } = recipe.split;
  const { seed } = recipe.training;
  const fractions = { validation: validationFraction, test: hasTestFile ? 0 : testFraction };
  const used = hasTestFile ? order.slice(0, 2) : order;
  const { rows } = file;
  const set = (sides: readonly Side[], of: readonly PreparedRow[] = rows): void => of.forEach((row, index) => (row.side = sides[index] ?? 'train'));
  if (by === null) {
    set(splitRows(rows, fractions, seed, strataOf));
    return null;
  }
  if (by.kind === 'side') {
    const given = new Set(rows.map(({ side }) => side));
    const splitOff = used.filter((side) => side !== 'train' && !given.has(side));
    const learnt = rows.filter(({ side }) => side === 'train');
    if (splitOff.length > 0 && learnt.length > 0) {
      const own = { validation: splitOff.includes('validation') ? validationFraction : 0, test: splitOff.includes('test') ? testFraction : 0 };
      set(splitOwn(learnt, own, seed, strataOf), learnt);
    }
    throwIfEmptySide(file, by, used);
    return { kind: 'side', column: by.column, splitOff };
  }
  if (by.kind === 'group') {
    const { groupOf } = by;
    set(spread(rows.length, unitsBy(rows, (row) => groupOf.get(row) ?? '', strataOf), fractions, seed));
  } else {
    const { timeOf } = by;
    set(splitByTime(rows.map((row) => timeOf.get(row) ?? 0), fractions));
  }
  partCopies(file);
  throwIfEmptySide(file, by, used);
  return by.kind === 'group' ? groupFacts(file, by) : timeFacts(file, by);
}

/** One of two sides may be given already: it is split as the other would be, and named after. */
function splitOwn(rows: readonly PreparedRow[], { validation, test }: SplitFractions, seed: number, strataOf: PartOptions['strataOf']): Side[] {
  if (validation > 0) return splitRows(rows, { validation, test }, seed, strataOf);
  return splitRows(rows, { validation: test, test: 0 }, seed, strataOf).map((side) => (side === 'validation' ? 'test' : side));
}

function groupFacts(file: TableRows, { column, groupOf }: Extract<SplitColumn, { kind: 'group' }>): SplitFacts {
  const groups = { train: new Set<string>(), validation: new Set<string>(), test: new Set<string>() };
  for (const row of file.rows) if (row.side !== null) groups[row.side].add(groupOf.get(row) ?? '');
  return { kind: 'group', column, groups: { train: groups.train.size, validation: groups.validation.size, test: groups.test.size } };
}

function timeFacts(file: TableRows, { column, timeOf, dateOrder, ambiguous }: Extract<SplitColumn, { kind: 'time' }>): SplitFacts {
  const firstOn = (side: Side): number | null => {
    const times = file.rows.flatMap((row) => (row.side === side ? [timeOf.get(row) ?? 0] : []));
    return times.length === 0 ? null : times.reduce((least, time) => Math.min(least, time));
  };
  return { kind: 'time', column, from: { train: firstOn('train'), validation: firstOn('validation'), test: firstOn('test') }, dateOrder, ambiguous };
}
