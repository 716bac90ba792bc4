/** Sums of squares of the gradients, chunk by chunk; then their norm and the clipping coefficient. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { multiplyAdd, sumLanes } from '../../backends/wasm/assembly/lanes';
import { CLIP_COEFFICIENT, GRADIENT_NORM, LOSS, MAX_GRAD_NORM, NON_FINITE_CHUNK } from '../../backends/wasm/assembly/stepWords';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Floats whose squares are added in float32 before the sum goes on in float64. */
const BLOCK: i32 = 512;
/** Chunks per ticket. */
const CHUNKS: i32 = 4;

function sumOfSquares(pointer: usize, count: i32): f64 {
  let total: f64 = 0;
  let left = count;
  for (; left >= BLOCK; left -= BLOCK) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (const end = pointer + (<usize>BLOCK << 2); pointer < end; pointer += 64) {
      const value0 = v128.load(pointer);
      const value1 = v128.load(pointer, 16);
      const value2 = v128.load(pointer, 32);
      const value3 = v128.load(pointer, 48);
      sum0 = multiplyAdd(value0, value0, sum0);
      sum1 = multiplyAdd(value1, value1, sum1);
      sum2 = multiplyAdd(value2, value2, sum2);
      sum3 = multiplyAdd(value3, value3, sum3);
    }
    total += <f64>sumLanes(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
  }
  for (; left > 0; left--, pointer += 4) {
    const value = <f64>load<f32>(pointer);
    total += value * value;
  }
  return total;
}

/** Arguments: gradients, chunkTable, partials, firstChunk, chunks. */
export function squaredNorm(args: usize, _thread: i32, _threads: i32): void {
  const first = integerAt(args, 3);
  const chunks = integerAt(args, 4);
  for (let start = nextTicket(0) * CHUNKS; start < chunks; start = nextTicket(0) * CHUNKS) {
    for (let chunk = first + start; chunk < first + min(start + CHUNKS, chunks); chunk++) {
      const entry = pointerAt(args, 1) + (<usize>chunk << 3);
      const sum = sumOfSquares(pointerAt(args, 0) + (<usize>integerAt(entry, 0) << 2), integerAt(entry, 1));
      store<f32>(pointerAt(args, 2) + (<usize>chunk << 2), <f32>sum);
    }
  }
}

/** Arguments: partials, scalars, results, chunks. */
export function finishNorm(args: usize, thread: i32, _threads: i32): void {
  if (thread) return;
  const partials = pointerAt(args, 0);
  const results = pointerAt(args, 2);
  const chunks = integerAt(args, 3);
  let nonFinite: i32 = isFinite<f32>(floatAt(results, LOSS)) ? -1 : 0;
  let sum: f64 = 0;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const partial = floatAt(partials, chunk);
    sum += <f64>partial;
    if (nonFinite < 0 && !isFinite<f32>(partial)) nonFinite = chunk;
  }
  const norm = sqrt<f64>(sum);
  let coefficient = min<f64>(1, <f64>floatAt(pointerAt(args, 1), MAX_GRAD_NORM) / (norm + 1e-6));
  if (nonFinite >= 0) coefficient = 0;
  store<f32>(results + (GRADIENT_NORM << 2), <f32>norm);
  store<f32>(results + (CLIP_COEFFICIENT << 2), <f32>coefficient);
  store<f32>(results + (NON_FINITE_CHUNK << 2), <f32>nonFinite);
}
