/** A table and a recipe to the rows a task learns from, every row of the file accounted for, whatever the task. */
import { taskKinds, type Dataset, type Example, type Recipe, type Scaler, type Table } from '../domain';
import { trimInvisible } from './cells';
import { applyMends } from './doctor/applyMends';
import { applyFixes } from './fixes';
import { groupedRows, type LongRows } from './groupedRows';
import { orderLabels } from './labels';
import { countNames, handleRareLabels, settleTestLabels, throwIfNothingToLearn, tidyLabels } from './settleLabels';
import { makeSides } from './sides';
import { partRows } from './split/partRows';
import { readSplitColumn, type SplitColumn } from './split/splitColumn';
import { noPause, type Pause } from './pause';
import type { PreparedRow } from './preparedRow';
import { TableRows } from './tableRows';
import { labelsIn, namesIn, targetReader } from './targets';

const isNumberTask = ({ task }: Recipe): boolean => taskKinds[task].target === 'number';

/** Of the numbers that are learnt from; equal ones are left as they stand. */
function scalerOf(examples: readonly Example[]): Scaler {
  const values = examples.flatMap(({ target }) => (target.kind === 'number' ? [target.value] : []));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return { mean, standardDeviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

/** Ids of a row's names, and the rarest of them. */
function strataOf(names: ReadonlyMap<string, number>): { all: (row: PreparedRow) => number[]; rarest: (row: PreparedRow) => number } {
  const ids = new Map(orderLabels(names.keys()).map((name, id) => [name, id]));
  return {
    all: ({ target }) => namesIn(target).flatMap((name) => ids.get(name) ?? []),
    rarest: ({ target }) => {
      if (target.kind === 'class') return ids.get(target.label) ?? 0;
      const rarest = namesIn(target).reduce<string | null>((best, name) => (best === null || (names.get(name) ?? 0) < (names.get(best) ?? 0) ? name : best), null);
      return rarest === null ? 0 : (ids.get(rarest) ?? 0) + 1;
    },
  };
}

/**
 * Where sides are given by a column or follow from time, training may lack a label that another side has: such rows
 * cannot be answered and are put aside.
 */
function putUnlearntAside(file: TableRows, by: SplitColumn | null): void {
  if (by === null) return;
  const learnt = new Set(file.rows.flatMap(({ target, side }) => (side === 'train' ? labelsIn(target) : [])));
  file.keep(({ target, side }) => side === 'train' || labelsIn(target).every((label) => learnt.has(label)), 'unknown-label');
}

/** A 0/1 column that no row marks is a label all the same: nothing of it can be learnt, and the doctor says so. */
function unmarkedColumns({ data }: Recipe, names: ReadonlyMap<string, number>): string[] {
  return (data.labelColumns ?? []).map(trimInvisible).filter((name) => !names.has(name));
}

/** Which test rows repeat a text of the training or validation rows; our own split has none. */
function leakedGroups(file: TableRows, testFile: TableRows | null, by: SplitColumn | null): (row: PreparedRow) => boolean {
  if (testFile === null && by?.kind !== 'side') return () => false;
  const learnt = new Set(file.rows.flatMap(({ group, side }) => (side === 'test' ? [] : [group])));
  return ({ group }) => learnt.has(group);
}

export interface PrepareOptions {
  testTable?: Table | undefined;
  /** Needed where the recipe leaves out what is too long: tokens are not counted here. */
  tooLong?: LongRows | undefined;
  /** Every row is read, and a million take many seconds. */
  pause?: Pause;
}

async function prepareRows(table: Table, recipe: Recipe, { testTable, tooLong, pause = noPause }: PrepareOptions): Promise<Dataset> {
  const file = await TableRows.read(table, targetReader(table, recipe), pause);
  file.throwIfEmpty();
  const testFile = testTable === undefined ? null : await TableRows.read(testTable, targetReader(testTable, recipe), pause, 'test');
  const files = { data: file, test: testFile, tooLong, pause };
  const by = readSplitColumn({ table, file, recipe, hasTestFile: testFile !== null });
  const unmarked = taskKinds[recipe.task].target === 'labels' ? unmarkedColumns(recipe, countNames(file)) : [];
  const tidiedLabels = recipe.data.tidyLabels ? tidyLabels(file, testFile) : { rows: 0, firstRow: null };
  const check = (): void => {
    file.throwIfEmpty();
    throwIfNothingToLearn(file, table, recipe);
  };
  check();
  const mended = await applyMends(files, recipe.data.mends ?? []);
  check();
  const rareLabels = handleRareLabels(file, recipe, testFile === null ? 3 : 2);
  check();

  await groupedRows(files);
  const strata = strataOf(countNames(file));
  const split = partRows({ file, by, recipe, hasTestFile: testFile !== null, strataOf: strata.all });
  putUnlearntAside(file, by);
  if (by !== null) check();
  const labels = new Set(isNumberTask(recipe) ? [trimInvisible(recipe.data.labelColumn)] : [...file.rows.flatMap(({ target }) => labelsIn(target)), ...unmarked]);
  if (testFile !== null) settleTestLabels(testFile, recipe, new Set([...countNames(file).keys(), ...unmarked]), labels);
  const isLeaked = leakedGroups(file, testFile, by);
  const counts = { tidiedLabels, rareLabels, ...(mended.length > 0 && { mended }), ...(split !== null && { split }) };
  const dataset = makeSides({ table, testTable, file, testFile, recipe, labels: orderLabels(labels), isLeaked, stratumOf: strata.rarest, counts });
  if (!isNumberTask(recipe)) return dataset;
  // A number's column is no label of which there are rows.
  return { ...dataset, scaler: scalerOf(dataset.train), counts: { ...dataset.counts, labels: [] } };
}

/**
 * Decides labels and sides, with the recipe's fixed labels in place of the file's. Rows used + rows set aside = rows in
 * the file (both files, where a test file is given). The examples read their texts from the tables when asked.
 *
 * Throws `data.missing-column`, `data.nothing-usable`, `data.too-few-classes`, `data.too-few-rows`,
 * `data.too-many-classes` and `data.empty-side`, and what `pause` throws.
 */
export async function prepareDataset(table: Table, recipe: Recipe, options: PrepareOptions = {}): Promise<Dataset> {
  const fixed = applyFixes(table, options.testTable, recipe.data.fixes ?? []);
  const dataset = await prepareRows(fixed.table, recipe, { ...options, testTable: fixed.testTable });
  return fixed.outcome === null ? dataset : { ...dataset, counts: { ...dataset.counts, fixed: fixed.outcome } };
}
