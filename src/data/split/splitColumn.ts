/** The column that decides how rows are parted: what its cells say of each row, and the rows it says nothing of. */
import { AnnealError, type DateOrder, type Recipe, type SetAsideReason, type Side, type Table } from '../../domain';
import { trimInvisible } from '../cells';
import { findColumn } from '../findColumn';
import type { PreparedRow } from '../preparedRow';
import type { TableRows } from '../tableRows';
import { sideNamed } from './sideNames';
import { dateOrderOf, readTime } from './times';

export type SplitColumn =
  | { kind: 'group'; column: string; groupOf: ReadonlyMap<PreparedRow, string> }
  /** Milliseconds since 1970. */
  | { kind: 'time'; column: string; timeOf: ReadonlyMap<PreparedRow, number>; dateOrder: DateOrder | null; ambiguous: boolean }
  /** Each row's side stands in the row. */
  | { kind: 'side'; column: string };

/** Reads a value for each row; rows without one are put aside. */
function valuesOf<Value>(file: TableRows, read: (row: PreparedRow) => Value | null, reason: SetAsideReason): Map<PreparedRow, Value> {
  const values = new Map<PreparedRow, Value>();
  file.keep((row) => {
    const value = read(row);
    if (value !== null) values.set(row, value);
    return value !== null;
  }, reason);
  return values;
}

export interface ReadSplitOptions {
  table: Table;
  file: TableRows;
  recipe: Recipe;
  hasTestFile: boolean;
}

/** Null where no column decides. @throws AnnealError `data.missing-column`, `data.empty-side` */
export function readSplitColumn({ table, file, recipe, hasTestFile }: ReadSplitOptions): SplitColumn | null {
  const { by } = recipe.split;
  if (by === undefined) return null;
  const { name, cells } = findColumn(table, by.column);
  const cellOf = ({ index }: PreparedRow): string => trimInvisible(cells.at(index) ?? '');
  switch (by.kind) {
    case 'group': {
      const groupOf = valuesOf(file, (row) => cellOf(row) || null, 'empty-group');
      return { kind: 'group', column: name, groupOf: throwIfNone(groupOf, file, name, 'group') };
    }
    case 'time': {
      const { order, ambiguous } = dateOrderOf(cells);
      const dateOrder = by.dateOrder ?? order ?? 'day-month';
      const timeOf = valuesOf(file, (row) => readTime(cellOf(row), dateOrder), 'unreadable-time');
      return { kind: 'time', column: name, timeOf: throwIfNone(timeOf, file, name, 'time'), dateOrder: order && dateOrder, ambiguous };
    }
    case 'side': {
      const sideOf = valuesOf<Side>(file, (row) => sideNamed(cellOf(row)), 'unknown-side');
      throwIfNone(sideOf, file, name, 'side');
      // Only one of two sets of test rows can be tested on: the file that was given for it.
      if (hasTestFile) file.keep((row) => sideOf.get(row) !== 'test', 'other-test');
      for (const row of file.rows) row.side = sideOf.get(row) ?? null;
      return { kind: 'side', column: name };
    }
  }
}

function throwIfNone<Values extends ReadonlyMap<PreparedRow, unknown>>(values: Values, file: TableRows, column: string, kind: 'group' | 'time' | 'side'): Values {
  if (values.size === 0) throw new AnnealError('data.empty-side', { column, kind, side: 'train', rows: file.setAside.length });
  return values;
}
