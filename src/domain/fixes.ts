/** Labels put right by hand. They stand in the recipe, so that a rerun learns from the same; the file stays as it is. */
import * as v from 'valibot';

export const labelFixSchema = v.strictObject({
  file: v.picklist(['data', 'test']),
  /** As a spreadsheet counts it. */
  row: v.pipe(v.number(), v.integer(), v.minValue(0)),
  column: v.string(),
  /** The whole cell as it is to be read. */
  to: v.string(),
});
export type LabelFix = v.InferOutput<typeof labelFixSchema>;

/** What the fixes of a recipe came to. */
export interface FixOutcome {
  /** Rows with a changed cell. */
  rows: number;
  /** Changes whose row or file is not there. */
  missing: number;
}

/** A row in one of the two files. */
export type RowPlace = Pick<LabelFix, 'file' | 'row'>;

/** What a row is to be answered with, as a person reads and changes it. */
export type RowLabel =
  | { kind: 'class'; label: string }
  | { kind: 'labels'; labels: string[] }
  /** The cell, trimmed: a number as it is written. */
  | { kind: 'number'; value: string }
  | { kind: 'tags'; words: string[]; tags: string[] };

export const isSameRow = (left: RowPlace, right: RowPlace): boolean => left.row === right.row && left.file === right.file;

const isSameCell = (left: LabelFix, right: LabelFix): boolean => left.column === right.column && isSameRow(left, right);

/** The newest value of each cell, in the order in which the cells were first changed. */
export function finalFixes(fixes: readonly LabelFix[]): LabelFix[] {
  const cells = new Map<string, LabelFix>();
  for (const fix of fixes) cells.set(JSON.stringify([fix.file, fix.row, fix.column]), fix);
  return [...cells.values()];
}

/** Rows with a changed label. */
export function fixedRows(fixes: readonly LabelFix[]): RowPlace[] {
  const rows = new Map<string, RowPlace>();
  for (const { file, row } of fixes) rows.set(`${file} ${row}`, { file, row });
  return [...rows.values()];
}

/**
 * How many entries the last change made: several where each label has a column of its own. Entries of one row belong
 * together until one of their cells comes again.
 */
function lastChange(fixes: readonly LabelFix[]): number {
  const last = fixes.at(-1);
  let size = 0;
  for (let index = fixes.length - 1; index >= 0; index -= 1) {
    const fix = fixes[index];
    if (fix === undefined || last === undefined || !isSameRow(fix, last)) break;
    if (fixes.slice(index + 1).some((later) => isSameCell(later, fix))) break;
    size += 1;
  }
  return size;
}

/** Without the last change: a cell changed twice has its first change again. */
export function withoutLastFix(fixes: readonly LabelFix[]): LabelFix[] {
  return fixes.slice(0, fixes.length - lastChange(fixes));
}

/** Without the last change of one row. */
export function withoutLastFixOf(fixes: readonly LabelFix[], place: RowPlace): LabelFix[] {
  const own = fixes.filter((fix) => isSameRow(fix, place));
  const taken = new Set(own.slice(own.length - lastChange(own)));
  return fixes.filter((fix) => !taken.has(fix));
}
