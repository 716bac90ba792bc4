/** A table and a recipe to the rows a task learns from, every row of the file accounted for. */
import { AnnealError, type Dataset, type Example, type RareLabelChoice, type Recipe, type Table } from '../domain';
import { applyMends } from './doctor/applyMends';
import { applyFixes } from './fixes';
import { labelCandidates } from './guessColumns';
import { countLabels, LabelSpellings, orderLabels } from './labels';
import { prepareTargets } from './prepareTargets';
import { makeSides } from './sides';
import { findColumn, TableRows, type LabelledRow, type RowColumns } from './tableRows';

/** Fewest rows of which each of two classes can have one on each of three sides. */
const leastRows = 6;

function columnsOf(table: Table, { textColumn, textPairColumn, labelColumn }: Recipe['data']): RowColumns {
  return {
    text: findColumn(table, textColumn),
    ...(textPairColumn !== undefined && { textPair: findColumn(table, textPairColumn) }),
    label: findColumn(table, labelColumn),
  };
}

/** Own entries only: a label may be called `constructor`. */
function rareChoice(recipe: Recipe, label: string): RareLabelChoice | undefined {
  return Object.hasOwn(recipe.data.rareLabels, label) ? recipe.data.rareLabels[label] : undefined;
}

/** Fault 2b: does what the recipe says about labels with fewer rows than there are sides; returns those left open. */
function handleRareLabels(file: TableRows, recipe: Recipe, sides: number): { label: string; rows: number }[] {
  const rare = new Map([...countLabels(file.rows)].filter(([, rows]) => rows < sides));
  const open: { label: string; rows: number }[] = [];
  const leftOut = new Set<string>();
  const merged = new Map<string, string>();
  for (const [label, rows] of rare) {
    const choice = rareChoice(recipe, label);
    if (choice === undefined) open.push({ label, rows });
    else if (choice.action === 'leave-out') leftOut.add(label);
    else if (choice.action === 'merge') merged.set(label, choice.into);
  }
  file.keep((row) => !leftOut.has(row.label), 'rare-label');
  for (const row of file.rows) row.label = merged.get(row.label) ?? row.label;
  return open;
}

function throwIfNotClasses(file: TableRows, table: Table, recipe: Recipe): void {
  const { textColumn, labelColumn } = recipe.data;
  const classes = new Set(file.rows.map((row) => row.label));
  const rows = file.rows.length;
  const candidates = () => labelCandidates(table, [textColumn, labelColumn]);
  if (classes.size < 2) {
    const [value = ''] = classes;
    throw new AnnealError('data.too-few-classes', { column: labelColumn, rows, value, candidates: candidates() });
  }
  if (rows < leastRows) throw new AnnealError('data.too-few-rows', { rows, needed: leastRows });
  if (classes.size === rows) {
    throw new AnnealError('data.too-many-classes', {
      column: labelColumn,
      rows,
      classes: rows,
      candidates: candidates(),
    });
  }
}

/** Joins spellings of one label; counts the rows whose cell was written otherwise. */
function tidyLabels(file: TableRows, spellings: LabelSpellings): { rows: number; firstRow: number | null } {
  const tidied: { rows: number; firstRow: number | null } = { rows: 0, firstRow: null };
  for (const row of file.rows) {
    const label = spellings.labelOf(row.label);
    if (label === row.label) continue;
    row.label = label;
    tidied.rows += 1;
    tidied.firstRow ??= row.row;
  }
  return tidied;
}

/** Settles the test file's labels; one that training never saw is put aside, for it cannot be answered. */
function settleTestLabels(file: TableRows, recipe: Recipe, known: ReadonlySet<string>): void {
  for (const row of file.rows) {
    // A merged label keeps its meaning in the test file.
    const choice = known.has(row.label) ? undefined : rareChoice(recipe, row.label);
    if (choice?.action === 'merge') row.label = choice.into;
  }
  file.keep((row) => known.has(row.label), 'unknown-label');
  file.throwIfEmpty();
}

function prepareClasses(table: Table, recipe: Recipe, testTable?: Table): Dataset {
  const file = new TableRows(table, columnsOf(table, recipe.data));
  file.throwIfEmpty();
  const testFile = testTable === undefined ? null : new TableRows(testTable, columnsOf(testTable, recipe.data));
  const spellings = recipe.data.tidyLabels ? new LabelSpellings(file.rows.map((row) => row.label)) : null;
  const tidiedLabels = spellings === null ? { rows: 0, firstRow: null } : tidyLabels(file, spellings);
  if (testFile !== null && spellings !== null) tidyLabels(testFile, spellings);
  throwIfNotClasses(file, table, recipe);
  // The doctor compares single texts: of a pair it would see one half.
  const mended = recipe.data.textPairColumn === undefined ? applyMends({ data: file, test: testFile }, recipe.data.mends ?? []) : [];
  file.throwIfEmpty();
  throwIfNotClasses(file, table, recipe);
  const rareLabels = handleRareLabels(file, recipe, testTable === undefined ? 3 : 2);
  file.throwIfEmpty();
  throwIfNotClasses(file, table, recipe);

  const labels = orderLabels(file.rows.map((row) => row.label));
  const idOf = new Map(labels.map((label, id) => [label, id]));
  const labelOf = ({ label }: LabelledRow): number => idOf.get(label) ?? 0;
  const toExample = (row: LabelledRow): Example => {
    const { text, textPair } = row;
    return { text, ...(textPair !== undefined && { textPair }), target: { kind: 'class', label: labelOf(row) }, row: row.row };
  };
  if (testFile !== null) settleTestLabels(testFile, recipe, new Set(labels));
  return makeSides({ table, testTable, file, testFile, recipe, labels, toExample, stratumOf: labelOf, tidiedLabels, rareLabels, mended });
}

/**
 * Decides labels and sides, with the recipe's fixed labels in place of the file's. Rows used + rows set aside = rows in
 * the file (both files, where a test file is given).
 * Throws `data.missing-column`, `data.nothing-usable`, `data.too-few-classes`, `data.too-few-rows` and
 * `data.too-many-classes`.
 */
export function prepareDataset(table: Table, recipe: Recipe, testTable?: Table): Dataset {
  const fixed = applyFixes(table, testTable, recipe.data.fixes ?? []);
  // A class is the only target whose labels can be rare, tidied or too many.
  const isClass = recipe.task === 'single-label-classification' || recipe.task === 'text-pair-classification';
  const dataset = (isClass ? prepareClasses : prepareTargets)(fixed.table, recipe, fixed.testTable);
  return fixed.outcome === null ? dataset : { ...dataset, counts: { ...dataset.counts, fixed: fixed.outcome } };
}
