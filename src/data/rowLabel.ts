/** The label of one row as a person changes it, and the cells that say it. */
import { isSameRow, taskKinds, type Cells, type LabelFix, type Recipe, type RowLabel, type RowPlace, type Table } from '../domain';
import { foldCell, trimInvisible } from './cells';
import { joinWords } from './formats/conll/sentence';
import { findColumn } from './findColumn';
import { readSpans, spanUnit, tagSpans, writeSpans, type SpanUnit } from './spans';
import { labelSeparator, readLabelSet, readNumber, readTags } from './targetCells';

const cellOf = (table: Table, column: string, place: number): string => findColumn(table, column).cells.at(place) ?? '';

/** By column of labels: each press on a label asks, and the answer takes a look at every text. */
const knownUnits = new WeakMap<Cells, { texts: Cells; unit: SpanUnit }>();

/** How the column's character ranges count characters. */
function unitOf(table: Table, { data: { textColumn, labelColumn } }: Recipe): SpanUnit {
  const [texts, labels] = [findColumn(table, textColumn).cells, findColumn(table, labelColumn).cells];
  const known = knownUnits.get(labels);
  if (known?.texts === texts) return known.unit;
  const unit = spanUnit(texts, labels);
  knownUnits.set(labels, { texts, unit });
  return unit;
}

/** Columns that say what a row is to be answered with. */
export function targetColumns({ data }: Pick<Recipe, 'data'>): string[] {
  return data.labelColumns ?? [data.labelColumn];
}

function readClass(cell: string, recipe: Recipe, labels: readonly string[]): RowLabel {
  const label = trimInvisible(cell);
  if (!recipe.data.tidyLabels || labels.includes(label)) return { kind: 'class', label };
  const fold = foldCell(label);
  return { kind: 'class', label: labels.find((known) => foldCell(known) === fold) ?? label };
}

/**
 * @param place of the row in the table
 * @param labels of the data set, so that a spelling of one is read as that label
 * @returns null where the cell cannot be read, so that it cannot be changed label by label
 */
export function readRowLabel(table: Table, recipe: Recipe, place: number, labels: readonly string[]): RowLabel | null {
  const { labelColumn, labelColumns, textColumn } = recipe.data;
  switch (taskKinds[recipe.task].target) {
    case 'class':
      return readClass(cellOf(table, labelColumn, place), recipe, labels);
    case 'number':
      return { kind: 'number', value: trimInvisible(cellOf(table, labelColumn, place)) };
    case 'labels':
      if (labelColumns !== undefined) return { kind: 'labels', labels: labelColumns.filter((column) => readNumber(cellOf(table, column, place)) === 1) };
      return { kind: 'labels', labels: readLabelSet(findColumn(table, labelColumn).cells)(cellOf(table, labelColumn, place)) };
    case 'tokens': {
      const [text, cell] = [cellOf(table, textColumn, place), cellOf(table, labelColumn, place)];
      const spans = readSpans(cell);
      const read = spans === null ? readTags(text, cell) : tagSpans(text, spans, unitOf(table, recipe));
      return read && { kind: 'tags', ...read };
    }
  }
}

/** As the column's other cells list their labels where that can be read back, otherwise as a JSON list. */
function writeLabelSet(labels: readonly string[], separator: string | null): string {
  const isPlain = labels.every((label) => !/[|;,]/.test(label) && !label.startsWith('['));
  if (isPlain && labels.length < 2) return labels[0] ?? '';
  return isPlain && separator !== null ? labels.join(separator) : JSON.stringify(labels);
}

/** Tags of words, or character ranges where the row's cell has them. */
function writeTags(table: Table, recipe: Recipe, place: number, tags: readonly string[]): string | null {
  const { textColumn, labelColumn } = recipe.data;
  if (readSpans(cellOf(table, labelColumn, place)) === null) return joinWords(tags);
  return writeSpans(cellOf(table, textColumn, place), tags, unitOf(table, recipe));
}

/** The cells that say it, by column; null where it says nothing that can be learnt. */
function cellsFor(table: Table, recipe: Recipe, place: number, label: RowLabel): Map<string, string> | null {
  const { labelColumn, labelColumns } = recipe.data;
  switch (label.kind) {
    case 'class': {
      const name = trimInvisible(label.label);
      return name === '' ? null : new Map([[labelColumn, name]]);
    }
    case 'number':
      return readNumber(label.value) === null ? null : new Map([[labelColumn, trimInvisible(label.value)]]);
    case 'labels': {
      const names = [...new Set(label.labels.map(trimInvisible).filter((name) => name !== ''))];
      if (labelColumns !== undefined) return new Map(labelColumns.map((column) => [column, names.includes(column) ? '1' : '0']));
      return new Map([[labelColumn, writeLabelSet(names, labelSeparator(findColumn(table, labelColumn).cells))]]);
    }
    case 'tags': {
      const cell = label.tags.some((tag) => trimInvisible(tag) === '') ? null : writeTags(table, recipe, place, label.tags);
      return cell === null ? null : new Map([[labelColumn, cell]]);
    }
  }
}

/** Whether two labels mean the same; the order of a set says nothing. */
function isSameLabel(left: RowLabel | null, right: RowLabel): boolean {
  const plain = (label: RowLabel | null) => JSON.stringify(label?.kind === 'labels' ? [...label.labels].sort() : label);
  return plain(left) === plain(right);
}

export interface Relabelling {
  /** As the file has it. */
  original: Table;
  /** With the fixes that the recipe has so far. */
  fixed: Table;
  recipe: Recipe;
  /** Of the row in both tables. */
  place: number;
  at: RowPlace;
  labels: readonly string[];
}

/**
 * The recipe's fixes with the row's label changed. What the file says itself is no change: then the row's fixes are
 * taken out. The cells that stay as they are get no entry.
 *
 * @returns null where the label cannot be learnt: no name, no number, an empty tag
 */
export function fixesWith({ original, fixed, recipe, place, at, labels }: Relabelling, label: RowLabel): LabelFix[] | null {
  const before = recipe.data.fixes ?? [];
  const cells = cellsFor(original, recipe, place, label);
  if (cells === null) return null;
  if (isSameLabel(readRowLabel(original, recipe, place, labels), label)) return before.filter((fix) => !isSameRow(fix, at) || !cells.has(fix.column));
  if (isSameLabel(readRowLabel(fixed, recipe, place, labels), label)) return [...before];
  // A one with spaces or as 1.0 stays as it stands.
  const isOneHot = recipe.data.labelColumns !== undefined;
  const says = (cell: string, to: string) => (isOneHot ? readNumber(cell) === Number(to) : cell === to);
  const changed = [...cells].filter(([column, to]) => !says(cellOf(fixed, column, place), to));
  return [...before, ...changed.map(([column, to]) => ({ file: at.file, row: at.row, column, to }))];
}
