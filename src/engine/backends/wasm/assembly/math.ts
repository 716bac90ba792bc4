/**
 * exp, erf, tanh and the activations on four floats at a time, within a few 1e-7 of float64.
 *
 * Constants are read from memory by load-splat: engines spend registers and instructions on vector constants written in
 * the code. f32x4.min and max carry rules for NaN that cost several instructions; pmin and pmax are one each.
 */
import { multiplyAdd } from './lanes';

const EXP_LOW: usize = 0;
const EXP_HIGH: usize = 4;
const LOG2_E: usize = 8;
const ROUNDER: usize = 12;
const MINUS_LN2_HIGH: usize = 16;
const MINUS_LN2_LOW: usize = 20;
const EXP_5: usize = 24;
const EXP_4: usize = 28;
const EXP_3: usize = 32;
const EXP_2: usize = 36;
const EXP_1: usize = 40;
const ONE: usize = 44;
const HALF: usize = 48;
const ERF_LIMIT: usize = 52;
const ERF_TOP: usize = 56; // seven coefficients from the highest power down
const ERF_BOTTOM: usize = 84; // five
const TANH_LIMIT: usize = 104;
const TANH_TOP: usize = 108; // seven
const TANH_BOTTOM: usize = 136; // four
const SQRT_HALF: usize = 152;
const SQRT_HALF_BY_PI: usize = 156; // 1 / sqrt(2 pi)
const MINUS_HALF: usize = 160;
const TANH_GELU_LINEAR: usize = 164; // -2 sqrt(2 / pi)
const TANH_GELU_CUBE: usize = 168; // that times 0.044715
const TANH_GELU_CUBE_3: usize = 172; // three times that

// exp: Cephes' polynomial. erf and tanh: rational forms of odd degree 13, as used by Eigen.
const TABLE: usize = memory.data<f32>([
  -80.0, 80.0, 1.4426950408889634, 12582912.0, -0.693359375, 2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
  1.0, 0.5, 4.0,
  -2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05, -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02,
  -1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03, -1.42647390514189e-02,
  7.90531110763549805,
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-08, 1.48572235717979e-05, 6.37261928875436e-04, 4.89352455891786e-03,
  1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03,
  0.7071067811865476, 0.3989422804014327, -0.5, -1.5957691216057308, -0.07135481627260025, -0.21406444881780076,
], 16);

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load32_splat(TABLE + offset);
}

/**
 * e^x; below -80 it stays at e^-80, above 80 at e^80. Here that is as good as 0 and infinity, and, unlike what lies
 * beyond, does not become denormal when multiplied or divided on: denormals take a hundred times as long.
 */
// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, constant(EXP_LOW)), constant(EXP_HIGH));
  // Adding 1.5 * 2^23 rounds to an integer, which then stands in the low bits of the sum.
  const shifted = multiplyAdd(clamped, constant(LOG2_E), constant(ROUNDER));
  const power = f32x4.sub(shifted, constant(ROUNDER));
  const rest = multiplyAdd(power, constant(MINUS_LN2_LOW), multiplyAdd(power, constant(MINUS_LN2_HIGH), clamped));
  let sum = multiplyAdd(constant(EXP_5), rest, constant(EXP_4));
  sum = multiplyAdd(sum, rest, constant(EXP_3));
  sum = multiplyAdd(sum, rest, constant(EXP_2));
  sum = multiplyAdd(sum, rest, constant(EXP_1));
  sum = multiplyAdd(sum, rest, constant(HALF));
  sum = f32x4.add(multiplyAdd(sum, f32x4.mul(rest, rest), rest), constant(ONE));
  // sum is near 1: adding to the exponent bits multiplies by the power of two.
  return i32x4.add(sum, i32x4.shl(shifted, 23));
}

/** The error function; absolute error 3.2e-7. */
// @ts-ignore: decorator
@inline
export function errorFunction(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.neg(constant(ERF_LIMIT))), constant(ERF_LIMIT));
  const square = f32x4.mul(clamped, clamped);
  let top = multiplyAdd(constant(ERF_TOP), square, constant(ERF_TOP + 4));
  top = multiplyAdd(top, square, constant(ERF_TOP + 8));
  top = multiplyAdd(top, square, constant(ERF_TOP + 12));
  top = multiplyAdd(top, square, constant(ERF_TOP + 16));
  top = multiplyAdd(top, square, constant(ERF_TOP + 20));
  top = multiplyAdd(top, square, constant(ERF_TOP + 24));
  let bottom = multiplyAdd(constant(ERF_BOTTOM), square, constant(ERF_BOTTOM + 4));
  bottom = multiplyAdd(bottom, square, constant(ERF_BOTTOM + 8));
  bottom = multiplyAdd(bottom, square, constant(ERF_BOTTOM + 12));
  bottom = multiplyAdd(bottom, square, constant(ERF_BOTTOM + 16));
  return f32x4.div(f32x4.mul(clamped, top), bottom);
}

/** The hyperbolic tangent. */
// @ts-ignore: decorator
@inline
export function hyperbolicTangent(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, f32x4.neg(constant(TANH_LIMIT))), constant(TANH_LIMIT));
  const square = f32x4.mul(clamped, clamped);
  let top = multiplyAdd(constant(TANH_TOP), square, constant(TANH_TOP + 4));
  top = multiplyAdd(top, square, constant(TANH_TOP + 8));
  top = multiplyAdd(top, square, constant(TANH_TOP + 12));
  top = multiplyAdd(top, square, constant(TANH_TOP + 16));
  top = multiplyAdd(top, square, constant(TANH_TOP + 20));
  top = multiplyAdd(top, square, constant(TANH_TOP + 24));
  let bottom = multiplyAdd(constant(TANH_BOTTOM), square, constant(TANH_BOTTOM + 4));
  bottom = multiplyAdd(bottom, square, constant(TANH_BOTTOM + 8));
  bottom = multiplyAdd(bottom, square, constant(TANH_BOTTOM + 12));
  // Far out the quotient ends a rounding beside 1, on either side; the slope there has to be 0. (A NaN is never far.)
  const sign = v128.and(x, v128.splat<u32>(0x80000000));
  const far = f32x4.gt(f32x4.abs(x), constant(TANH_LIMIT));
  return v128.bitselect(v128.or(constant(ONE), sign), f32x4.div(f32x4.mul(clamped, top), bottom), far);
}

/** x * Phi(x), exact form. */
// @ts-ignore: decorator
@inline
export function gelu(x: v128): v128 {
  const half = f32x4.mul(x, constant(HALF));
  return multiplyAdd(half, errorFunction(f32x4.mul(x, constant(SQRT_HALF))), half);
}

/** Derivative of the exact form: Phi(x) + x * phi(x). */
// @ts-ignore: decorator
@inline
export function geluSlope(x: v128): v128 {
  const cumulative = multiplyAdd(errorFunction(f32x4.mul(x, constant(SQRT_HALF))), constant(HALF), constant(HALF));
  const density = f32x4.mul(exponential(f32x4.mul(f32x4.mul(x, x), constant(MINUS_HALF))), constant(SQRT_HALF_BY_PI));
  return multiplyAdd(x, density, cumulative);
}

/** e to the power of minus twice the argument of the approximation's tanh: (1 + tanh(u)) / 2 = 1 / (1 + e^-2u). */
// @ts-ignore: decorator
@inline
function tanhGeluExponential(x: v128, square: v128): v128 {
  return exponential(f32x4.mul(x, multiplyAdd(square, constant(TANH_GELU_CUBE), constant(TANH_GELU_LINEAR))));
}

/** GELU by the tanh approximation. */
// @ts-ignore: decorator
@inline
export function tanhGelu(x: v128): v128 {
  return f32x4.div(x, f32x4.add(tanhGeluExponential(x, f32x4.mul(x, x)), constant(ONE)));
}

/** Derivative of the tanh approximation. */
// @ts-ignore: decorator
@inline
export function tanhGeluSlope(x: v128): v128 {
  const square = f32x4.mul(x, x);
  const power = tanhGeluExponential(x, square);
  const share = f32x4.div(constant(ONE), f32x4.add(power, constant(ONE)));
  // 1 - share, without the cancellation.
  const rest = f32x4.mul(power, share);
  const minusSlope = multiplyAdd(square, constant(TANH_GELU_CUBE_3), constant(TANH_GELU_LINEAR));
  return f32x4.sub(share, f32x4.mul(f32x4.mul(f32x4.mul(x, share), rest), minusSlope));
}

/** max(x, 0). */
// @ts-ignore: decorator
@inline
export function rectify(x: v128): v128 {
  return f32x4.pmax(x, i32x4.splat(0));
}

/** 1 where x > 0, else 0. */
// @ts-ignore: decorator
@inline
export function rectifySlope(x: v128): v128 {
  return v128.and(f32x4.gt(x, i32x4.splat(0)), constant(ONE));
}

/** Derivative of tanh. */
// @ts-ignore: decorator
@inline
export function tanhSlope(x: v128): v128 {
  const tangent = hyperbolicTangent(x);
  return f32x4.sub(constant(ONE), f32x4.mul(tangent, tangent));
}
