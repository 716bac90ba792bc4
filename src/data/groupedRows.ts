/** Rows with the groups of their copies, worked out once for the mends and the split: folding a million texts takes seconds. */
import { groupCopies } from './copies';
import type { PreparedRow, TableRows } from './tableRows';

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
}

export function filesOf({ data, test }: RowFiles): TableRows[] {
  return test === null ? [data] : [data, test];
}

export function groupedRows(files: RowFiles): PreparedRow[] {
  const rows = filesOf(files).flatMap((file) => file.rows);
  if (rows.every(({ group }) => group !== null)) return rows;
  const groups = groupCopies(rows.map(({ text, textPair, target }) => ({ text, textPair, words: target.kind === 'tokens' ? target.words : undefined })));
  rows.forEach((row, index) => {
    row.group = groups[index] ?? 0;
  });
  return rows;
}
