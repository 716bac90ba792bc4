/** LayerNorm over a residual sum, and the gradients of any LayerNorm. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { dropoutRun } from '../../backends/wasm/assembly/dropoutRun';
import { multiplyAdd, sumLanes } from '../../backends/wasm/assembly/lanes';
import { normalizeRow } from '../../backends/wasm/assembly/normalizeRow';
import { addRun, clearRun, firstColumn, loadSome, multiplyRun, storeSome } from '../../backends/wasm/assembly/runs';
import { freeScratch } from '../../backends/wasm/assembly/gemm/scratch';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Rows per ticket. */
const ROWS: i32 = 16;
/** Rows whose sum is made by itself before it joins the total: keeps rounding errors of long sums small. */
const BLOCK: i32 = 64;

/** row = residual + row x mask */
function addResidual(row: usize, residual: usize, mask: usize, count: i32): void {
  if (!mask) {
    addRun(row, residual, count);
    return;
  }
  for (let left = count; left > 0; left -= 4, row += 16, residual += 16, mask += 16) {
    storeSome(row, multiplyAdd(loadSome(row, left), loadSome(mask, left), loadSome(residual, left)), left);
  }
}

/** Arguments: sum, residual, weight, bias, output, statistics, tokens, hidden, epsilon, dropout (5 words). */
export function residualNorm(args: usize, _thread: i32, _threads: i32): void {
  const tokens = integerAt(args, 6);
  const hidden = integerAt(args, 7);
  const rowBytes = <usize>hidden << 2;
  for (let start = nextTicket(0) * ROWS; start < tokens; start = nextTicket(0) * ROWS) {
    const end = min(start + ROWS, tokens);
    for (let token = start; token < end; token++) {
      const row = pointerAt(args, 0) + <usize>token * rowBytes;
      const mask = dropoutRun(freeScratch(), args + 36, <i64>token * hidden, hidden);
      addResidual(row, pointerAt(args, 1) + <usize>token * rowBytes, mask, hidden);
      const output = pointerAt(args, 4) + <usize>token * rowBytes;
      normalizeRow(row, pointerAt(args, 2), pointerAt(args, 3), 0, output, pointerAt(args, 5) + (<usize>token << 3), hidden, floatAt(args, 8));
    }
  }
}

/** dSum (+)= inverse x (d x weight - mean(g) - x̂ mean(g x̂)), with g = d x weight. dSum may be d. */
function gradientOfRow(d: usize, row: usize, weight: usize, dSum: usize, mean: f32, inverse: f32, count: i32, accumulate: i32): void {
  const means = f32x4.splat(mean);
  const inverses = f32x4.splat(inverse);
  let sum = f32x4.splat(0);
  let product = f32x4.splat(0);
  const bytes = <usize>count << 2;
  for (let left = count, at: usize = 0; at < bytes; left -= 4, at += 16) {
    const g = f32x4.mul(loadSome(d + at, left), loadSome(weight + at, left));
    const unit = f32x4.mul(f32x4.sub(loadSome(row + at, left), means), inverses);
    sum = f32x4.add(sum, g);
    product = multiplyAdd(g, unit, product);
  }
  const meanOfG = f32x4.splat(sumLanes(sum) / <f32>count);
  const meanOfProduct = f32x4.splat(sumLanes(product) / <f32>count);
  for (let left = count, at: usize = 0; at < bytes; left -= 4, at += 16) {
    const g = f32x4.mul(loadSome(d + at, left), loadSome(weight + at, left));
    const unit = f32x4.mul(f32x4.sub(loadSome(row + at, left), means), inverses);
    let value = f32x4.mul(inverses, f32x4.sub(f32x4.sub(g, meanOfG), f32x4.mul(unit, meanOfProduct)));
    if (accumulate) value = f32x4.add(loadSome(dSum + at, left), value);
    storeSome(dSum + at, value, left);
  }
}

/**
 * Arguments: dOutput, sum, statistics, weight, dSum, dInput (or 0), tokens, hidden, accumulate, outputDropout (5 words),
 * inputDropout (5 words).
 */
export function normGradient(args: usize, _thread: i32, _threads: i32): void {
  const dInputs = pointerAt(args, 5);
  const tokens = integerAt(args, 6);
  const hidden = integerAt(args, 7);
  const accumulate = integerAt(args, 8);
  const rowBytes = <usize>hidden << 2;
  const scratch = freeScratch();
  for (let start = nextTicket(0) * ROWS; start < tokens; start = nextTicket(0) * ROWS) {
    const end = min(start + ROWS, tokens);
    for (let token = start; token < end; token++) {
      const at = <usize>token * rowBytes;
      const statistics = pointerAt(args, 2) + (<usize>token << 3);
      const dSum = pointerAt(args, 4) + at;
      let d = pointerAt(args, 0) + at;
      const outputMask = dropoutRun(scratch, args + 36, <i64>token * hidden, hidden);
      if (outputMask) {
        multiplyRun(scratch, d, outputMask, hidden);
        d = scratch;
      }
      // dInput is the dropout of this gradient alone, not of what dSum already holds.
      const target = dInputs ? dInputs + at : dSum;
      gradientOfRow(d, pointerAt(args, 1) + at, pointerAt(args, 3), target, load<f32>(statistics), load<f32>(statistics, 4), hidden, dInputs ? 0 : accumulate);
      if (!dInputs) continue;
      if (accumulate) addRun(dSum, target, hidden);
      else memory.copy(dSum, target, rowBytes);
      const inputMask = dropoutRun(scratch, args + 56, <i64>token * hidden, hidden);
      if (inputMask) multiplyRun(target, target, inputMask, hidden);
    }
  }
}

/** weights += d x̂ and biases += d for `rows` rows, `stride` bytes apart in both, `count` columns of each. */
function addRows(d: usize, row: usize, statistics: usize, rows: i32, stride: usize, weights: usize, biases: usize, count: i32): void {
  let left = rows;
  // Four rows at a time: the sums are loaded and stored once for all of them.
  for (; left >= 4; left -= 4) {
    const mean0 = v128.load32_splat(statistics);
    const inverse0 = v128.load32_splat(statistics, 4);
    const mean1 = v128.load32_splat(statistics, 8);
    const inverse1 = v128.load32_splat(statistics, 12);
    const mean2 = v128.load32_splat(statistics, 16);
    const inverse2 = v128.load32_splat(statistics, 20);
    const mean3 = v128.load32_splat(statistics, 24);
    const inverse3 = v128.load32_splat(statistics, 28);
    for (let columns = count, at: usize = 0; columns > 0; columns -= 4, at += 16) {
      let weight = loadSome(weights + at, columns);
      let bias = loadSome(biases + at, columns);
      let value = loadSome(d + at, columns);
      bias = f32x4.add(bias, value);
      weight = multiplyAdd(value, f32x4.mul(f32x4.sub(loadSome(row + at, columns), mean0), inverse0), weight);
      value = loadSome(d + stride + at, columns);
      bias = f32x4.add(bias, value);
      weight = multiplyAdd(value, f32x4.mul(f32x4.sub(loadSome(row + stride + at, columns), mean1), inverse1), weight);
      value = loadSome(d + 2 * stride + at, columns);
      bias = f32x4.add(bias, value);
      weight = multiplyAdd(value, f32x4.mul(f32x4.sub(loadSome(row + 2 * stride + at, columns), mean2), inverse2), weight);
      value = loadSome(d + 3 * stride + at, columns);
      bias = f32x4.add(bias, value);
      weight = multiplyAdd(value, f32x4.mul(f32x4.sub(loadSome(row + 3 * stride + at, columns), mean3), inverse3), weight);
      storeSome(weights + at, weight, columns);
      storeSome(biases + at, bias, columns);
    }
    d += 4 * stride;
    row += 4 * stride;
    statistics += 32;
  }
  for (; left > 0; left--) {
    const mean = v128.load32_splat(statistics);
    const inverse = v128.load32_splat(statistics, 4);
    for (let columns = count, at: usize = 0; columns > 0; columns -= 4, at += 16) {
      const value = loadSome(d + at, columns);
      const unit = f32x4.mul(f32x4.sub(loadSome(row + at, columns), mean), inverse);
      storeSome(weights + at, multiplyAdd(value, unit, loadSome(weights + at, columns)), columns);
      storeSome(biases + at, f32x4.add(loadSome(biases + at, columns), value), columns);
    }
    d += stride;
    row += stride;
    statistics += 8;
  }
}

/** Adds a block's sum to a gradient, or puts it there. */
function settle(gradient: usize, sum: usize, count: i32, fresh: bool): void {
  if (!gradient) return;
  if (fresh) memory.copy(gradient, sum, <usize>count << 2);
  else addRun(gradient, sum, count);
}

/** Arguments: dOutput, sum, statistics, dWeight (or 0), dBias (or 0), tokens, hidden, accumulate, outputDropout (5 words). */
export function normParameterGradient(args: usize, thread: i32, threads: i32): void {
  const tokens = integerAt(args, 5);
  const hidden = integerAt(args, 6);
  const first = firstColumn(hidden, thread, threads);
  const count = firstColumn(hidden, thread + 1, threads) - first;
  if (!count) return;
  const stride = <usize>hidden << 2;
  const offset = <usize>first << 2;
  const weights = freeScratch();
  const biases = weights + stride;
  const masked = biases + stride;
  const dWeight = pointerAt(args, 3) ? pointerAt(args, 3) + offset : 0;
  const dBias = pointerAt(args, 4) ? pointerAt(args, 4) + offset : 0;
  for (let begin = 0; begin < tokens; begin += BLOCK) {
    const end = min(begin + BLOCK, tokens);
    const fresh = !begin && !integerAt(args, 7);
    clearRun(weights, count);
    clearRun(biases, count);
    const at = <usize>begin * stride + offset;
    const statistics = pointerAt(args, 2) + (<usize>begin << 3);
    if (dropoutRun(masked, args + 32, <i64>begin * hidden + first, count)) {
      for (let token = begin; token < end; token++) {
        const here = <usize>token * stride + offset;
        const mask = dropoutRun(masked, args + 32, <i64>token * hidden + first, count);
        multiplyRun(masked, mask, pointerAt(args, 0) + here, count);
        addRows(masked, pointerAt(args, 1) + here, pointerAt(args, 2) + (<usize>token << 3), 1, stride, weights, biases, count);
      }
    } else addRows(pointerAt(args, 0) + at, pointerAt(args, 1) + at, statistics, end - begin, stride, weights, biases, count);
    settle(dWeight, weights, count, fresh);
    settle(dBias, biases, count, fresh);
  }
}
