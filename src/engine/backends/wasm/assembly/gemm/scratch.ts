/**
 * Working memory of this instance, and the sizes of a product's blocks.
 *
 * `shared` holds the packed right side of one product and is used by all threads together; each thread has a scratch of
 * its own, in which matrix products use the front and attention the rest.
 */

/** Rows of the target that one ticket may cover; a multiple of both tiles. */
export const MOST_ROWS: i32 = 96;
/** Most terms added in registers before they are added to the target: a packed panel of 12 KiB stays in the first cache. */
export const MOST_DEPTH: i32 = 384;
/** Columns of a target block that is held in scratch because it cannot be added to the target at once. */
export const HELD_COLUMNS: i32 = 256;
/** The packed right side is split by columns when it would be larger. */
const MOST_SHARED_BYTES: f64 = 16777216;

/** A tile of 192 bytes, then 128 for `spareScratch`. */
const TILE_BYTES: usize = 320;
const LEFT_BYTES: usize = 147456; // MOST_ROWS * MOST_DEPTH floats
const HELD_BYTES: usize = 98304; // MOST_ROWS * HELD_COLUMNS floats
/** Bytes at the front of a thread's scratch that matrix products use. */
export const PRODUCT_BYTES: usize = TILE_BYTES + LEFT_BYTES + HELD_BYTES;

let shared: usize = 0;
let sharedBytes: usize = 0;
let own: usize = 0;
let tile: i32 = 4;

/** Tells this instance where to work: the area of all threads, and its own. Both aligned to 64. */
export function setScratch(sharedPointer: usize, sharedSize: usize, ownPointer: usize): void {
  shared = sharedPointer;
  sharedBytes = sharedSize;
  own = ownPointer;
}

/** Rows of the tile: 6 or 4. All threads must use the same; results do not depend on it. */
export function setTile(rows: i32): void {
  tile = rows == 6 ? 6 : 4;
}

/** Rows of the tile in use. */
// @ts-ignore: decorator
@inline
export function tileRows(): i32 {
  return tile;
}

/** The packed right side. */
// @ts-ignore: decorator
@inline
export function sharedScratch(): usize {
  return shared;
}

/** A tile at the target's edge is computed here first. */
// @ts-ignore: decorator
@inline
export function tileScratch(): usize {
  return own;
}

/** 128 bytes for any function's use that does not outlast it. */
// @ts-ignore: decorator
@inline
export function spareScratch(): usize {
  return own + 192;
}

/** Packed rows of the left side. */
// @ts-ignore: decorator
@inline
export function leftScratch(): usize {
  return own + TILE_BYTES;
}

/** A block of the target that is held back. */
// @ts-ignore: decorator
@inline
export function heldScratch(): usize {
  return own + TILE_BYTES + LEFT_BYTES;
}

/** What follows the part used by matrix products: attention's. */
// @ts-ignore: decorator
@inline
export function freeScratch(): usize {
  return own + PRODUCT_BYTES;
}

/** Shared bytes that a product with N target columns over K terms asks for; with less than this it would be wrong. */
export function productSharedBytes(N: i32, K: i32): usize {
  const whole = <f64>((N + 7) & ~7) * <f64>K * 4;
  const least = <f64>K * 32;
  return <usize>max(least, min(whole, MOST_SHARED_BYTES));
}

/** Columns of the target whose packed right side fits into the shared scratch: a multiple of 8. */
export function columnsAtOnce(N: i32, K: i32): i32 {
  const fitting = <i32>(sharedBytes / (<usize>K << 2)) & ~7;
  return max(8, min((N + 7) & ~7, fitting));
}

/** Terms per block of K: as equal as multiples of 4 allow. Depends on K alone, so the order of additions does too. */
export function depthAtOnce(K: i32): i32 {
  const blocks = (K + MOST_DEPTH - 1) / MOST_DEPTH;
  return ((K + blocks - 1) / blocks + 3) & ~3;
}
