/** Activations by code, over a run of floats: shared by the elementwise ops and by what follows a matrix product. */
import { loadPart, storePart } from './lanes';
import { gelu, geluSlope, hyperbolicTangent, rectify, rectifySlope, tanhGelu, tanhGeluSlope, tanhSlope } from './math';

/** Codes of the activations. */
export const NONE: i32 = 0;
export const GELU: i32 = 1;
export const GELU_NEW: i32 = 2;
export const RELU: i32 = 3;
export const TANH: i32 = 4;

// The code is a constant wherever these are inlined, so no branch is left inside the loops.
// @ts-ignore: decorator
@inline
function activate(x: v128, activation: i32): v128 {
  if (activation == GELU) return gelu(x);
  if (activation == GELU_NEW) return tanhGelu(x);
  if (activation == RELU) return rectify(x);
  return hyperbolicTangent(x);
}

// @ts-ignore: decorator
@inline
function slope(x: v128, activation: i32): v128 {
  if (activation == GELU) return geluSlope(x);
  if (activation == GELU_NEW) return tanhGeluSlope(x);
  if (activation == RELU) return rectifySlope(x);
  return tanhSlope(x);
}

// @ts-ignore: decorator
@inline
function activateAll(source: usize, target: usize, count: i32, activation: i32): void {
  const end = source + (<usize>(count & ~3) << 2);
  for (; source < end; source += 16, target += 16) v128.store(target, activate(v128.load(source), activation));
  if (count & 3) storePart(target, activate(loadPart(source, count & 3), activation), count & 3);
}

// @ts-ignore: decorator
@inline
function scaleAll(gradient: usize, pre: usize, target: usize, count: i32, activation: i32): void {
  const end = gradient + (<usize>(count & ~3) << 2);
  for (; gradient < end; gradient += 16, pre += 16, target += 16) {
    v128.store(target, f32x4.mul(v128.load(gradient), slope(v128.load(pre), activation)));
  }
  const left = count & 3;
  if (left) storePart(target, f32x4.mul(loadPart(gradient, left), slope(loadPart(pre, left), activation)), left);
}

/** target = activation(source) over `count` floats; target may be source. */
export function activateRun(source: usize, target: usize, count: i32, activation: i32): void {
  if (activation == GELU) activateAll(source, target, count, GELU);
  else if (activation == GELU_NEW) activateAll(source, target, count, GELU_NEW);
  else if (activation == RELU) activateAll(source, target, count, RELU);
  else if (activation == TANH) activateAll(source, target, count, TANH);
  else if (source != target) memory.copy(target, source, <usize>count << 2);
}

/** target = gradient * activation'(pre) over `count` floats; target may be gradient. */
export function scaleBySlope(gradient: usize, pre: usize, target: usize, count: i32, activation: i32): void {
  if (activation == GELU) scaleAll(gradient, pre, target, count, GELU);
  else if (activation == GELU_NEW) scaleAll(gradient, pre, target, count, GELU_NEW);
  else if (activation == RELU) scaleAll(gradient, pre, target, count, RELU);
  else if (activation == TANH) scaleAll(gradient, pre, target, count, TANH);
  else if (gradient != target) memory.copy(target, gradient, <usize>count << 2);
}
