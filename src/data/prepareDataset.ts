/** A table and a recipe to the rows a task learns from, every row of the file accounted for. */
import {
  AnnealError,
  type Dataset,
  type Example,
  type LabelCount,
  type RareLabelChoice,
  type Recipe,
  type SetAsideReason,
  type SetAsideRow,
  type Side,
  type Table,
  type TableColumn,
} from '../domain';
import { trimInvisible } from './cells';
import { labelCandidates } from './guessColumns';
import { mostSetAsideCells } from './importTable';
import { countLabels, LabelSpellings, orderLabels } from './labels';
import { balancedSample, splitRows } from './split';

/** Fewest rows of which each of two classes can have one on each of three sides. */
const leastRows = 6;

interface LabelledRow {
  text: string;
  label: string;
  row: number;
  /** Place in the table's columns. */
  index: number;
}

function findColumn(table: Table, wanted: string): TableColumn {
  const exact = table.columns.find((column) => column.name === wanted);
  const found = exact ?? table.columns.find((column) => column.name === trimInvisible(wanted));
  if (found !== undefined) return found;
  const columns = table.columns.map((column) => column.name);
  throw new AnnealError('data.missing-column', { file: table.fileName, column: wanted, columns });
}

/** Rows of one table: those that can be used, and those that cannot with the reason. */
class TableRows {
  readonly setAside: SetAsideRow[];
  rows: LabelledRow[] = [];

  constructor(
    private readonly table: Table,
    textColumn: TableColumn,
    labelColumn: TableColumn,
  ) {
    this.setAside = [...table.setAside];
    table.rowNumbers.forEach((row, index) => {
      const text = textColumn.cells[index] ?? '';
      const label = labelColumn.cells[index] ?? '';
      const reason: SetAsideReason | null =
        text === ''
          ? 'empty-text'
          : trimInvisible(text) === ''
            ? 'blank-text'
            : trimInvisible(label) === ''
              ? 'empty-label'
              : null;
      const labelled = { text, label, row, index };
      if (reason === null) this.rows.push(labelled);
      else this.putAside(labelled, reason);
    });
  }

  putAside({ row, index }: LabelledRow, reason: SetAsideReason): void {
    const cells = this.table.columns.slice(0, mostSetAsideCells).map((column) => column.cells[index] ?? '');
    this.setAside.push({ row, reason, cells });
  }

  /** Keeps the rows that pass and puts the others aside. */
  keep(passes: (row: LabelledRow) => boolean, reason: SetAsideReason): void {
    const rows: LabelledRow[] = [];
    for (const row of this.rows) {
      if (passes(row)) rows.push(row);
      else this.putAside(row, reason);
    }
    this.rows = rows;
  }

  throwIfEmpty(): void {
    if (this.rows.length > 0) return;
    const { fileName, rowsInFile } = this.table;
    throw new AnnealError('data.nothing-usable', { file: fileName, rows: rowsInFile, setAside: this.setAside.length });
  }

  get inFileOrder(): SetAsideRow[] {
    return [...this.setAside].sort((left, right) => left.row - right.row);
  }
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

/** Rows of the test file; a label that training never saw is put aside, for it cannot be answered. */
function testFileRows(
  table: Table,
  recipe: Recipe,
  spellings: LabelSpellings | null,
  known: ReadonlySet<string>,
): TableRows {
  const file = new TableRows(
    table,
    findColumn(table, recipe.data.textColumn),
    findColumn(table, recipe.data.labelColumn),
  );
  if (spellings !== null) tidyLabels(file, spellings);
  for (const row of file.rows) {
    // A merged label keeps its meaning in the test file.
    const choice = known.has(row.label) ? undefined : rareChoice(recipe, row.label);
    if (choice?.action === 'merge') row.label = choice.into;
  }
  file.keep((row) => known.has(row.label), 'unknown-label');
  file.throwIfEmpty();
  return file;
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
  const file = new TableRows(
    table,
    findColumn(table, recipe.data.textColumn),
    findColumn(table, recipe.data.labelColumn),
  );
  file.throwIfEmpty();
  const spellings = recipe.data.tidyLabels ? new LabelSpellings(file.rows.map((row) => row.label)) : null;
  const tidiedLabels = spellings === null ? { rows: 0, firstRow: null } : tidyLabels(file, spellings);
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
  const sideOf = splitRows(file.rows.map(toExample), fractions, seed);
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
  const testFile = testTable === undefined ? null : testFileRows(testTable, recipe, spellings, new Set(labels));
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
    },
  };
}
