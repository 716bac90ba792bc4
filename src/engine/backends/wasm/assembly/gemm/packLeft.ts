/**
 * Packing the left side of a product into panels of as many rows as the tile has (6 or 4): for each k, that many
 * neighbouring floats. Rows missing in the last panel repeat another one; the sums they lead to are never used.
 */

/** A panel of 6 rows, each contiguous in the source: element (row, k) lies at source + row * stride + 4 * k. */
function packSixStraight(source: usize, stride: usize, rows: i32, depth: i32, target: usize): void {
  let row0 = source;
  let row1 = rows > 1 ? row0 + stride : row0;
  let row2 = rows > 2 ? row1 + stride : row1;
  let row3 = rows > 3 ? row2 + stride : row2;
  let row4 = rows > 4 ? row3 + stride : row3;
  let row5 = rows > 5 ? row4 + stride : row4;
  let left = depth;
  for (; left >= 4; left -= 4) {
    const value0 = v128.load(row0);
    const value1 = v128.load(row1);
    const value2 = v128.load(row2);
    const value3 = v128.load(row3);
    const value4 = v128.load(row4);
    const value5 = v128.load(row5);
    const low01 = v128.shuffle<f32>(value0, value1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(value0, value1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(value2, value3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(value2, value3, 2, 6, 3, 7);
    const low45 = v128.shuffle<f32>(value4, value5, 0, 4, 1, 5);
    const high45 = v128.shuffle<f32>(value4, value5, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(target, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 24);
    v128.store(target, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 48);
    v128.store(target, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 72);
    v128.store64_lane(target, low45, 0, 16);
    v128.store64_lane(target, low45, 1, 40);
    v128.store64_lane(target, high45, 0, 64);
    v128.store64_lane(target, high45, 1, 88);
    row0 += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
    row4 += 16;
    row5 += 16;
    target += 96;
  }
  for (; left > 0; left--) {
    store<f32>(target, load<f32>(row0));
    store<f32>(target, load<f32>(row1), 4);
    store<f32>(target, load<f32>(row2), 8);
    store<f32>(target, load<f32>(row3), 12);
    store<f32>(target, load<f32>(row4), 16);
    store<f32>(target, load<f32>(row5), 20);
    row0 += 4;
    row1 += 4;
    row2 += 4;
    row3 += 4;
    row4 += 4;
    row5 += 4;
    target += 24;
  }
}

/** The same for 4 rows. */
function packFourStraight(source: usize, stride: usize, rows: i32, depth: i32, target: usize): void {
  let row0 = source;
  let row1 = rows > 1 ? row0 + stride : row0;
  let row2 = rows > 2 ? row1 + stride : row1;
  let row3 = rows > 3 ? row2 + stride : row2;
  let left = depth;
  for (; left >= 4; left -= 4) {
    const value0 = v128.load(row0);
    const value1 = v128.load(row1);
    const value2 = v128.load(row2);
    const value3 = v128.load(row3);
    const low01 = v128.shuffle<f32>(value0, value1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(value0, value1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(value2, value3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(value2, value3, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(target, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
    v128.store(target, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
    v128.store(target, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
    row0 += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
    target += 64;
  }
  for (; left > 0; left--) {
    store<f32>(target, load<f32>(row0));
    store<f32>(target, load<f32>(row1), 4);
    store<f32>(target, load<f32>(row2), 8);
    store<f32>(target, load<f32>(row3), 12);
    row0 += 4;
    row1 += 4;
    row2 += 4;
    row3 += 4;
    target += 16;
  }
}

/** A panel of a transposed source: element (row, k) lies at source + k * stride + 4 * row. */
function packTransposed(source: usize, stride: usize, rows: i32, tile: i32, depth: i32, target: usize): void {
  const step = <usize>tile << 2;
  const end = target + <usize>depth * step;
  if (rows >= 6 && tile == 6) {
    for (; target < end; target += 24, source += stride) {
      v128.store(target, v128.load(source));
      store<u64>(target, load<u64>(source, 16), 16);
    }
  } else if (rows >= 4 && tile == 4) {
    for (; target < end; target += 16, source += stride) v128.store(target, v128.load(source));
  } else {
    for (; target < end; target += step, source += stride) {
      for (let row = 0; row < tile; row++) {
        store<f32>(target + (<usize>row << 2), row < rows ? load<f32>(source + (<usize>row << 2)) : 0);
      }
    }
  }
}

/** One panel of `tile` (6 or 4) rows, of which `rows` exist; `stride` is in bytes. */
export function packLeftPanel(source: usize, stride: usize, transposed: bool, rows: i32, tile: i32, depth: i32, target: usize): void {
  if (transposed) packTransposed(source, stride, rows, tile, depth, target);
  else if (tile == 6) packSixStraight(source, stride, rows, depth, target);
  else packFourStraight(source, stride, rows, depth, target);
}

/** All panels of `rows` rows, one after the other, each depth x tile. */
export function packLeftPanels(source: usize, stride: usize, transposed: bool, rows: i32, tile: i32, depth: i32, target: usize): void {
  for (let start = 0; start < rows; start += tile) {
    const first = transposed ? source + (<usize>start << 2) : source + <usize>start * stride;
    packLeftPanel(first, stride, transposed, rows - start, tile, depth, target);
    target += <usize>(depth * tile) << 2;
  }
}
