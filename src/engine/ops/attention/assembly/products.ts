/** Products of one head, by one thread. Rows are cut into tiles of 6 and 4 so that even numbers leave nothing over. */
import { packLeftPanel } from '../../../backends/wasm/assembly/gemm/packLeft';
import { tileRows } from '../../../backends/wasm/assembly/gemm/scratch';
import { fourScoreRows, SCORE_ROW_BYTES, sixScoreRows } from '../../../backends/wasm/assembly/gemm/scoreTiles';
import { fourNeighbours, sixNeighbours } from '../../../backends/wasm/assembly/gemm/tiles';

/** Rows of the next tile when `left` rows are to come. */
// @ts-ignore: decorator
@inline
function nextTile(left: i32, most: i32): i32 {
  return most == 4 || left <= 4 || left == 7 || left == 8 ? 4 : 6;
}

/** Packs rows, each contiguous and `stride` bytes apart, as a left side: row r's panel starts at target + 4 * r * depth. */
export function packRows(source: usize, stride: usize, rows: i32, depth: i32, target: usize): void {
  const most = tileRows();
  for (let row = 0; row < rows; ) {
    const tile = nextTile(rows - row, most);
    packLeftPanel(source + <usize>row * stride, stride, false, rows - row, tile, depth, target + (<usize>(row * depth) << 2));
    row += tile;
  }
}

/** target = left right, of packed rows and packed panels. */
export function multiplyPacked(left: usize, right: usize, depth: i32, target: usize, stride: usize, rows: i32, columns: i32): void {
  const most = tileRows();
  for (let column = 0; column < columns; column += 8) {
    for (let row = 0; row < rows; ) {
      const tile = nextTile(rows - row, most);
      const panel = left + (<usize>(row * depth) << 2);
      const block = target + <usize>row * stride + (<usize>column << 2);
      if (tile == 6) sixNeighbours(panel, 24, right, depth, block, stride, false);
      else fourNeighbours(panel, 16, right, depth, block, stride, false);
      row += tile;
    }
    right += <usize>depth << 5;
  }
}

/** target = scores right, over `depth` columns of a block of scores. */
export function multiplyScores(scores: usize, right: usize, depth: i32, target: usize, stride: usize, rows: i32, columns: i32): void {
  const most = tileRows();
  for (let column = 0; column < columns; column += 8) {
    for (let row = 0; row < rows; ) {
      const tile = nextTile(rows - row, most);
      const block = target + <usize>row * stride + (<usize>column << 2);
      if (tile == 6) sixScoreRows(scores + <usize>row * SCORE_ROW_BYTES, right, depth, block, stride, false);
      else fourScoreRows(scores + <usize>row * SCORE_ROW_BYTES, right, depth, block, stride, false);
      row += tile;
    }
    right += <usize>depth << 5;
  }
}

/** target (+)= scores^T right: `rows` columns of the block are the rows here, its `depth` rows the terms. */
export function multiplyScoresTransposed(
  scores: usize, right: usize, depth: i32, target: usize, stride: usize, rows: i32, columns: i32, add: bool,
): void {
  const most = tileRows();
  for (let row = 0; row < rows; ) {
    const tile = nextTile(rows - row, most);
    const left = scores + (<usize>row << 2);
    for (let column = 0; column < columns; column += 8) {
      const panel = right + (<usize>(column * depth) << 2);
      const block = target + <usize>row * stride + (<usize>column << 2);
      if (tile == 6) sixNeighbours(left, SCORE_ROW_BYTES, panel, depth, block, stride, add);
      else fourNeighbours(left, SCORE_ROW_BYTES, panel, depth, block, stride, add);
    }
    row += tile;
  }
}
