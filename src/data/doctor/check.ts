/** What a finding of the doctor is: one file each, listed in `registry.ts`. */
import type { FindingId, FindingOf, Mend } from '../../domain';
import type { LabelledRow, TableRows } from '../tableRows';
import { groupTexts, type Examined } from './examined';

/** Rows before labels and sides are settled; a mend changes them or puts them aside. */
export interface MendFiles {
  data: TableRows;
  test: TableRows | null;
}

export interface FindingCheck<Id extends FindingId = FindingId> {
  id: Id;
  /** Null where there is nothing to say. Linear in the rows: a million take about a second. */
  examine: (examined: Examined) => FindingOf<Id> | null;
  /** Where it is safe; returns the rows left out or changed. */
  mend?: (files: MendFiles, mend: Mend) => number;
}

export function filesOf({ data, test }: MendFiles): TableRows[] {
  return test === null ? [data] : [data, test];
}

/** All rows of the files with their groups, worked out once for all mends and the split: folding a million texts takes seconds. */
export function groupedRows(files: MendFiles): LabelledRow[] {
  const rows = filesOf(files).flatMap((file) => file.rows);
  if (rows.every(({ group }) => group !== null)) return rows;
  const groups = groupTexts(rows);
  rows.forEach((row, index) => {
    row.group = groups[index] ?? 0;
  });
  return rows;
}
