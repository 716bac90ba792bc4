/** Where attention keeps what in a thread's scratch. Rows and columns are padded to whole tiles and panels. */
import { freeScratch, PRODUCT_BYTES } from '../../../backends/wasm/assembly/gemm/scratch';
import { SCORE_ROW_BYTES } from '../../../backends/wasm/assembly/gemm/scoreTiles';

/** Query rows whose scores are held at a time; a multiple of both tiles. */
export const BLOCK_ROWS: i32 = 48;
/** Longest sequence: a row of scores must fit into its fixed distance, with its padding. */
export const LONGEST_SEQUENCE: i32 = 520;
/** Rows that the last tile of a block may have too many, and then some. */
const SPARE_ROWS: i32 = 8;

/** A matrix of block rows x head size: queries or gradients packed as a left side. */
export let queryLeft: usize = 0;
/** Block of gradients of the context, packed as a left side. */
export let gradientLeft: usize = 0;
/** Block of queries, packed as a right side. */
export let queryRight: usize = 0;
/** Block of gradients of the context, packed as a right side. */
export let gradientRight: usize = 0;
/** Block of results, rows of the padded head size. */
export let blockResult: usize = 0;
/** Keys, head size x sequence, packed as a right side. */
export let keyAcross: usize = 0;
/** Values, head size x sequence, packed as a right side. */
export let valueAcross: usize = 0;
/** Keys (backward) or values (forward), sequence x head size, packed as a right side. */
export let keyOrValueDown: usize = 0;
/** Gradient of the keys, rows of the padded head size. */
export let keyGradient: usize = 0;
/** Gradient of the values, likewise. */
export let valueGradient: usize = 0;
/** Scores, then probabilities of a block. */
export let scores: usize = 0;
/** Gradients of a block of scores. */
export let scoreGradients: usize = 0;
/** Dropout's factors of a block, rows of exactly the sequence's length. */
export let factors: usize = 0;
/** Added to the scaled score of each key: 0, or far below if it does not count. */
export let biases: usize = 0;
/** One float per row of a block. */
export let rowValues: usize = 0;

/** `size` rounded up to whole panels of 8. */
// @ts-ignore: decorator
@inline
export function padded(size: i32): i32 {
  return (size + 7) & ~7;
}

/** Lays everything out from `start` on. @returns the end */
function place(start: usize, S: i32, headSize: i32): usize {
  const wide = padded(headSize);
  const long = padded(S);
  const blockBytes = <usize>((BLOCK_ROWS + SPARE_ROWS) * wide) << 2;
  const sequenceBytes = <usize>((long + SPARE_ROWS) * wide) << 2;
  const scoreBytes = <usize>(BLOCK_ROWS + SPARE_ROWS) * SCORE_ROW_BYTES;
  queryLeft = start;
  gradientLeft = queryLeft + blockBytes;
  queryRight = gradientLeft + blockBytes;
  gradientRight = queryRight + blockBytes;
  blockResult = gradientRight + blockBytes;
  keyAcross = blockResult + blockBytes;
  valueAcross = keyAcross + sequenceBytes;
  keyOrValueDown = valueAcross + sequenceBytes;
  keyGradient = keyOrValueDown + sequenceBytes;
  valueGradient = keyGradient + sequenceBytes;
  scores = valueGradient + sequenceBytes;
  scoreGradients = scores + scoreBytes;
  factors = scoreGradients + scoreBytes;
  biases = factors + (<usize>((BLOCK_ROWS + 1) * long) << 2);
  rowValues = biases + (<usize>long << 2);
  return rowValues + (<usize>BLOCK_ROWS << 2);
}

/** Lays everything out in this thread's scratch. */
export function layOut(S: i32, headSize: i32): void {
  if (S > LONGEST_SEQUENCE) unreachable();
  place(freeScratch(), S, headSize);
}

/** Bytes that a thread's scratch must have, matrix products' part included. */
export function attentionScratchBytes(S: i32, headSize: i32): usize {
  return (PRODUCT_BYTES + place(0, S, headSize) + 127) & ~63;
}
