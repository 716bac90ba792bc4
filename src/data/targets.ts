/** What a row is to be answered with before labels have ids, and what its names are, whatever the task. */
import { taskKinds, type TableColumn, type SetAsideReason, type Recipe, type Table, type Target } from '../domain';
import { findColumn } from './findColumn';
import { firstCells } from './cells';
import { areSpanLists, readSpans, spanUnit, tagSpans } from './spans';
import { readLabelSet, readNumber, readTags } from './targetCells';

export type RowTarget =
  | { kind: 'class'; label: string }
  /** Each name once; none for a row without any label. */
  | { kind: 'labels'; names: readonly string[] }
  | { kind: 'number'; value: number }
  /** One tag a word. */
  | { kind: 'tokens'; words: readonly string[]; tags: readonly string[] };

export interface TargetReader {
  text: TableColumn;
  textPair?: TableColumn;
  /** Null where an empty label is an answer too: a row may have none. */
  label: TableColumn | null;
  /** A row whose target cannot be read is put aside for this reason. */
  problem: SetAsideReason;
  read: (index: number, text: string) => RowTarget | null;
}

/** Cells that say how a column tags its texts. */
const sampledCells = 200;

/** Labels that are kept for the rows that share them; a column with more is none of labels. */
const mostShared = 10_000;

/** A million rows have few labels: those of one spelling share one object. */
function classReader(cell: (index: number) => string): TargetReader['read'] {
  const known = new Map<string, RowTarget>();
  return (index) => {
    const label = cell(index);
    const shared = known.get(label) ?? { kind: 'class', label };
    if (known.size < mostShared) known.set(label, shared);
    return shared;
  };
}

/** How what the recipe's task answers with is read from this table. @throws AnnealError `data.missing-column` */
export function targetReader(table: Table, recipe: Recipe): TargetReader {
  const { textColumn, textPairColumn, labelColumn, labelColumns } = recipe.data;
  const texts = { text: findColumn(table, textColumn), ...(textPairColumn !== undefined && { textPair: findColumn(table, textPairColumn) }) };
  const { target } = taskKinds[recipe.task];
  if (target === 'labels' && labelColumns !== undefined) {
    const columns = labelColumns.map((name) => findColumn(table, name));
    const read = (index: number): RowTarget | null => {
      const cells = columns.map(({ cells: own }) => readNumber(own.at(index) ?? ''));
      if (cells.some((cell) => cell !== 0 && cell !== 1)) return null;
      return { kind: 'labels', names: columns.flatMap(({ name }, place) => (cells[place] === 1 ? [name] : [])) };
    };
    return { ...texts, label: null, problem: 'not-a-number', read };
  }
  const label = findColumn(table, labelColumn);
  const cell = (index: number): string => label.cells.at(index) ?? '';
  switch (target) {
    case 'class':
      return { ...texts, label, problem: 'empty-label', read: classReader(cell) };
    case 'labels': {
      const read = readLabelSet(label.cells);
      return { ...texts, label: null, problem: 'empty-label', read: (index) => ({ kind: 'labels', names: read(cell(index)) }) };
    }
    case 'tokens': {
      const sample = firstCells(label.cells, sampledCells).filter((own) => own !== '');
      if (areSpanLists(sample)) {
        const unit = spanUnit(texts.text.cells, label.cells);
        const readRanges = (index: number, text: string): RowTarget | null => {
          const spans = readSpans(cell(index));
          const tagged = spans && tagSpans(text, spans, unit);
          return tagged && { kind: 'tokens', ...tagged };
        };
        return { ...texts, label, problem: 'bad-spans', read: readRanges };
      }
      const read = (index: number, text: string): RowTarget | null => {
        const tagged = readTags(text, cell(index));
        return tagged && { kind: 'tokens', ...tagged };
      };
      return { ...texts, label, problem: 'bad-tags', read };
    }
    case 'number': {
      const read = (index: number): RowTarget | null => {
        const value = readNumber(cell(index));
        return value === null ? null : { kind: 'number', value };
      };
      return { ...texts, label, problem: 'not-a-number', read };
    }
  }
}

const prefixed = /^[BIESLUM]-(?=.)/;

/** The type of entity that a tag speaks of; null for O. A tag without a prefix is its own type. */
export function tagType(tag: string): string | null {
  return tag === 'O' ? null : tag.replace(prefixed, '');
}

/** What of a target can be rare, misspelt or merged: its labels, or the types of its entities; each once. A number has none. */
export function namesIn(target: RowTarget): readonly string[] {
  switch (target.kind) {
    case 'class':
      return [target.label];
    case 'labels':
      return target.names;
    case 'number':
      return [];
    case 'tokens':
      return [...new Set(target.tags.flatMap((tag) => tagType(tag) ?? []))];
  }
}

/** What gets an id: like `namesIn`, but whole tags in place of types. */
export function labelsIn(target: RowTarget): readonly string[] {
  return target.kind === 'tokens' ? target.tags : namesIn(target);
}

/**
 * The target with its names changed; a name that becomes null is taken out (an entity becomes O). Null where a class has
 * no name left; the same object where nothing changed.
 */
export function mapNames(target: RowTarget, change: (name: string) => string | null): RowTarget | null {
  if (target.kind === 'number') return target;
  if (target.kind === 'class') {
    const label = change(target.label);
    return label === target.label ? target : label === null ? null : { kind: 'class', label };
  }
  if (target.kind === 'labels') {
    const names = [...new Set(target.names.flatMap((name) => change(name) ?? []))];
    return names.length === target.names.length && names.every((name, index) => name === target.names[index]) ? target : { kind: 'labels', names };
  }
  const tags = target.tags.map((tag) => {
    const type = tagType(tag);
    if (type === null) return tag;
    const changed = change(type);
    return changed === null ? 'O' : tag.slice(0, tag.length - type.length) + changed;
  });
  return tags.every((tag, index) => tag === target.tags[index]) ? target : { ...target, tags };
}

/** The same for targets that say the same. */
export function answerKey(target: RowTarget): string {
  switch (target.kind) {
    case 'class':
      return target.label;
    case 'labels':
      return [...target.names].sort().join('\u0001');
    case 'number':
      return String(target.value);
    case 'tokens':
      return target.tags.join(' ');
  }
}

/** With ids in place of names; a name without an id is left out, a tag without one is -1. */
export function withIds(target: RowTarget, idOf: ReadonlyMap<string, number>): Target {
  switch (target.kind) {
    case 'class':
      return { kind: 'class', label: idOf.get(target.label) ?? 0 };
    case 'labels':
      return { kind: 'labels', labels: target.names.flatMap((name) => idOf.get(name) ?? []).sort((left, right) => left - right) };
    case 'number':
      return { kind: 'number', value: target.value };
    case 'tokens':
      return { kind: 'tokens', words: [...target.words], labels: target.tags.map((tag) => idOf.get(tag) ?? -1) };
  }
}
