/** Dropout factors of a run of elements, as an instruction's five words describe them. */
import { floatAt, integerAt, pointerAt } from './arguments';
import { dropoutScales } from './philox';
import { DROPOUT_ENABLED, ROW_OFFSET, SEED, STEP } from './stepWords';

// The words, all 0 where there is no dropout: step scalars, op, threshold, keep (float), elements per row of the batch.
const SCALARS: i32 = 0;
const OP: i32 = 1;
const THRESHOLD: i32 = 2;
const KEEP: i32 = 3;
const ELEMENTS_PER_ROW: i32 = 4;

/**
 * Writes the factors of `count` elements from `first` (in this micro-batch) on to `target`.
 * @returns `target`, or 0 where nothing is dropped: then nothing is written either
 */
export function dropoutRun(target: usize, dropout: usize, first: i64, count: i32): usize {
  const scalars = pointerAt(dropout, SCALARS);
  const threshold = <u32>integerAt(dropout, THRESHOLD);
  if (!scalars || !threshold || !integerAt(scalars, DROPOUT_ENABLED)) return 0;
  const before = <i64>integerAt(scalars, ROW_OFFSET) * <i64><u32>integerAt(dropout, ELEMENTS_PER_ROW);
  const seed = <u32>integerAt(scalars, SEED);
  const step = <u32>integerAt(scalars, STEP);
  dropoutScales(target, <u64>(before + first), count, seed, step, <u32>integerAt(dropout, OP), threshold, floatAt(dropout, KEEP));
  return target;
}
