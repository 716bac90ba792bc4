/** Rows with the groups of their copies, worked out once for the mends and the split: folding a million texts takes seconds. */
import { CopyGroups } from './copies';
import { forEachInPieces, type Pause } from './pause';
import type { PreparedRow } from './preparedRow';
import type { TableRows } from './tableRows';

/** Spreadsheet rows of each file whose texts have more tokens than the recipe's `maxLength`. */
export interface LongRows {
  data: ReadonlySet<number>;
  test: ReadonlySet<number>;
}

/** Rows before labels and sides are settled. */
export interface RowFiles {
  data: TableRows;
  test: TableRows | null;
  /** Where somebody counted tokens. */
  tooLong?: LongRows | undefined;
  pause: Pause;
}

export function filesOf({ data, test }: Pick<RowFiles, 'data' | 'test'>): TableRows[] {
  return test === null ? [data] : [data, test];
}

export async function groupedRows(files: RowFiles): Promise<PreparedRow[]> {
  const rows = filesOf(files).flatMap((file) => file.rows);
  if (rows.every(({ group }) => group !== null)) return rows;
  const groups = new CopyGroups(rows.length);
  await forEachInPieces(rows, files.pause, (row) => {
    row.group = groups.groupOf(row);
  });
  return rows;
}
