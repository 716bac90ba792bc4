/** Runs of consecutive floats of any length: copying into, adding, scaling. And who works on which columns. */
import { loadPart, multiplyAdd, storePart } from './lanes';

/** Columns are shared out in multiples of a cache line, so that no two threads write into the same one. */
const COLUMN_UNIT: i32 = 16;

/** Four floats, or the `left` that there are and zeros. */
// @ts-ignore: decorator
@inline
export function loadSome(pointer: usize, left: i32): v128 {
  return left >= 4 ? v128.load(pointer) : loadPart(pointer, left);
}

/** Stores four floats, or the `left` that there is room for. */
// @ts-ignore: decorator
@inline
export function storeSome(pointer: usize, value: v128, left: i32): void {
  if (left >= 4) v128.store(pointer, value);
  else storePart(pointer, value, left);
}

/** First of the columns that `thread` works on; those of the next thread begin where they end. */
export function firstColumn(columns: i32, thread: i32, threads: i32): i32 {
  const units = (columns + COLUMN_UNIT - 1) / COLUMN_UNIT;
  const first = ((units * thread) / threads) * COLUMN_UNIT;
  return first < columns ? first : columns;
}

export function clearRun(target: usize, count: i32): void {
  memory.fill(target, 0, <usize>count << 2);
}

export function copyRun(target: usize, source: usize, count: i32): void {
  memory.copy(target, source, <usize>count << 2);
}

/** target += source */
export function addRun(target: usize, source: usize, count: i32): void {
  let left = count;
  for (; left >= 4; left -= 4, target += 16, source += 16) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
  }
  if (left) storePart(target, f32x4.add(loadPart(target, left), loadPart(source, left)), left);
}

/** target = source x factor */
export function scaleRun(target: usize, source: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  for (let left = count; left > 0; left -= 4, target += 16, source += 16) {
    storeSome(target, f32x4.mul(loadSome(source, left), factors), left);
  }
}

/** target += source x factor */
export function addScaledRun(target: usize, source: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  for (let left = count; left > 0; left -= 4, target += 16, source += 16) {
    storeSome(target, multiplyAdd(loadSome(source, left), factors, loadSome(target, left)), left);
  }
}

/** target = left x right, element by element; target may be either. */
export function multiplyRun(target: usize, first: usize, second: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4, target += 16, first += 16, second += 16) {
    storeSome(target, f32x4.mul(loadSome(first, left), loadSome(second, left)), left);
  }
}
