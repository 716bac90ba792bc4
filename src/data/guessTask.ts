/** Which task a table is for, from its columns, with the reason as data: the page and the command line can say it. */
import { defaultTask, taskFor, type Table, type TargetKind, type TaskId } from '../domain';
import { firstCells } from './cells';
import { labelNames, normalizeName } from './columnNames';
import { guessColumns, type ColumnGuess } from './guessColumns';
import { areSpans } from './spans';
import { isTagged, labelSeparator, readLabelSet, readNumber } from './targetCells';

export type TaskReason =
  /** Every cell of `column` is a tag a word. */
  | { kind: 'tags'; column: string }
  /** Every cell of `column` is a list of character ranges, each with a label. */
  | { kind: 'spans'; column: string }
  /** Cells of `column` list several labels. */
  | { kind: 'label-lists'; column: string; separator: string | null }
  /** `columns` hold only 0 and 1. */
  | { kind: 'zero-one-columns'; columns: string[] }
  /** `column` holds numbers that are no classes: broken ones, or `distinct` different ones. */
  | { kind: 'numbers'; column: string; distinct: number }
  /** `columns` hold a text each, and are named as a pair. */
  | { kind: 'text-pair'; columns: [string, string] }
  | { kind: 'one-label' };

export interface TaskGuess extends ColumnGuess {
  task: TaskId;
  textPairColumn: string | null;
  /** 0/1 columns, one a label; null where one column holds the labels. */
  labelColumns: string[] | null;
  /** Two where a pair is classified or scored. */
  reasons: TaskReason[];
}

/** Cells that are looked at; enough to tell a kind, and a large file is not read twice. */
const sampledCells = 2000;
/** Whole numbers up to so many different ones are classes, unless their column is named as a score. */
const mostNumberClasses = 20;

const pairs: readonly (readonly [string, string])[] = [
  ['sentence1', 'sentence2'], ['text1', 'text2'], ['text_a', 'text_b'], ['sentence_a', 'sentence_b'], ['premise', 'hypothesis'],
  ['question1', 'question2'], ['question', 'answer'], ['question', 'sentence'], ['query', 'document'], ['query', 'passage'], ['句子1', '句子2'],
];
const scoreNames = new Set(['score', 'similarity', 'similarity_score', '得分', '分数', '评分', '相似度']);

function sampleOf(table: Table, name: string | null): string[] {
  const cells = table.columns.find((column) => column.name === name)?.cells ?? [];
  return firstCells(cells, sampledCells).filter((cell) => cell.trim() !== '');
}

function pairOf(table: Table): [string, string] | null {
  const byName = new Map(table.columns.map(({ name }) => [normalizeName(name), name]));
  for (const [left, right] of pairs) {
    const [first, second] = [byName.get(left), byName.get(right)];
    if (first !== undefined && second !== undefined) return [first, second];
  }
  return null;
}

function numbersIn(table: Table, column: string | null): Extract<TaskReason, { kind: 'numbers' }> | null {
  const cells = sampleOf(table, column);
  const values = cells.map(readNumber);
  if (column === null || cells.length === 0 || values.some((value) => value === null)) return null;
  const distinct = new Set(values).size;
  const broken = values.some((value) => value !== null && !Number.isInteger(value));
  const named = scoreNames.has(normalizeName(column));
  return distinct > 2 && (broken || named || distinct > mostNumberClasses) ? { kind: 'numbers', column, distinct } : null;
}

/** Most cells are short parts, and parts come back in other cells: a sentence with commas is no list. */
function listsIn(table: Table, column: string | null): Extract<TaskReason, { kind: 'label-lists' }> | null {
  const cells = sampleOf(table, column);
  if (column === null || cells.length === 0) return null;
  const sets = cells.map(readLabelSet(cells));
  const many = sets.filter((set) => set.length > 1).length;
  const parts = sets.flat();
  const different = new Set(parts).size;
  const longest = parts.reduce((most, part) => Math.max(most, part.length), 0);
  return many > 0 && longest <= 60 && different <= Math.max(8, parts.length / 3) && different < new Set(cells).size + 1 ? { kind: 'label-lists', column, separator: labelSeparator(cells) } : null;
}

function zeroOneColumns(table: Table, texts: readonly (string | null)[]): string[] {
  return table.columns
    .filter(({ name, cells }) => {
      const sample = firstCells(cells, sampledCells);
      const values = new Set(sample.map(readNumber));
      return !texts.includes(name) && sample.length > 0 && [...values].every((value) => value === 0 || value === 1);
    })
    .map(({ name }) => name);
}

/** A column named as a score, where no label was found: numbers that differ in every row recur too little for a label. */
function targetColumn(table: Table, guess: ColumnGuess, texts: readonly (string | null)[]): string | null {
  const free = table.columns.filter(({ name }) => !texts.includes(name));
  const named = free.find(({ name }) => scoreNames.has(normalizeName(name)) && numbersIn(table, name));
  const label = guess.labelColumn !== null && !texts.includes(guess.labelColumn) ? guess.labelColumn : null;
  if (label !== null && (named === undefined || labelNames.has(normalizeName(label)))) return label;
  if (named) return named.name;
  const lists = free.find(({ name }) => listsIn(table, name));
  return lists?.name ?? free.find(({ name }) => numbersIn(table, name))?.name ?? null;
}

/** What a row is answered with, where that is not a tag a word. */
interface TargetGuess {
  target: TargetKind;
  labelColumn: string | null;
  labelColumns: string[] | null;
  reason: TaskReason;
}

/** @param learns whether there is a task that answers with such a target */
function guessTarget(table: Table, guess: ColumnGuess, texts: readonly (string | null)[], learns: (target: TargetKind) => boolean): TargetGuess {
  const zeroOne = zeroOneColumns(table, texts);
  // One column of 0 and 1 is two classes.
  if (learns('labels') && (zeroOne.length >= 3 || (zeroOne.length === 2 && table.columns.length === texts.length + 2))) {
    return { target: 'labels', labelColumn: zeroOne[0] ?? null, labelColumns: zeroOne, reason: { kind: 'zero-one-columns', columns: zeroOne } };
  }
  const labelColumn = targetColumn(table, guess, texts);
  const plain = { labelColumn, labelColumns: null };
  const numbers = numbersIn(table, labelColumn);
  if (numbers && learns('number')) return { ...plain, target: 'number', reason: numbers };
  const lists = listsIn(table, labelColumn);
  if (lists && learns('labels')) return { ...plain, target: 'labels', reason: lists };
  return { ...plain, target: 'class', reason: { kind: 'one-label' } };
}

/** Never throws; single-label classification where nothing says otherwise. */
export function guessTask(table: Table): TaskGuess {
  const guess = guessColumns(table);
  const [tokens, tags] = ['tokens', 'tags'].map((wanted) => table.columns.find(({ name }) => normalizeName(name) === wanted)?.name ?? null);
  const tagging = taskFor('tokens', false);
  if (tagging && tokens && tags && sampleOf(table, tags).every(isTagged)) {
    return { ...guess, textPairColumn: null, labelColumns: null, task: tagging, textColumn: tokens, labelColumn: tags, reasons: [{ kind: 'tags', column: tags }] };
  }
  const spans = tagging && table.columns.find(({ name }) => areSpans(sampleOf(table, name)))?.name;
  if (tagging && spans) {
    const textColumn = guess.textColumn !== null && guess.textColumn !== spans ? guess.textColumn : (table.columns.find(({ name }) => name !== spans)?.name ?? null);
    return { ...guess, textPairColumn: null, labelColumns: null, task: tagging, textColumn, labelColumn: spans, reasons: [{ kind: 'spans', column: spans }] };
  }
  const pair = pairOf(table);
  const taskOf = (target: TargetKind): TaskId | null => taskFor(target, pair !== null);
  const { target, reason, ...columns } = guessTarget(table, guess, pair ?? [guess.textColumn], (kind) => taskOf(kind) !== null);
  const task = taskOf(target) ?? defaultTask;
  if (pair === null) return { ...guess, ...columns, textPairColumn: null, task, reasons: [reason] };
  return { ...guess, ...columns, textColumn: pair[0], textPairColumn: pair[1], task, reasons: [{ kind: 'text-pair', columns: pair }, reason] };
}
