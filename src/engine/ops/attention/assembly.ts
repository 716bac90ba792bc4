/**
 * Attention of all heads, forward and backward. A ticket is one head of one row of the batch. Scores exist for a block of
 * queries at a time; backward computes them again from the stored logarithm of each row's sum.
 */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { packPanels } from '../../backends/wasm/assembly/gemm/packRight';
import { SCORE_ROW_BYTES } from '../../backends/wasm/assembly/gemm/scoreTiles';
import { dropoutScales } from '../../backends/wasm/assembly/philox';
import { nextTicket } from '../../backends/wasm/assembly/threads';
import {
  biases, BLOCK_ROWS, blockResult, factors, gradientLeft, gradientRight, keyAcross, keyGradient, keyOrValueDown, layOut,
  padded, queryLeft, queryRight, rowValues, scoreGradients, scores, valueAcross, valueGradient,
} from './assembly/layout';
import { multiplyPacked, multiplyScores, multiplyScoresTransposed, packRows } from './assembly/products';
import {
  dotOfRows, exponentialsOfRow, exponentialSum, fillBiases, scaleRow, softmaxGradientOfRow, takeOut,
} from './assembly/rows';

export { attentionScratchBytes } from './assembly/layout';

// Words of the step's scalars.
const SEED: i32 = 0;
const STEP: i32 = 1;
const DROPOUT_ENABLED: i32 = 2;
const ROW_OFFSET: i32 = 3;

// Of the op being run: each thread has an instance, and so these, of its own.
let scalars: usize = 0;
let op: u32 = 0;
let threshold: u32 = 0;
let keep: f32 = 1;
let S: i32 = 0;
let heads: i32 = 0;
let headSize: i32 = 0;

/** Reads B, S, heads, headSize, stepScalars, op, threshold, keep from argument `first` on. @returns heads in the batch */
function readShape(args: usize, first: i32): i32 {
  S = integerAt(args, first + 1);
  heads = integerAt(args, first + 2);
  headSize = integerAt(args, first + 3);
  scalars = pointerAt(args, first + 4);
  op = integerAt(args, first + 5);
  threshold = integerAt(args, first + 6);
  keep = floatAt(args, first + 7);
  layOut(S, headSize);
  return integerAt(args, first) * heads;
}

// @ts-ignore: decorator
@inline
function dropsOut(): bool {
  return integerAt(scalars, DROPOUT_ENABLED) != 0 && threshold != 0;
}

/** Writes dropout's factors for `rows` queries from `query` on, of head `index` of the micro-batch. */
function fillFactors(index: i32, query: i32, rows: i32): void {
  const row = <u64>(integerAt(scalars, ROW_OFFSET) * heads + index) * <u64>S + <u64>query;
  dropoutScales(factors, row * <u64>S, rows * S, integerAt(scalars, SEED), integerAt(scalars, STEP), op, threshold, keep);
}

/**
 * context = dropout(softmax(query key^T / sqrt(headSize))) value, per head.
 * Arguments: query, key, value, rowStride (floats), mask (i32 [B,S], 0 = padding), context (out [B*S, heads*headSize]),
 * logSumExp (out [B,heads,S]), B, S, heads, headSize, stepScalars, op, threshold, keep.
 */
export function attentionForward(args: usize, _thread: i32, _threads: i32): void {
  const tickets = readShape(args, 7);
  const stride = <usize>integerAt(args, 3) << 2;
  const contextStride = <usize>(heads * headSize) << 2;
  const long = padded(S);
  const wide = padded(headSize);
  const wideBytes = <usize>wide << 2;
  const scale = <f32>(1 / sqrt<f64>(<f64>headSize));
  for (let index = nextTicket(0); index < tickets; index = nextTicket(0)) {
    const batchRow = index / heads;
    const headOffset = <usize>((index % heads) * headSize) << 2;
    const offset = <usize>(batchRow * S) * stride + headOffset;
    const query = pointerAt(args, 0) + offset;
    const context = pointerAt(args, 5) + <usize>(batchRow * S) * contextStride + headOffset;
    const logSumExp = pointerAt(args, 6) + (<usize>(index * S) << 2);
    const any = fillBiases(pointerAt(args, 4) + (<usize>(batchRow * S) << 2), S, long, biases);
    const scoreScale: f32 = any ? scale : 0;
    packPanels(pointerAt(args, 1) + offset, stride, true, S, headSize, keyAcross);
    packPanels(pointerAt(args, 2) + offset, stride, false, headSize, S, keyOrValueDown);
    for (let first = 0; first < S; first += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, S - first);
      packRows(query + <usize>first * stride, stride, rows, headSize, queryLeft);
      multiplyPacked(queryLeft, keyAcross, headSize, scores, SCORE_ROW_BYTES, rows, long);
      const drops = dropsOut();
      if (drops) fillFactors(index, first, rows);
      for (let row = 0; row < rows; row++) {
        const rowScores = scores + <usize>row * SCORE_ROW_BYTES;
        const rowFactors = drops ? factors + (<usize>(row * S) << 2) : 0;
        const largest = exponentialsOfRow(rowScores, biases, rowFactors, long, scoreScale);
        store<f32>(logSumExp + (<usize>(first + row) << 2), <f32>(<f64>largest + Math.log(<f64>exponentialSum)));
        store<f32>(rowValues + (<usize>row << 2), 1 / exponentialSum);
      }
      multiplyScores(scores, keyOrValueDown, S, blockResult, wideBytes, rows, wide);
      for (let row = 0; row < rows; row++) {
        const target = context + <usize>(first + row) * contextStride;
        scaleRow(blockResult + <usize>row * wideBytes, target, headSize, load<f32>(rowValues + (<usize>row << 2)));
      }
    }
  }
}

/**
 * Gradients of query, key and value; overwrites them.
 * Arguments: query, key, value, rowStride (floats), mask, context, logSumExp, dcontext, dquery, dkey, dvalue,
 * gradientRowStride (floats, of the last three), B, S, heads, headSize, stepScalars, op, threshold, keep.
 */
export function attentionBackward(args: usize, _thread: i32, _threads: i32): void {
  const tickets = readShape(args, 12);
  const stride = <usize>integerAt(args, 3) << 2;
  const contextStride = <usize>(heads * headSize) << 2;
  const gradientStride = <usize>integerAt(args, 11) << 2;
  const long = padded(S);
  const wide = padded(headSize);
  const wideBytes = <usize>wide << 2;
  const scale = <f32>(1 / sqrt<f64>(<f64>headSize));
  for (let index = nextTicket(0); index < tickets; index = nextTicket(0)) {
    const batchRow = index / heads;
    const headOffset = <usize>((index % heads) * headSize) << 2;
    const offset = <usize>(batchRow * S) * stride + headOffset;
    const contextOffset = <usize>(batchRow * S) * contextStride + headOffset;
    const gradientOffset = <usize>(batchRow * S) * gradientStride + headOffset;
    const logSumExp = pointerAt(args, 6) + (<usize>(index * S) << 2);
    const any = fillBiases(pointerAt(args, 4) + (<usize>(batchRow * S) << 2), S, long, biases);
    const scoreScale: f32 = any ? scale : 0;
    packPanels(pointerAt(args, 1) + offset, stride, true, S, headSize, keyAcross);
    packPanels(pointerAt(args, 2) + offset, stride, true, S, headSize, valueAcross);
    packPanels(pointerAt(args, 1) + offset, stride, false, headSize, S, keyOrValueDown);
    for (let first = 0; first < S; first += BLOCK_ROWS) {
      const rows = min(BLOCK_ROWS, S - first);
      const query = pointerAt(args, 0) + offset + <usize>first * stride;
      const context = pointerAt(args, 5) + contextOffset + <usize>first * contextStride;
      const gradient = pointerAt(args, 7) + contextOffset + <usize>first * contextStride;
      packRows(query, stride, rows, headSize, queryLeft);
      packRows(gradient, contextStride, rows, headSize, gradientLeft);
      packPanels(query, stride, false, headSize, rows, queryRight);
      packPanels(gradient, contextStride, false, headSize, rows, gradientRight);
      multiplyPacked(queryLeft, keyAcross, headSize, scores, SCORE_ROW_BYTES, rows, long);
      multiplyPacked(gradientLeft, valueAcross, headSize, scoreGradients, SCORE_ROW_BYTES, rows, long);
      const drops = dropsOut();
      if (drops) fillFactors(index, first, rows);
      for (let row = 0; row < rows; row++) {
        const rowOffset = <usize>row * SCORE_ROW_BYTES;
        // Sum over keys of probability * its gradient equals context . dcontext, with dropout too.
        const drift = dotOfRows(context + <usize>row * contextStride, gradient + <usize>row * contextStride, headSize);
        softmaxGradientOfRow(
          scores + rowOffset, scoreGradients + rowOffset, biases, drops ? factors + (<usize>(row * S) << 2) : 0, long,
          scoreScale, load<f32>(logSumExp + (<usize>(first + row) << 2)), drift, scale,
        );
      }
      multiplyScoresTransposed(scores, gradientRight, rows, valueGradient, wideBytes, S, wide, first > 0);
      multiplyScoresTransposed(scoreGradients, queryRight, rows, keyGradient, wideBytes, S, wide, first > 0);
      multiplyScores(scoreGradients, keyOrValueDown, S, blockResult, wideBytes, rows, wide);
      const target = pointerAt(args, 8) + gradientOffset + <usize>first * gradientStride;
      takeOut(blockResult, wideBytes, target, gradientStride, rows, headSize);
    }
    takeOut(keyGradient, wideBytes, pointerAt(args, 9) + gradientOffset, gradientStride, S, headSize);
    takeOut(valueGradient, wideBytes, pointerAt(args, 10) + gradientOffset, gradientStride, S, headSize);
  }
}
