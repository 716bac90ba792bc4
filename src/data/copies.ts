/** Which rows are copies of one another: single texts, pairs (both texts, in their order) and tagged words. */
import { foldCell } from './cells';
import { foldText } from './textFold';

export interface CopyText {
  readonly text: string;
  /** Second text of a pair. */
  readonly textPair?: string | undefined;
  /** Of tagged words. */
  readonly words?: readonly string[] | undefined;
}

/** Hardly any text holds it: what stands on both sides of it is kept apart. */
const between = '\u0000\u0000';

/**
 * The same for copies. Words are compared one by one, case and width aside: their punctuation has tags of its own.
 */
export function copyKey({ text, textPair, words }: CopyText): string {
  if (words !== undefined) return words.map(foldCell).join(between);
  return textPair === undefined ? foldText(text) : foldText(text) + between + foldText(textPair);
}

const mix = (lane: number, other: number): number => Math.imul(lane ^ (lane >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);

/** 53 bits of two lanes, mixed at the end as in MurmurHash3. */
function joined(first: number, second: number): number {
  const low = mix(first, second);
  return 0x100000000 * (mix(second, low) & 0x1fffff) + (low >>> 0);
}

/**
 * Two hashes of a text that know nothing of each other, 53 bits each: two lanes of multiply and shift for either, in one
 * loop, for a processor works on all four at once.
 * @param into two numbers
 */
export function hashText(text: string, into: Float64Array): void {
  let [first, second, third, fourth] = [0xdeadbeef, 0x41c6ce57, 0x2545f491, 0x7f4a7c15];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x9e3779b1);
    second = Math.imul(second ^ unit, 0x5f356495);
    third = Math.imul(third ^ unit, 0xb5297a4d);
    fourth = Math.imul(fourth ^ unit, 0x68e31da5);
  }
  into[0] = joined(first, second);
  into[1] = joined(third, fourth);
}

/**
 * Numbers the groups of copies from 0, as they come. Texts are not kept: they may lie on the disk, where going back to
 * one costs a read. Of each group two hashes are, 106 bits together: that two of a million texts meet in both is less
 * likely than that the memory errs.
 */
export class CopyGroups {
  /** Place by first hash, then the next free one: group + 1, or 0. Twice as many places as rows, a power of two. */
  private readonly places: Int32Array;
  private readonly hashes: [Float64Array, Float64Array];
  private readonly hashed = new Float64Array(2);
  private groups = 0;

  /**
   * @param rows at most so many
   * @param hash for tests: one in which texts meet that are no copies
   */
  constructor(
    rows: number,
    private readonly hash: typeof hashText = hashText,
  ) {
    this.places = new Int32Array(2 ** Math.ceil(Math.log2(2 * Math.max(1, rows))));
    this.hashes = [new Float64Array(rows), new Float64Array(rows)];
  }

  groupOf(row: CopyText): number {
    this.hash(copyKey(row), this.hashed);
    const [first = 0, second = 0] = this.hashed;
    const [firsts, seconds] = this.hashes;
    const mask = this.places.length - 1;
    for (let place = first & mask; ; place = (place + 1) & mask) {
      const group = (this.places[place] ?? 0) - 1;
      if (group === -1) {
        firsts[this.groups] = first;
        seconds[this.groups] = second;
        this.groups += 1;
        this.places[place] = this.groups;
        return this.groups - 1;
      }
      if (firsts[group] === first && seconds[group] === second) return group;
    }
  }
}

/** The group of each row: rows of one group are copies. */
export function groupCopies(rows: readonly CopyText[], groups = new CopyGroups(rows.length)): Int32Array {
  return Int32Array.from(rows, (row) => groups.groupOf(row));
}

/** Rows of each group. */
export function groupSizes(groups: Int32Array): Uint32Array {
  const sizes = new Uint32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0));
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1;
  return sizes;
}

/** The same groups numbered from 0 as they come, without gaps. */
export function renumbered(groups: Int32Array): { groups: Int32Array; count: number } {
  const numbers = new Int32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0)).fill(-1);
  let count = 0;
  const dense = groups.map((group) => {
    if (numbers[group] === -1) numbers[group] = count++;
    return numbers[group] ?? 0;
  });
  return { groups: dense, count };
}
