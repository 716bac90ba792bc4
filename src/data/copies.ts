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

/** 53 bits of a text, for a map: two lanes of multiply and shift, mixed at the end as in MurmurHash3. */
function hashOf(text: string): number {
  let first = 0xdeadbeef;
  let second = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x9e3779b1);
    second = Math.imul(second ^ unit, 0x5f356495);
  }
  first = Math.imul(first ^ (first >>> 16), 0x85ebca6b) ^ Math.imul(second ^ (second >>> 13), 0xc2b2ae35);
  second = Math.imul(second ^ (second >>> 16), 0x85ebca6b) ^ Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return 0x100000000 * (second & 0x1fffff) + (first >>> 0);
}

/**
 * The group of each row, numbered from 0 as they come: rows of one group are copies. A million texts are not held folded
 * beside the texts themselves: of each only a hash is kept, and where hashes meet the texts are compared.
 *
 * @param hash for tests: one that makes texts meet that are no copies
 */
export function groupCopies(rows: Iterable<CopyText>, hash: (key: string) => number = hashOf): Int32Array {
  const all = Array.isArray(rows) ? (rows as readonly CopyText[]) : [...rows];
  const ids = new Map<number, number>();
  const first: CopyText[] = [];
  return Int32Array.from(all, (row) => {
    const key = copyKey(row);
    for (let place = hash(key); ; place += 1) {
      const id = ids.get(place);
      if (id === undefined) {
        ids.set(place, first.length);
        return first.push(row) - 1;
      }
      const known = first[id];
      if (known !== undefined && copyKey(known) === key) return id;
    }
  });
}

/** Rows of each group. */
export function groupSizes(groups: Int32Array): Uint32Array {
  const sizes = new Uint32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0));
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  return sizes;
}
