/** A table and a recipe to the rows a task learns from, every row of the file accounted for. */
import {
  AnnealError,
  type Dataset,
  type Example,
  type LabelCount,
  type RareLabelChoice,
  type Recipe,
  type Side,
  type Table,
} from '../domain';
import { applyMends } from './doctor/applyMends';
import { labelCandidates } from './guessColumns';
import { countLabels, LabelSpellings, orderLabels } from './labels';
import { balancedSample, splitRows } from './split';
import { findColumn, TableRows, type LabelledRow } from './tableRows';

/** Fewest rows of which each of two classes can have one on each of three sides. */
const leastRows = 6;

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

function rowsOf(table: Table, recipe: Recipe): TableRows {
  return new TableRows(
    table,
    findColumn(table, recipe.data.textColumn),
    findColumn(table, recipe.data.labelColumn),
  );
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

function countSides(labels: readonly string[], sides: Record<Side, Example[]>): LabelCount[] {
  const counts = labels.map((label) => ({ label, train: 0, validation: 0, test: 0 }));
  for (const side of ['train', 'validation', 'test'] as const) {
    for (const example of sides[side]) {
      const count = counts[example.label];
      if (count !== undefined) count[side] += 1;
    }
  }
  return counts;
}

/**
 * Decides labels and sides. Rows used + rows set aside = rows in the file (both files, where a test file is given).
 * Throws `data.missing-column`, `data.nothing-usable`, `data.too-few-classes`, `data.too-few-rows` and
 * `data.too-many-classes`.
 */
export function prepareDataset(table: Table, recipe: Recipe, testTable?: Table): Dataset {
  const file = rowsOf(table, recipe);
  file.throwIfEmpty();
  const testFile = testTable === undefined ? null : rowsOf(testTable, recipe);
  const spellings = recipe.data.tidyLabels ? new LabelSpellings(file.rows.map((row) => row.label)) : null;
  const tidiedLabels = spellings === null ? { rows: 0, firstRow: null } : tidyLabels(file, spellings);
  if (testFile !== null && spellings !== null) tidyLabels(testFile, spellings);
  throwIfNotClasses(file, table, recipe);
  const mended = applyMends({ data: file, test: testFile }, recipe.data.mends ?? []);
  file.throwIfEmpty();
  throwIfNotClasses(file, table, recipe);
  const rareLabels = handleRareLabels(file, recipe, testTable === undefined ? 3 : 2);
  file.throwIfEmpty();
  throwIfNotClasses(file, table, recipe);

  const labels = orderLabels(file.rows.map((row) => row.label));
  const idOf = new Map(labels.map((label, id) => [label, id]));
  const toExample = ({ text, label, row }: LabelledRow): Example => ({ text, label: idOf.get(label) ?? 0, row });
  const seed = recipe.training.seed;
  const fractions = {
    validation: recipe.split.validationFraction,
    test: testTable === undefined ? recipe.split.testFraction : 0,
  };
  const sideOf = splitRows(
    file.rows.map((row) => ({ text: row.text, label: idOf.get(row.label) ?? 0, group: row.group })),
    fractions,
    seed,
  );
  const rowsOn = (side: Side) => file.rows.filter((_, index) => sideOf[index] === side);

  let trainRows = rowsOn('train');
  if (recipe.sample.kind === 'balanced') {
    const kept = balancedSample(
      trainRows.map((row) => idOf.get(row.label) ?? 0),
      recipe.sample.rows,
      seed,
    );
    trainRows.forEach((row, index) => {
      if (kept[index] !== true) file.putAside(row, 'not-in-sample');
    });
    trainRows = trainRows.filter((_, index) => kept[index] === true);
  }
  if (testFile !== null) settleTestLabels(testFile, recipe, new Set(labels));
  const sides = {
    train: trainRows.map(toExample),
    validation: rowsOn('validation').map(toExample),
    test: (testFile?.rows ?? rowsOn('test')).map(toExample),
  };
  const setAside = [...file.inFileOrder, ...(testFile?.inFileOrder ?? [])];
  return {
    labels,
    ...sides,
    counts: {
      rows: {
        file: table.rowsInFile + (testTable?.rowsInFile ?? 0),
        used: sides.train.length + sides.validation.length + sides.test.length,
        setAside: setAside.length,
        train: sides.train.length,
        validation: sides.validation.length,
        test: sides.test.length,
      },
      labels: countSides(labels, sides),
      setAside,
      tidiedLabels,
      rareLabels,
      ...(mended.length > 0 && { mended }),
    },
  };
}
