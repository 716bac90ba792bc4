/**
 * Entities as character ranges, as annotation tools write them: `[{"start": 0, "end": 4, "label": "PER"}, …]` (Prodigy,
 * spaCy, Label Studio's `labels`) or `[[0, 4, "PER"], …]` (doccano). The text is cut into words as the tokenizer's
 * pre-tokeniser does, and each word gets a BIO tag.
 */
import * as v from 'valibot';
import type { Cells } from '../domain';
import { splitWords } from '../text';
import { trimInvisible } from './cells';

export interface Span {
  /** Characters from the text's start, `end` not included. */
  start: number;
  end: number;
  label: string;
}

/** What a character is: Python counts code points, JavaScript counts UTF-16 units. They differ from an emoji on. */
export type SpanUnit = 'code-point' | 'utf-16';

const place = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.transform(trimInvisible), v.regex(/^\S+( \S+)*$/));
const range = { start: place, end: place };
const spanSchema = v.union([
  v.pipe(v.object({ ...range, label: name }), v.transform(({ start, end, label }): Span => ({ start, end, label }))),
  v.pipe(v.object({ ...range, labels: v.strictTuple([name]) }), v.transform(({ start, end, labels: [label] }): Span => ({ start, end, label }))),
  v.pipe(v.tuple([place, place, name]), v.transform(([start, end, label]): Span => ({ start, end, label }))),
]);
const spansSchema = v.array(spanSchema);

/** The spans of a cell in the order of the text; an empty list is a text without any. Null where the cell is no such list. */
export function readSpans(cell: string): Span[] | null {
  const text = trimInvisible(cell);
  // Most cells are no list at all, and parsing is what costs.
  if (!/^\[\s*[\[{\]]/.test(text)) return null;
  try {
    const result = v.safeParse(spansSchema, JSON.parse(text));
    return result.success ? result.output.sort((left, right) => left.start - right.start) : null;
  } catch {
    return null;
  }
}

const beyondBasicPlane = /[\ud800-\udbff]/;

/** UTF-16 units before each code point of the text, and behind the last. */
function unitsBefore(text: string): Uint32Array {
  const before: number[] = [];
  let at = 0;
  for (const character of text) {
    before.push(at);
    at += character.length;
  }
  before.push(at);
  return Uint32Array.from(before);
}

/** White space at a span's ends, as a hand with a mouse leaves it, is no part of the entity. */
function trimmed(text: string, start: number, end: number): [start: number, end: number] {
  const part = text.slice(start, end);
  return [start + part.length - part.trimStart().length, end - part.length + part.trimEnd().length];
}

/** A space in a type's name would part a tag in two. */
const typeOf = (label: string): string => label.replaceAll(' ', '_');

/** Words and BIO tags; null where a span lies outside the text, is empty, cuts a word in two or overlaps another. */
export function tagSpans(text: string, spans: readonly Span[], unit: SpanUnit): { words: string[]; tags: string[] } | null {
  const ranges = splitWords(text);
  if (ranges.length === 0) return null;
  const before = unit === 'code-point' && beyondBasicPlane.test(text) ? unitsBefore(text) : null;
  const unitAt = (at: number): number => (before === null ? at : (before[at] ?? Infinity));
  const tags = ranges.map(() => 'O');
  let free = 0;
  for (const span of spans) {
    if (unitAt(span.end) > text.length) return null;
    const [start, end] = trimmed(text, unitAt(span.start), unitAt(span.end));
    const first = ranges.findIndex(({ begin }, word) => word >= free && begin === start);
    const last = ranges.findIndex((word, index) => index >= first && word.end === end);
    if (start >= end || first === -1 || last === -1) return null;
    for (let word = first; word <= last; word += 1) tags[word] = `${word === first ? 'B' : 'I'}-${typeOf(span.label)}`;
    free = last + 1;
  }
  return { words: ranges.map(({ begin, end }) => text.slice(begin, end)), tags };
}

const namedTag = /^([BI])-(.+)$/;

/** The spans that the tags of the text's words mark, as a cell that `readSpans` reads: `tagSpans` the other way. Null where a tag is none of a span's. */
export function writeSpans(text: string, tags: readonly string[], unit: SpanUnit): string | null {
  if (tags.some((tag) => tag !== 'O' && !namedTag.test(tag))) return null;
  const pointsBefore = (at: number): number => (unit === 'utf-16' ? at : [...text.slice(0, at)].length);
  const spans: Span[] = [];
  let open: Span | null = null;
  splitWords(text).forEach(({ begin, end }, word) => {
    const [, prefix, label] = namedTag.exec(tags[word] ?? '') ?? [];
    if (label === undefined) open = null;
    else if (prefix === 'I' && open?.label === label) open.end = pointsBefore(end);
    else spans.push((open = { start: pointsBefore(begin), end: pointsBefore(end), label }));
  });
  return JSON.stringify(spans);
}

/** Rows with an emoji that are asked how they count; enough to tell, and no cell of the others is parsed twice. */
const askedRows = 1_000;

/** How the spans of a column count characters: the way in which more rows with an emoji fit their words; code points in doubt. */
export function spanUnit(texts: Cells, cells: Cells): SpanUnit {
  let balance = 0;
  let row = 0;
  let asked = 0;
  for (const text of texts) {
    const spans = beyondBasicPlane.test(text) ? readSpans(cells.at(row) ?? '') : null;
    row += 1;
    if (spans === null || spans.length === 0) continue;
    balance += Number(tagSpans(text, spans, 'code-point') !== null) - Number(tagSpans(text, spans, 'utf-16') !== null);
    asked += 1;
    if (asked === askedRows) break;
  }
  return balance < 0 ? 'utf-16' : 'code-point';
}

/** Whether cells are lists of spans, be all of them empty: then a column that is said to hold tags holds these. */
export function areSpanLists(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((cell) => readSpans(cell) !== null);
}

/** The same with a span in one of them at least: a list without any may be anything. */
export function areSpans(cells: readonly string[]): boolean {
  // What a list holds beside brackets is a span.
  return areSpanLists(cells) && cells.some((cell) => /\d/.test(cell));
}
