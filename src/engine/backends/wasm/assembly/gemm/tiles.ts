/**
 * The innermost loops of every matrix product: a tile of 6 x 8 or 4 x 8 sums held in registers, times a panel of the
 * right side (depth x 8).
 *
 * 6 x 8 uses all 15 SIMD registers that an x86 engine gives out, and is the fastest with fused multiply-add; one more
 * live value halves its speed. So nothing is unrolled over k, and target is read after the loop, not before. 4 x 8 is
 * the safe one. Both add a sum's terms in the same order, so the choice does not change a result.
 */
import { multiplyAdd } from '../lanes';

/** Stores, or adds to what is there, one row of a tile. */
// @ts-ignore: decorator
@inline
export function storeRow(target: usize, low: v128, high: v128, add: bool): void {
  if (add) {
    v128.store(target, f32x4.add(v128.load(target), low));
    v128.store(target, f32x4.add(v128.load(target, 16), high), 16);
  } else {
    v128.store(target, low);
    v128.store(target, high, 16);
  }
}

/**
 * 6 x 8 tile, target (+)= left right over `depth`, of a left side whose rows are neighbours: element (row, k) lies at
 * left + 4 * row + k * leftStep, as in a packed panel (step 24) or in a transposed matrix (step = bytes of its row).
 */
export function sixNeighbours(left: usize, leftStep: usize, right: usize, depth: i32, target: usize, stride: usize, add: bool): void {
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
    value = v128.load32_splat(left, 4);
    low1 = multiplyAdd(value, low, low1);
    high1 = multiplyAdd(value, high, high1);
    value = v128.load32_splat(left, 8);
    low2 = multiplyAdd(value, low, low2);
    high2 = multiplyAdd(value, high, high2);
    value = v128.load32_splat(left, 12);
    low3 = multiplyAdd(value, low, low3);
    high3 = multiplyAdd(value, high, high3);
    value = v128.load32_splat(left, 16);
    low4 = multiplyAdd(value, low, low4);
    high4 = multiplyAdd(value, high, high4);
    value = v128.load32_splat(left, 20);
    low5 = multiplyAdd(value, low, low5);
    high5 = multiplyAdd(value, high, high5);
    left += leftStep;
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

/**
 * 4 x 8 tile, target (+)= left right over `depth`, of a left side whose rows are neighbours: element (row, k) lies at
 * left + 4 * row + k * leftStep, as in a packed panel (step 16) or in a transposed matrix (step = bytes of its row).
 */
export function fourNeighbours(left: usize, leftStep: usize, right: usize, depth: i32, target: usize, stride: usize, add: bool): void {
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
    value = v128.load32_splat(left, 4);
    low1 = multiplyAdd(value, low, low1);
    high1 = multiplyAdd(value, high, high1);
    value = v128.load32_splat(left, 8);
    low2 = multiplyAdd(value, low, low2);
    high2 = multiplyAdd(value, high, high2);
    value = v128.load32_splat(left, 12);
    low3 = multiplyAdd(value, low, low3);
    high3 = multiplyAdd(value, high, high3);
    left += leftStep;
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
