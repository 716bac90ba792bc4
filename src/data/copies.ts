/** Which rows are copies of one another: single texts, pairs (both texts, in their order) and tagged words. */
import { foldCell } from './cells';
import { foldText } from './textFold';

export interface CopyText {
  text: string;
  /** Second text of a pair. */
  textPair?: string | undefined;
  /** Of tagged words. */
  words?: readonly string[] | undefined;
}

/** No text holds it twice in a row: what stands on both sides of it is kept apart. */
const between = '\u0000\u0000';

/**
 * The same for copies. Words are compared one by one, case and width aside: their punctuation has tags of its own.
 */
export function copyKey({ text, textPair, words }: CopyText): string {
  if (words !== undefined) return words.map(foldCell).join(between);
  return textPair === undefined ? foldText(text) : foldText(text) + between + foldText(textPair);
}

/** The group of each row, numbered from 0 as they come: rows of one group are copies. */
export function groupCopies(rows: Iterable<CopyText>): Int32Array {
  const ids = new Map<string, number>();
  const groups: number[] = [];
  for (const row of rows) {
    const key = copyKey(row);
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    groups.push(id);
  }
  return Int32Array.from(groups);
}

/** Rows of each group. */
export function groupSizes(groups: Int32Array): Uint32Array {
  const sizes = new Uint32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0));
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  return sizes;
}
