/** Rows as they are with the recipe's fixed labels, for lists that hold the file's own cells. */
import { finalFixes, isSameRow, type LabelFix, type RowPlace } from '../../domain';
import type { TableRow } from '../../workers';
import { visibleText } from '../visibleText';

/** The row's cells, changed ones in place; `columns` are the table's. */
export function withFixes(row: TableRow, file: RowPlace['file'], columns: readonly string[], fixes: readonly LabelFix[]): TableRow {
  const own = fixes.filter((fix) => isSameRow(fix, { file, row: row.row }));
  if (own.length === 0) return row;
  const changed = new Map(own.map(({ column, to }) => [column, to]));
  return { ...row, cells: row.cells.map((cell, place) => changed.get(columns[place] ?? '') ?? cell) };
}

/** Labels whose own columns say 1, in one line. */
export function namedLabels(cells: readonly string[], columns: readonly string[], labelColumns: readonly string[], none: string): string {
  return labelColumns.filter((column) => Number(cells[columns.indexOf(column)]) === 1).map(visibleText).join(', ') || none;
}

/** The changed cell of a row in that column; null where it is as the file has it. */
export function fixedCell({ file, row }: RowPlace, column: string, fixes: readonly LabelFix[]): string | null {
  return finalFixes(fixes.filter((fix) => isSameRow(fix, { file, row }))).find((fix) => fix.column === column)?.to ?? null;
}
