/** The label of one row of an open table, for reading and for changing it. */
import { applyFixes, fixesWith, readRowLabel, type Relabelling } from '../../data';
import type { LabelFix, Recipe, RowLabel, RowPlace, Table } from '../../domain';
import type { RowLabels } from '../protocol';

export interface RowLabelRequest {
  recipe: Recipe;
  place: RowPlace;
  /** Of the data set. */
  labels: readonly string[];
}

/** Null where the file has no such row. @throws AnnealError `data.missing-column` */
function relabellingOf(original: Table | null, { recipe, place: at, labels }: RowLabelRequest): Relabelling | null {
  const place = original?.rowNumbers.indexOf(at.row) ?? -1;
  if (original === null || place < 0) return null;
  // Of this file only, as if there were no other.
  const fixes = (recipe.data.fixes ?? []).filter(({ file }) => file === at.file).map((fix) => ({ ...fix, file: 'data' as const }));
  return { original, fixed: applyFixes(original, undefined, fixes).table, recipe, place, at, labels };
}

export function rowLabels(table: Table | null, request: RowLabelRequest): RowLabels {
  const row = relabellingOf(table, request);
  if (row === null) return { fixed: null, inFile: null };
  const read = (from: Table) => readRowLabel(from, request.recipe, row.place, request.labels);
  return { fixed: read(row.fixed), inFile: read(row.original) };
}

export function relabelled(table: Table | null, request: RowLabelRequest, label: RowLabel): LabelFix[] | null {
  const row = relabellingOf(table, request);
  return row && fixesWith(row, label);
}
