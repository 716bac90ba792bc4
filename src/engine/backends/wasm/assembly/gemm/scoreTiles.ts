/** Tiles whose left side is a block of attention scores with rows a fixed distance apart: no packing needed. See tiles.ts. */
import { multiplyAdd } from '../lanes';
import { storeRow } from './tiles';

/** Bytes from one row of a block of scores to the next; not a power of two, so that rows spread over the cache's sets. */
export const SCORE_ROW_BYTES: usize = 2112;

/** 6 x 8 tile, target (+)= left right over `depth`, of 6 rows of a block of scores, read as they lie. */
export function sixScoreRows(left: usize, right: usize, depth: i32, target: usize, stride: usize, add: bool): void {
  let low0 = i32x4.splat(0);
  let high0 = i32x4.splat(0);
  let low1 = i32x4.splat(0);
  let high1 = i32x4.splat(0);
  let low2 = i32x4.splat(0);
  let high2 = i32x4.splat(0);
  let low3 = i32x4.splat(0);
  let high3 = i32x4.splat(0);
  let low4 = i32x4.splat(0);
  let high4 = i32x4.splat(0);
  let low5 = i32x4.splat(0);
  let high5 = i32x4.splat(0);
  const end = right + (<usize>depth << 5);
  do {
    const low = v128.load(right);
    const high = v128.load(right, 16);
    let value = v128.load32_splat(left);
    low0 = multiplyAdd(value, low, low0);
    high0 = multiplyAdd(value, high, high0);
    value = v128.load32_splat(left, 1 * SCORE_ROW_BYTES);
    low1 = multiplyAdd(value, low, low1);
    high1 = multiplyAdd(value, high, high1);
    value = v128.load32_splat(left, 2 * SCORE_ROW_BYTES);
    low2 = multiplyAdd(value, low, low2);
    high2 = multiplyAdd(value, high, high2);
    value = v128.load32_splat(left, 3 * SCORE_ROW_BYTES);
    low3 = multiplyAdd(value, low, low3);
    high3 = multiplyAdd(value, high, high3);
    value = v128.load32_splat(left, 4 * SCORE_ROW_BYTES);
    low4 = multiplyAdd(value, low, low4);
    high4 = multiplyAdd(value, high, high4);
    value = v128.load32_splat(left, 5 * SCORE_ROW_BYTES);
    low5 = multiplyAdd(value, low, low5);
    high5 = multiplyAdd(value, high, high5);
    left += 4;
    right += 32;
  } while (right < end);
  storeRow(target, low0, high0, add);
  target += stride;
  storeRow(target, low1, high1, add);
  target += stride;
  storeRow(target, low2, high2, add);
  target += stride;
  storeRow(target, low3, high3, add);
  target += stride;
  storeRow(target, low4, high4, add);
  target += stride;
  storeRow(target, low5, high5, add);
}

/** 4 x 8 tile, target (+)= left right over `depth`, of 4 rows of a block of scores, read as they lie. */
export function fourScoreRows(left: usize, right: usize, depth: i32, target: usize, stride: usize, add: bool): void {
  let low0 = i32x4.splat(0);
  let high0 = i32x4.splat(0);
  let low1 = i32x4.splat(0);
  let high1 = i32x4.splat(0);
  let low2 = i32x4.splat(0);
  let high2 = i32x4.splat(0);
  let low3 = i32x4.splat(0);
  let high3 = i32x4.splat(0);
  const end = right + (<usize>depth << 5);
  do {
    const low = v128.load(right);
    const high = v128.load(right, 16);
    let value = v128.load32_splat(left);
    low0 = multiplyAdd(value, low, low0);
    high0 = multiplyAdd(value, high, high0);
    value = v128.load32_splat(left, 1 * SCORE_ROW_BYTES);
    low1 = multiplyAdd(value, low, low1);
    high1 = multiplyAdd(value, high, high1);
    value = v128.load32_splat(left, 2 * SCORE_ROW_BYTES);
    low2 = multiplyAdd(value, low, low2);
    high2 = multiplyAdd(value, high, high2);
    value = v128.load32_splat(left, 3 * SCORE_ROW_BYTES);
    low3 = multiplyAdd(value, low, low3);
    high3 = multiplyAdd(value, high, high3);
    left += 4;
    right += 32;
  } while (right < end);
  storeRow(target, low0, high0, add);
  target += stride;
  storeRow(target, low1, high1, add);
  target += stride;
  storeRow(target, low2, high2, add);
  target += stride;
  storeRow(target, low3, high3, add);
}
