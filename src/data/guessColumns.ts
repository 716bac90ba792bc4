/** Which column holds the text and which the label, by content first and by name where content leaves it open. */
import type { Table, TableColumn } from '../domain';
import { spreadCells, trimInvisible } from './cells';
import { labelNames, normalizeName, textNames } from './columnNames';

/** Of a column of more than 50,000 cells as many are looked at. */
export interface ColumnCandidate {
  column: string;
  /** Different values, empty cells left out; counting stops at `mostDistinct`. */
  distinct: number;
  empty: number;
  /** Mean length in characters of the cells that are not empty. */
  meanLength: number;
}

export interface ColumnGuess {
  textColumn: string | null;
  labelColumn: string | null;
  /** All columns in the file's order. */
  candidates: ColumnCandidate[];
}

const mostDistinct = 10_000;
/** Of a longer column, stretches of cells from all over it; what is counted is then of them. */
const mostLookedAt = 50_000;
/** Above this a column can still be chosen as the label by hand, but is not proposed for its content. */
const mostProposedClasses = 300;

interface ColumnFacts extends ColumnCandidate {
  filled: number;
  /** Share of sampled cells with words (a space between signs) or unspaced script. */
  wordy: number;
}

const wordyPattern = /\S\s+\S|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4}/;

function factsOf(column: TableColumn): ColumnFacts {
  const values = new Set<string>();
  let empty = 0;
  let length = 0;
  let wordy = 0;
  const cells = spreadCells(column.cells, mostLookedAt);
  for (const cell of cells) {
    // Only the start decides whether a cell is empty or wordy; a cell may be hundreds of kilobytes long.
    const start = trimInvisible(cell.slice(0, 200));
    if (start === '' && trimInvisible(cell) === '') {
      empty += 1;
      continue;
    }
    length += cell.length;
    if (wordyPattern.test(start)) wordy += 1;
    if (values.size < mostDistinct) values.add(cell);
  }
  const filled = cells.length - empty;
  return {
    column: column.name,
    distinct: values.size,
    empty,
    meanLength: filled === 0 ? 0 : length / filled,
    filled,
    wordy: filled === 0 ? 0 : wordy / filled,
  };
}

function textScore(facts: ColumnFacts): number {
  if (facts.filled === 0) return 0;
  const distinctShare = facts.distinct / Math.min(facts.filled, mostDistinct);
  const named = textNames.has(normalizeName(facts.column)) ? 3 : 1;
  return Math.min(facts.meanLength, 500) * distinctShare * (0.1 + facts.wordy) * named;
}

function labelScore(facts: ColumnFacts): number {
  const named = labelNames.has(normalizeName(facts.column));
  if (facts.filled === 0) return 0;
  const recurring = facts.distinct <= Math.max(2, facts.filled / 2) && facts.distinct <= mostProposedClasses;
  const fits = recurring && facts.distinct >= 2 && facts.meanLength <= 60;
  // A column named as a label is proposed even where its values do not fit: the message then says what is wrong.
  if (!fits) return named ? 0.5 : 0;
  return (named ? 4 : 1) + 1 / facts.distinct;
}

function best(facts: readonly ColumnFacts[], score: (facts: ColumnFacts) => number): ColumnFacts | null {
  let found: ColumnFacts | null = null;
  let foundScore = 0;
  for (const candidate of facts) {
    const candidateScore = score(candidate);
    if (candidateScore > foundScore) {
      found = candidate;
      foundScore = candidateScore;
    }
  }
  return found;
}

/** Never throws; null where no column fits. */
export function guessColumns(table: Table): ColumnGuess {
  const facts = table.columns.map(factsOf);
  const text = best(facts, (candidate) =>
    // A label column of long names must not become the text while another column reads like one.
    labelNames.has(normalizeName(candidate.column)) ? textScore(candidate) / 10 : textScore(candidate),
  );
  const label = best(
    facts.filter((candidate) => candidate !== text),
    labelScore,
  );
  return {
    textColumn: text?.column ?? null,
    labelColumn: label?.column ?? null,
    candidates: facts.map(({ column, distinct, empty, meanLength }) => ({ column, distinct, empty, meanLength })),
  };
}

/** Columns, other than those given, whose values could be labels: 2 to 50 different ones. */
export function labelCandidates(table: Table, except: readonly string[]): string[] {
  return table.columns
    .filter((column) => !except.includes(column.name))
    .map(factsOf)
    .filter((facts) => facts.distinct >= 2 && facts.distinct <= 50)
    .map((facts) => facts.column);
}
