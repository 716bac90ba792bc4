/** The dense layer: forward with bias and activation, and its three gradients. */
import { activateRun, NONE, scaleBySlope } from '../../backends/wasm/assembly/activations';
import { integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { matrixProduct } from '../../backends/wasm/assembly/gemm/threaded';
import { nextTicket } from '../../backends/wasm/assembly/threads';

// What follows the product reads its arguments from here: each thread has an instance, and so these, of its own.
let bias: usize = 0;
let out: usize = 0;
let before: usize = 0;
let width: i32 = 0;
let activation: i32 = NONE;

/** Adds the bias to a block, then writes its activation. */
function finishForward(block: usize, stride: usize, row: i32, rows: i32, column: i32, columns: i32): void {
  for (let index = row; index < row + rows; index++, block += stride) {
    if (bias) addRun(block, bias + (<usize>column << 2), columns);
    const target = out + ((<usize>index * <usize>width + <usize>column) << 2);
    activateRun(block, target, columns, activation);
  }
}

/** Scales a block of the gradient by the slope of the layer below. */
function finishInputGradient(block: usize, stride: usize, row: i32, rows: i32, column: i32, columns: i32): void {
  for (let index = row; index < row + rows; index++, block += stride) {
    const offset = (<usize>index * <usize>width + <usize>column) << 2;
    scaleBySlope(block, before + offset, block, columns, activation);
    // A block that is not the target's own was held back because there is something to be added to.
    if (block != out + offset) addRun(out + offset, block, columns);
  }
}

function addRun(target: usize, source: usize, count: i32): void {
  const end = target + (<usize>count << 2);
  const wholeEnd = target + (<usize>(count & ~3) << 2);
  for (; target < wholeEnd; target += 16, source += 16) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
  }
  for (; target < end; target += 4, source += 4) store<f32>(target, load<f32>(target) + load<f32>(source));
}

/**
 * out[M,N] = activation(x[M,K] weight[N,K]^T + bias[N]).
 * Arguments: x, weight, bias (0 = none), out, pre (0 = none; else also the value before activation), M, N, K, activation.
 */
export function linearForward(args: usize, _thread: i32, threads: i32): void {
  const N = integerAt(args, 6);
  const K = integerAt(args, 7);
  bias = pointerAt(args, 2);
  out = pointerAt(args, 3);
  const pre = pointerAt(args, 4);
  width = N;
  activation = integerAt(args, 8);
  const target = pre ? pre : out;
  const finish = bias || activation != NONE || pre ? finishForward : null;
  matrixProduct(pointerAt(args, 0), K, false, pointerAt(args, 1), K, true, target, N, integerAt(args, 5), N, K, false, false, finish, threads);
}

/**
 * dx[M,N] (+)= (dy[M,K] weight[K,N]) * activation'(pre[M,N]), where pre belongs to the layer below: its output was x.
 * Arguments: dy, weight, dx, pre (0 = none), M, N, K, activation, accumulate.
 */
export function linearInputGradient(args: usize, _thread: i32, threads: i32): void {
  const N = integerAt(args, 5);
  const K = integerAt(args, 6);
  out = pointerAt(args, 2);
  before = pointerAt(args, 3);
  width = N;
  activation = integerAt(args, 7);
  const accumulate = integerAt(args, 8) != 0;
  const scaled = before != 0 && activation != NONE;
  matrixProduct(
    pointerAt(args, 0), K, false, pointerAt(args, 1), N, false, out, N, integerAt(args, 4), N, K,
    accumulate, scaled && accumulate, scaled ? finishInputGradient : null, threads,
  );
}

/** Columns of dy that one ticket adds up: a cache line of each row. */
const SUMMED_COLUMNS: i32 = 16;
/** Rows added up before the sum is added to the total: keeps rounding errors small. */
const SUMMED_ROWS: i32 = 64;

/** sums (+)= the sums of 16 columns of dy. */
function sumSixteenColumns(dy: usize, stride: usize, M: i32, sums: usize, accumulate: bool): void {
  let total0 = i32x4.splat(0);
  let total1 = total0;
  let total2 = total0;
  let total3 = total0;
  for (let start = 0; start < M; start += SUMMED_ROWS) {
    let part0 = i32x4.splat(0);
    let part1 = part0;
    let part2 = part0;
    let part3 = part0;
    const end = dy + <usize>min(SUMMED_ROWS, M - start) * stride;
    for (; dy < end; dy += stride) {
      part0 = f32x4.add(part0, v128.load(dy));
      part1 = f32x4.add(part1, v128.load(dy, 16));
      part2 = f32x4.add(part2, v128.load(dy, 32));
      part3 = f32x4.add(part3, v128.load(dy, 48));
    }
    total0 = f32x4.add(total0, part0);
    total1 = f32x4.add(total1, part1);
    total2 = f32x4.add(total2, part2);
    total3 = f32x4.add(total3, part3);
  }
  v128.store(sums, accumulate ? f32x4.add(v128.load(sums), total0) : total0);
  v128.store(sums, accumulate ? f32x4.add(v128.load(sums, 16), total1) : total1, 16);
  v128.store(sums, accumulate ? f32x4.add(v128.load(sums, 32), total2) : total2, 32);
  v128.store(sums, accumulate ? f32x4.add(v128.load(sums, 48), total3) : total3, 48);
}

/** sums[0] (+)= the sum of one column of dy. */
function sumColumn(dy: usize, stride: usize, M: i32, sums: usize, accumulate: bool): void {
  let total: f32 = 0;
  for (let start = 0; start < M; start += SUMMED_ROWS) {
    let part: f32 = 0;
    for (let row = start; row < min(M, start + SUMMED_ROWS); row++) part += load<f32>(dy + <usize>row * stride);
    total += part;
  }
  store<f32>(sums, accumulate ? load<f32>(sums) + total : total);
}

/** dbias[N] (+)= column sums of dy, drawing tickets from counter 1: the product draws its own from 0 in this phase. */
function sumColumns(dy: usize, dbias: usize, M: i32, N: i32, accumulate: bool): void {
  const stride = <usize>N << 2;
  for (let first = nextTicket(1) * SUMMED_COLUMNS; first < N; first = nextTicket(1) * SUMMED_COLUMNS) {
    if (N - first >= SUMMED_COLUMNS) {
      sumSixteenColumns(dy + (<usize>first << 2), stride, M, dbias + (<usize>first << 2), accumulate);
      continue;
    }
    for (let column = first; column < N; column++) {
      sumColumn(dy + (<usize>column << 2), stride, M, dbias + (<usize>column << 2), accumulate);
    }
  }
}

/**
 * dweight[N,K] (+)= dy[M,N]^T x[M,K]; dbias[N] (+)= column sums of dy.
 * Arguments: dy, x, dweight (0 = only the bias), dbias (0 = none), M, N, K, accumulate.
 */
export function linearWeightGradient(args: usize, _thread: i32, threads: i32): void {
  const dy = pointerAt(args, 0);
  const dweight = pointerAt(args, 2);
  const dbias = pointerAt(args, 3);
  const M = integerAt(args, 4);
  const N = integerAt(args, 5);
  const K = integerAt(args, 6);
  const accumulate = integerAt(args, 7) != 0;
  if (dbias) sumColumns(dy, dbias, M, N, accumulate);
  if (dweight) matrixProduct(dy, N, true, pointerAt(args, 1), K, false, dweight, K, N, K, M, accumulate, false, null, threads);
}
