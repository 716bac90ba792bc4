/** Puts a recipe's fixed labels in place of the file's, before anything else looks at the cells. */
import { AnnealError, finalFixes, type Cells, type FixOutcome, type LabelFix, type Table } from '../domain';

/** A column's cells with some of them changed; the others stay where they are. */
class FixedCells implements Cells {
  constructor(
    private readonly cells: Cells,
    private readonly changed: ReadonlyMap<number, string>,
  ) {}

  get length(): number {
    return this.cells.length;
  }

  at(index: number): string | undefined {
    return this.changed.get(index) ?? this.cells.at(index);
  }

  *[Symbol.iterator](): Iterator<string> {
    let index = 0;
    for (const cell of this.cells) {
      yield this.changed.get(index) ?? cell;
      index += 1;
    }
  }
}

/** Spreadsheet row to place in the table, for the asked rows that are there. */
function placesOf(table: Table, rows: ReadonlySet<number>): Map<number, number> {
  const places = new Map<number, number>();
  table.rowNumbers.forEach((row, place) => {
    if (rows.has(row)) places.set(row, place);
  });
  return places;
}

/**
 * The same table with some cells changed: columns without a change are the same, and nothing is copied.
 * @param fixes of this file, one a cell
 * @throws AnnealError `data.missing-column`
 */
function withCells(table: Table, fixes: readonly LabelFix[]): { table: Table; fixed: LabelFix[] } {
  const places = placesOf(table, new Set(fixes.map(({ row }) => row)));
  const fixed = fixes.filter(({ row }) => places.has(row));
  const byColumn = new Map<string, LabelFix[]>();
  for (const fix of fixes) byColumn.set(fix.column, [...(byColumn.get(fix.column) ?? []), fix]);
  const names = new Set(table.columns.map(({ name }) => name));
  for (const column of byColumn.keys()) {
    if (!names.has(column)) throw new AnnealError('data.missing-column', { file: table.fileName, column, columns: [...names] });
  }
  const columns = table.columns.map((column) => {
    const own = byColumn.get(column.name);
    if (own === undefined) return column;
    const changed = new Map<number, string>();
    for (const { row, to } of own) {
      const place = places.get(row);
      if (place !== undefined) changed.set(place, to);
    }
    return { ...column, cells: new FixedCells(column.cells, changed) };
  });
  return { table: { ...table, columns }, fixed };
}

export interface FixedTables {
  table: Table;
  testTable: Table | undefined;
  /** Null where the recipe has no fixes. */
  outcome: FixOutcome | null;
}

/**
 * A column that is not in the file is an error, as everywhere in a recipe. A row that is not there is counted: the
 * recipe may be used again with a shorter file, and the other fixes still hold.
 *
 * @throws AnnealError `data.missing-column`
 */
export function applyFixes(table: Table, testTable: Table | undefined, fixes: readonly LabelFix[]): FixedTables {
  if (fixes.length === 0) return { table, testTable, outcome: null };
  const cells = finalFixes(fixes);
  const data = withCells(table, cells.filter(({ file }) => file === 'data'));
  const test = testTable && withCells(testTable, cells.filter(({ file }) => file === 'test'));
  const fixed = [...data.fixed, ...(test?.fixed ?? [])];
  const rows = new Set(fixed.map(({ file, row }) => `${file} ${row}`)).size;
  return { table: data.table, testTable: test?.table, outcome: { rows, missing: cells.length - fixed.length } };
}
