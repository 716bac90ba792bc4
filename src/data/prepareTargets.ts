/** Data sets of the tasks whose target is no single label: numbers, label sets, tagged words. */
import { AnnealError, type Dataset, type Example, type Recipe, type Scaler, type SetAsideReason, type Table, type Target } from '../domain';
import { trimInvisible } from './cells';
import { labelCandidates } from './guessColumns';
import { orderLabels } from './labels';
import { makeSides } from './sides';
import { findColumn, TableRows, type LabelledRow, type RowColumns } from './tableRows';
import { readLabelSet, readNumber, readTags } from './targetCells';

/** Fewest rows of which every side can have some. */
const leastRows = 6;

/** What a row's cells say, before label ids are known. */
type Read = { value: number } | { names: string[] } | { words: string[]; tags: string[] };

interface Reader {
  columns: (table: Table) => RowColumns;
  /** A row that cannot be read is put aside for this reason. */
  problem: SetAsideReason;
  read: (table: Table) => (row: LabelledRow) => Read | null;
}

function readerOf(recipe: Recipe): Reader {
  const { textColumn, textPairColumn, labelColumn, labelColumns } = recipe.data;
  const texts = (table: Table) => ({ text: findColumn(table, textColumn), ...(textPairColumn !== undefined && { textPair: findColumn(table, textPairColumn) }) });
  if (recipe.task === 'multi-label-classification' && labelColumns !== undefined) {
    return {
      columns: (table) => ({ ...texts(table), label: null }),
      problem: 'not-a-number',
      read: (table) => {
        const columns = labelColumns.map((name) => findColumn(table, name));
        return ({ index }) => {
          const cells = columns.map(({ cells: own }) => readNumber(own.at(index) ?? ''));
          if (cells.some((cell) => cell !== 0 && cell !== 1)) return null;
          return { names: columns.flatMap(({ name }, place) => (cells[place] === 1 ? [name] : [])) };
        };
      },
    };
  }
  const columns = (table: Table): RowColumns => ({ ...texts(table), label: findColumn(table, labelColumn) });
  if (recipe.task === 'multi-label-classification') {
    return {
      // An empty cell is a row without any label.
      columns: (table) => ({ ...texts(table), label: null }),
      problem: 'empty-label',
      read: (table) => {
        const { cells } = findColumn(table, labelColumn);
        const read = readLabelSet(cells);
        return ({ index }) => ({ names: read(cells.at(index) ?? '') });
      },
    };
  }
  if (recipe.task === 'token-classification') return { columns, problem: 'bad-tags', read: () => ({ text, label }) => readTags(text, label) };
  return {
    columns,
    problem: 'not-a-number',
    read: () => ({ label }) => {
      const value = readNumber(label);
      return value === null ? null : { value };
    },
  };
}

const namesOf = (read: Read): string[] => ('value' in read ? [] : 'names' in read ? read.names : read.tags);

function rowsOf(table: Table, reader: Reader, known: ReadonlySet<string> | null): { file: TableRows; reads: Map<LabelledRow, Read> } {
  const file = new TableRows(table, reader.columns(table));
  const read = reader.read(table);
  const reads = new Map<LabelledRow, Read>();
  file.keep((row) => {
    const found = read(row);
    if (found !== null) reads.set(row, found);
    return found !== null;
  }, reader.problem);
  if (known !== null) file.keep((row) => namesOf(reads.get(row) ?? { names: [] }).every((name) => known.has(name)), 'unknown-label');
  file.throwIfEmpty();
  return { file, reads };
}

/** Of the numbers that are learnt from; equal ones are left as they stand. */
function scalerOf(examples: readonly Example[]): Scaler {
  const values = examples.flatMap(({ target }) => (target.kind === 'number' ? [target.value] : []));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return { mean, standardDeviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

function throwIfNothingToLearn(rows: readonly Read[], table: Table, recipe: Recipe): void {
  if (rows.length < leastRows) throw new AnnealError('data.too-few-rows', { rows: rows.length, needed: leastRows });
  const different = new Set(rows.flatMap((row) => ('value' in row ? [String(row.value)] : namesOf(row))));
  // One label that some rows have and others lack can be learnt.
  const varies = rows.some((row) => 'names' in row && row.names.length === 0) ? different.size >= 1 : different.size >= 2;
  if (varies) return;
  const { textColumn, labelColumn } = recipe.data;
  const [value = ''] = different;
  throw new AnnealError('data.too-few-classes', { column: labelColumn, rows: rows.length, value, candidates: labelCandidates(table, [textColumn, labelColumn]) });
}

/** The rarest of a row's labels, so that rare ones are spread over the sides; a number has no stratum. */
function strataOf(reads: ReadonlyMap<LabelledRow, Read>, idOf: ReadonlyMap<string, number>): (row: LabelledRow) => number {
  const rows = new Map<string, number>();
  for (const read of reads.values()) for (const name of new Set(namesOf(read))) rows.set(name, (rows.get(name) ?? 0) + 1);
  return (row) => {
    const names = namesOf(reads.get(row) ?? { names: [] });
    const rarest = names.reduce<string | null>((best, name) => (best === null || (rows.get(name) ?? 0) < (rows.get(best) ?? 0) ? name : best), null);
    return rarest === null ? 0 : (idOf.get(rarest) ?? 0) + 1;
  };
}

/** @throws AnnealError `data.missing-column`, `data.nothing-usable`, `data.too-few-classes`, `data.too-few-rows` */
export function prepareTargets(table: Table, recipe: Recipe, testTable?: Table): Dataset {
  const reader = readerOf(recipe);
  const { file, reads } = rowsOf(table, reader, null);
  throwIfNothingToLearn([...reads.values()], table, recipe);
  const isNumber = recipe.task === 'regression' || recipe.task === 'text-pair-regression';
  const labels = isNumber ? [trimInvisible(recipe.data.labelColumn)] : orderLabels(recipe.data.labelColumns ?? [...reads.values()].flatMap(namesOf));
  const idOf = new Map(labels.map((label, id) => [label, id]));
  const test = testTable === undefined ? null : rowsOf(testTable, reader, isNumber ? null : new Set(labels));
  const targetOf = (row: LabelledRow): Target => {
    const read = reads.get(row) ?? test?.reads.get(row) ?? { names: [] };
    if ('value' in read) return { kind: 'number', value: read.value };
    if ('names' in read) return { kind: 'labels', labels: read.names.flatMap((name) => idOf.get(name) ?? []).sort((left, right) => left - right) };
    return { kind: 'tokens', words: read.words, labels: read.tags.map((tag) => idOf.get(tag) ?? -1) };
  };
  const toExample = (row: LabelledRow): Example => {
    const { text, textPair } = row;
    return { text, ...(textPair !== undefined && { textPair }), target: targetOf(row), row: row.row };
  };
  const dataset = makeSides({ table, testTable, file, testFile: test?.file ?? null, recipe, labels, toExample, stratumOf: strataOf(reads, idOf) });
  if (!isNumber) return dataset;
  // A number's column is no label of which there are rows.
  return { ...dataset, scaler: scalerOf(dataset.train), counts: { ...dataset.counts, labels: [] } };
}
