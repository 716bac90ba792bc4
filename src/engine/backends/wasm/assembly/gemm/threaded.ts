/**
 * A matrix product by all threads. Per group of columns: the threads pack the whole right side into the shared scratch,
 * meet, then draw tickets for blocks of the target. A block is computed from first to last term by one thread, which then
 * finishes it (bias, activation) while it is in its cache; so what a float becomes depends on nobody's timing.
 */
import { barrier, nextTicket } from '../threads';
import { packLeftPanels } from './packLeft';
import { packPanels, PANEL_COLUMNS } from './packRight';
import {
  columnsAtOnce, depthAtOnce, HELD_COLUMNS, heldScratch, leftScratch, MOST_ROWS, sharedScratch, tileRows, tileScratch,
} from './scratch';
import { fourNeighbours, sixNeighbours } from './tiles';

/** Called on each finished block: where its first float lies, bytes from row to row, its place in the target. */
export type Finish = (block: usize, stride: usize, row: i32, rows: i32, column: i32, columns: i32) => void;

/** Columns packed per ticket. */
const PACKED_COLUMNS: i32 = 32;

/** Copies, or adds, the part of a tile that exists. */
function mergeTile(source: usize, target: usize, stride: usize, rows: i32, columns: i32, add: bool): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const offset = <usize>column << 2;
      const value = load<f32>(source + offset);
      store<f32>(target + offset, add ? load<f32>(target + offset) + value : value);
    }
    source += 32;
    target += stride;
  }
}

/** target (+)= left right for one block of K: packed left rows, packed right panels. */
export function multiplyBlock(
  left: usize, right: usize, depth: i32, target: usize, stride: usize, rows: i32, columns: i32, add: bool,
): void {
  const tile = tileRows();
  const leftBytes = <usize>(depth * tile) << 2;
  const corner = tileScratch();
  for (let column = 0; column < columns; column += PANEL_COLUMNS) {
    let panel = left;
    let block = target + (<usize>column << 2);
    const width = columns - column;
    for (let row = 0; row < rows; row += tile) {
      const whole = rows - row >= tile && width >= PANEL_COLUMNS;
      const into = whole ? block : corner;
      const intoStride = whole ? stride : 32;
      if (tile == 6) sixNeighbours(panel, 24, right, depth, into, intoStride, add && whole);
      else fourNeighbours(panel, 16, right, depth, into, intoStride, add && whole);
      if (!whole) mergeTile(corner, block, stride, min(rows - row, tile), min(width, PANEL_COLUMNS), add);
      panel += leftBytes;
      block += <usize>tile * stride;
    }
    right += <usize>depth << 5;
  }
}

/** Packs `columns` columns of the right side, all of K: block of K after block, in each panel after panel. */
function packRightTogether(right: usize, stride: usize, transposed: bool, columns: i32, K: i32, packed: usize): void {
  const depth = depthAtOnce(K);
  const padded = (columns + 7) & ~7;
  const groups = (columns + PACKED_COLUMNS - 1) / PACKED_COLUMNS;
  const blocks = (K + depth - 1) / depth;
  for (let ticket = nextTicket(0); ticket < groups * blocks; ticket = nextTicket(0)) {
    const start = (ticket / groups) * depth;
    const column = (ticket % groups) * PACKED_COLUMNS;
    const deep = min(depth, K - start);
    const source = transposed
      ? right + <usize>column * stride + (<usize>start << 2)
      : right + <usize>start * stride + (<usize>column << 2);
    const target = packed + ((<usize>start * <usize>padded + <usize>column * <usize>deep) << 2);
    packPanels(source, stride, transposed, min(PACKED_COLUMNS, columns - column), deep, target);
  }
}

/**
 * target[M,N] (+)= left[M,K] right[K,N]. Strides are in floats. A transposed left has element (m, k) at k * stride + m, a
 * transposed right has (k, n) at n * stride + k.
 * @param held the product is not added to target but handed to `finish` in a block of scratch
 * @param finish called on each block, or null
 */
export function matrixProduct(
  left: usize, leftStride: i32, leftTransposed: bool, right: usize, rightStride: i32, rightTransposed: bool,
  target: usize, targetStride: i32, M: i32, N: i32, K: i32, accumulate: bool, held: bool, finish: Finish | null, threads: i32,
): void {
  const tile = tileRows();
  const leftBytes = <usize>leftStride << 2;
  const rightBytes = <usize>rightStride << 2;
  const depth = depthAtOnce(K);
  const atOnce = held ? min(HELD_COLUMNS, columnsAtOnce(N, K)) : columnsAtOnce(N, K);
  // Some eight tickets a thread keep the last one short; with few rows, blocks are cut by columns too.
  const rows = min(MOST_ROWS, roundUp((M + threads * 8 - 1) / (threads * 8), tile));
  const rowBlocks = (M + rows - 1) / rows;
  const packed = sharedScratch();
  for (let first = 0; first < N; first += atOnce) {
    const columns = min(atOnce, N - first);
    const padded = (columns + 7) & ~7;
    const source = right + (rightTransposed ? <usize>first * rightBytes : <usize>first << 2);
    packRightTogether(source, rightBytes, rightTransposed, columns, K, packed);
    barrier(threads);
    const cuts = threads == 1 ? 1 : max(1, (threads * 4) / rowBlocks);
    const width = roundUp((columns + cuts - 1) / cuts, 32);
    const columnBlocks = (columns + width - 1) / width;
    for (let ticket = nextTicket(0); ticket < rowBlocks * columnBlocks; ticket = nextTicket(0)) {
      const row = (ticket / columnBlocks) * rows;
      const column = (ticket % columnBlocks) * width;
      const high = min(rows, M - row);
      const wide = min(width, columns - column);
      const stride = held ? <usize>HELD_COLUMNS << 2 : <usize>targetStride << 2;
      const block = held ? heldScratch() : target + <usize>row * stride + (<usize>(first + column) << 2);
      for (let start = 0; start < K; start += depth) {
        const deep = min(depth, K - start);
        const leftSource = leftTransposed
          ? left + <usize>start * leftBytes + (<usize>row << 2)
          : left + <usize>row * leftBytes + (<usize>start << 2);
        packLeftPanels(leftSource, leftBytes, leftTransposed, high, tile, deep, leftScratch());
        const panels = packed + ((<usize>start * <usize>padded + <usize>column * <usize>deep) << 2);
        multiplyBlock(leftScratch(), panels, deep, block, stride, high, wide, (accumulate && !held) || start > 0);
      }
      if (finish) finish(block, stride, row, high, first + column, wide);
    }
    // Nobody may pack the next columns while another still reads these.
    if (first + atOnce < N) barrier(threads);
  }
}

// @ts-ignore: decorator
@inline
function roundUp(value: i32, unit: i32): i32 {
  return ((value + unit - 1) / unit) * unit;
}
