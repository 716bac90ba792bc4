/** Labels before they get ids: spellings joined, rare ones as the recipe says, and whether there is anything to learn. */
import { AnnealError, type DatasetCounts, type RareLabelChoice, type Recipe, type Table } from '../domain';
import { labelCandidates } from './guessColumns';
import { LabelSpellings } from './labels';
import type { TableRows } from './tableRows';
import { answerKey, labelsIn, mapNames, namesIn } from './targets';

/** Fewest rows of which each of two classes can have one on each of three sides. */
const leastRows = 6;

/** Every name of every row, as often as rows have it. */
export function allNames(file: TableRows): string[] {
  return file.rows.flatMap((row) => namesIn(row.target));
}

/** Rows of each name, in the order first seen. */
export function countNames(file: TableRows): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of allNames(file)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Joins spellings of one label; counts the rows whose cell was written otherwise. */
export function tidyLabels(file: TableRows, testFile: TableRows | null): DatasetCounts['tidiedLabels'] {
  const spellings = new LabelSpellings(allNames(file));
  const change = (name: string) => spellings.labelOf(name);
  testFile?.changeTargets((target) => mapNames(target, change), 'empty-label');
  return file.changeTargets((target) => mapNames(target, change), 'empty-label');
}

/** Own entries only: a label may be called `constructor`. */
function rareChoice(recipe: Recipe, label: string): RareLabelChoice | undefined {
  return Object.hasOwn(recipe.data.rareLabels, label) ? recipe.data.rareLabels[label] : undefined;
}

/**
 * Fault 2b: does what the recipe says about labels with fewer rows than there are sides; returns those left open. A class
 * that is left out takes its rows with it; of several labels, or of tags, only the name goes.
 */
export function handleRareLabels(file: TableRows, recipe: Recipe, sides: number): DatasetCounts['rareLabels'] {
  const rare = [...countNames(file)].filter(([, rows]) => rows < sides).map(([label, rows]) => ({ label, rows, choice: rareChoice(recipe, label) }));
  const chosen = new Map(rare.flatMap(({ label, choice }) => (choice === undefined || choice.action === 'keep-for-training' ? [] : [[label, choice] as const])));
  if (chosen.size > 0) {
    file.changeTargets(
      (target) =>
        mapNames(target, (name) => {
          const choice = chosen.get(name);
          return choice === undefined ? name : choice.action === 'merge' ? choice.into : null;
        }),
      'rare-label',
    );
  }
  return rare.filter(({ choice }) => choice === undefined).map(({ label, rows }) => ({ label, rows }));
}

/**
 * Settles the test file's labels; a row with one that training never saw is put aside, for it cannot be answered.
 * @param known names that the recipe has nothing to say of @param learnt labels that have an id
 */
export function settleTestLabels(testFile: TableRows, recipe: Recipe, known: ReadonlySet<string>, learnt: ReadonlySet<string>): void {
  testFile.changeTargets(
    (target) =>
      mapNames(target, (name) => {
        // A merged label keeps its meaning in the test file; one that is left out is no row's only answer where it stands among others.
        const choice = known.has(name) ? undefined : rareChoice(recipe, name);
        if (choice?.action === 'merge') return choice.into;
        return choice?.action === 'leave-out' && target.kind !== 'class' ? null : name;
      }),
    'unknown-label',
  );
  testFile.keep(({ target }) => labelsIn(target).every((label) => learnt.has(label)), 'unknown-label');
  testFile.throwIfEmpty();
}

function throwTooFew(file: TableRows, table: Table, recipe: Recipe, value: string): never {
  const { textColumn, labelColumn } = recipe.data;
  throw new AnnealError('data.too-few-classes', { column: labelColumn, rows: file.rows.length, value, candidates: labelCandidates(table, [textColumn, labelColumn]) });
}

/** @throws AnnealError `data.too-few-classes`, `data.too-few-rows`, `data.too-many-classes` */
export function throwIfNothingToLearn(file: TableRows, table: Table, recipe: Recipe): void {
  const rows = file.rows.length;
  const [first] = file.rows;
  const isClass = first?.target.kind === 'class';
  if (!isClass && rows < leastRows) throw new AnnealError('data.too-few-rows', { rows, needed: leastRows });
  const answers = new Set(file.rows.flatMap(({ target }) => (target.kind === 'number' ? [answerKey(target)] : labelsIn(target))));
  // One label that some rows have and others lack can be learnt.
  const someLack = file.rows.some(({ target }) => target.kind === 'labels' && target.names.length === 0);
  if (answers.size < (someLack ? 1 : 2)) throwTooFew(file, table, recipe, [...answers][0] ?? '');
  if (!isClass) return;
  if (rows < leastRows) throw new AnnealError('data.too-few-rows', { rows, needed: leastRows });
  if (answers.size === rows) {
    const { textColumn, labelColumn } = recipe.data;
    throw new AnnealError('data.too-many-classes', { column: labelColumn, rows, classes: rows, candidates: labelCandidates(table, [textColumn, labelColumn]) });
  }
}
