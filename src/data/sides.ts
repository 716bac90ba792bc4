/** Rows with their sides to a data set, and the counts that follow: the same for every task. */
import type { Dataset, DatasetCounts, Example, LabelCount, Recipe, Side, Table } from '../domain';
import { balancedSample } from './split/balancedSample';
import { PreparedExample, type PreparedRow } from './preparedRow';
import type { TableRows } from './tableRows';
import { withIds } from './targets';

export interface SidesParts {
  table: Table;
  testTable: Table | undefined;
  file: TableRows;
  /** Null where the test rows are among the file's. */
  testFile: TableRows | null;
  recipe: Recipe;
  labels: string[];
  /** Whether a test row repeats a text that is learnt from. */
  isLeaked: (row: PreparedRow) => boolean;
  /** What the balanced sample balances. */
  stratumOf: (row: PreparedRow) => number;
  counts: Pick<DatasetCounts, 'tidiedLabels' | 'rareLabels' | 'mended' | 'split'>;
}

/** Labels that an example counts for: each once, whatever its kind. */
function labelIds({ target }: Example): Iterable<number> {
  if (target.kind === 'class') return [target.label];
  return target.kind === 'number' ? [] : new Set(target.labels);
}

function countSides(labels: readonly string[], sides: Record<Side, Example[]>): LabelCount[] {
  const counts = labels.map((label) => ({ label, train: 0, validation: 0, test: 0 }));
  for (const side of ['train', 'validation', 'test'] as const) {
    for (const example of sides[side]) {
      for (const label of labelIds(example)) {
        const count = counts[label];
        if (count !== undefined) count[side] += 1;
      }
    }
  }
  return counts;
}

/** A sample may leave out nearly all of a large file. */
const mostShownUnsampled = 1_000;

/** Rows to learn from; those that a sample leaves out are put aside. */
function sampled(file: TableRows, recipe: Recipe, stratumOf: SidesParts['stratumOf']): PreparedRow[] {
  const rows = file.rows.filter(({ side }) => side === 'train');
  if (recipe.sample.kind === 'all') return rows;
  const kept = balancedSample(rows.map(stratumOf), recipe.sample.rows, recipe.training.seed);
  let left = 0;
  rows.forEach((row, index) => {
    if (kept[index] !== true) file.putAside(row, 'not-in-sample', (left += 1) <= mostShownUnsampled);
  });
  return rows.filter((_, index) => kept[index] === true);
}

export function makeSides({ table, testTable, file, testFile, recipe, labels, isLeaked, stratumOf, counts }: SidesParts): Dataset {
  const idOf = new Map(labels.map((label, id) => [label, id]));
  const toExample = (row: PreparedRow, leaked?: true): Example => new PreparedExample(row, withIds(row.target, idOf), leaked);
  const testRows = testFile?.rows ?? file.rows.filter(({ side }) => side === 'test');
  const sides = {
    train: sampled(file, recipe, stratumOf).map((row) => toExample(row)),
    validation: file.rows.filter(({ side }) => side === 'validation').map((row) => toExample(row)),
    test: testRows.map((row) => toExample(row, isLeaked(row) ? true : undefined)),
  };
  const setAside = [...file.inFileOrder, ...(testFile?.inFileOrder ?? [])];
  return {
    labels,
    scaler: null,
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
      ...counts,
    },
  };
}
