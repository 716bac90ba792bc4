/** Rows to sides, and the counts that follow: the same for every task. */
import type { Dataset, DatasetCounts, Example, LabelCount, Recipe, Side, Table } from '../domain';
import { balancedSample, splitRows } from './split';
import type { LabelledRow, TableRows } from './tableRows';

export interface SidesParts {
  table: Table;
  testTable: Table | undefined;
  file: TableRows;
  /** Null where the test rows are split off. */
  testFile: TableRows | null;
  recipe: Recipe;
  labels: string[];
  toExample: (row: LabelledRow) => Example;
  /** Rows of one stratum are spread over the sides alike. */
  stratumOf: (row: LabelledRow) => number;
  tidiedLabels?: DatasetCounts['tidiedLabels'];
  rareLabels?: DatasetCounts['rareLabels'];
  mended?: NonNullable<DatasetCounts['mended']>;
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

export function makeSides({ table, testTable, file, testFile, recipe, labels, toExample, stratumOf, tidiedLabels, rareLabels, mended = [] }: SidesParts): Dataset {
  const seed = recipe.training.seed;
  const fractions = { validation: recipe.split.validationFraction, test: testTable === undefined ? recipe.split.testFraction : 0 };
  // A pair is one text here: the same pair is never on two sides, one of its halves may be.
  const textOf = ({ text, textPair }: LabelledRow): string => (textPair === undefined ? text : `${text}\u0000${textPair}`);
  const sideOf = splitRows(file.rows.map((row) => ({ text: textOf(row), label: stratumOf(row), group: row.textPair === undefined ? row.group : null })), fractions, seed);
  const rowsOn = (side: Side) => file.rows.filter((_, index) => sideOf[index] === side);

  let trainRows = rowsOn('train');
  if (recipe.sample.kind === 'balanced') {
    const kept = balancedSample(trainRows.map(stratumOf), recipe.sample.rows, seed);
    trainRows.forEach((row, index) => {
      if (kept[index] !== true) file.putAside(row, 'not-in-sample');
    });
    trainRows = trainRows.filter((_, index) => kept[index] === true);
  }
  const sides = {
    train: trainRows.map(toExample),
    validation: rowsOn('validation').map(toExample),
    test: (testFile?.rows ?? rowsOn('test')).map(toExample),
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
      tidiedLabels: tidiedLabels ?? { rows: 0, firstRow: null },
      rareLabels: rareLabels ?? [],
      ...(mended.length > 0 && { mended }),
    },
  };
}
