/** Rows drawn anew, with replacement: how often each is in a draw. */
import { fillUniformWords } from '../../domain';

const RANGE = 0x100000000;

/**
 * Draw number `draw` of `rows` rows out of `rows`; depends on seed and number only.
 *
 * @param counts how often each row was drawn, overwritten; sums to `rows`
 * @param words room for as many numbers
 */
export function drawRows(counts: Uint32Array, words: Uint32Array, seed: number, draw: number): void {
  const rows = counts.length;
  counts.fill(0);
  fillUniformWords(words, seed, draw);
  for (let place = 0; place < rows; place += 1) {
    const row = Math.floor(((words[place] ?? 0) / RANGE) * rows);
    counts[row] = (counts[row] ?? 0) + 1;
  }
}
