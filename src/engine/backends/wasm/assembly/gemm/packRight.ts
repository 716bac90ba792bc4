/**
 * Packing the right side of a product into panels of 8 columns: for each k, 8 neighbouring floats. Columns missing in the
 * last panel are filled with whatever is at hand; the sums they lead to are never used.
 */

/** Floats per k of a panel. */
export const PANEL_COLUMNS: i32 = 8;

// @ts-ignore: decorator
@inline
function storeTransposed(row0: v128, row1: v128, row2: v128, row3: v128, target: usize): void {
  const low01 = v128.shuffle<f32>(row0, row1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(row0, row1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(row2, row3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(row2, row3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
  v128.store(target, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
  v128.store(target, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
}

/** Four columns of a panel, each contiguous in the source, `stride` bytes apart; missing ones repeat the last. */
function packHalfTransposed(source: usize, stride: usize, columns: i32, depth: i32, target: usize): void {
  let column0 = source;
  let column1 = columns > 1 ? column0 + stride : column0;
  let column2 = columns > 2 ? column1 + stride : column1;
  let column3 = columns > 3 ? column2 + stride : column2;
  let left = depth;
  for (; left >= 4; left -= 4) {
    storeTransposed(v128.load(column0), v128.load(column1), v128.load(column2), v128.load(column3), target);
    column0 += 16;
    column1 += 16;
    column2 += 16;
    column3 += 16;
    target += 128;
  }
  for (; left > 0; left--) {
    store<f32>(target, load<f32>(column0));
    store<f32>(target, load<f32>(column1), 4);
    store<f32>(target, load<f32>(column2), 8);
    store<f32>(target, load<f32>(column3), 12);
    column0 += 4;
    column1 += 4;
    column2 += 4;
    column3 += 4;
    target += 32;
  }
}

/** One panel of a transposed source: element (k, column) lies at source + column * stride + 4 * k. */
export function packPanelTransposed(source: usize, stride: usize, columns: i32, depth: i32, target: usize): void {
  packHalfTransposed(source, stride, columns, depth, target);
  if (columns > 4) packHalfTransposed(source + 4 * stride, stride, columns - 4, depth, target + 16);
  else packHalfTransposed(source, stride, columns, depth, target + 16);
}

/** One panel of a straight source: element (k, column) lies at source + k * stride + 4 * column. */
export function packPanelStraight(source: usize, stride: usize, columns: i32, depth: i32, target: usize): void {
  const end = target + (<usize>depth << 5);
  if (columns >= PANEL_COLUMNS) {
    for (; target < end; target += 32, source += stride) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
    }
    return;
  }
  for (; target < end; target += 32, source += stride) {
    for (let column = 0; column < PANEL_COLUMNS; column++) {
      store<f32>(target + (<usize>column << 2), column < columns ? load<f32>(source + (<usize>column << 2)) : 0);
    }
  }
}

/** All panels of `columns` columns; panel after panel, each depth x 8. @returns the end of what was written */
export function packPanels(source: usize, stride: usize, transposed: bool, columns: i32, depth: i32, target: usize): usize {
  for (let start = 0; start < columns; start += PANEL_COLUMNS) {
    if (transposed) packPanelTransposed(source + <usize>start * stride, stride, columns - start, depth, target);
    else packPanelStraight(source + (<usize>start << 2), stride, columns - start, depth, target);
    target += <usize>depth << 5;
  }
  return target;
}
