/** Vectors of fewer than four floats (ends of rows), sums over lanes, and the multiply-add of this build. */

/** left * right + sum; fused where the build has relaxed SIMD, rounded twice elsewhere. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(left: v128, right: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(left, right, sum);
  return f32x4.add(f32x4.mul(left, right), sum);
}

/** The first `count` (1 to 3) floats at `pointer`, zeros after them; reads no further. */
export function loadPart(pointer: usize, count: i32): v128 {
  let part = v128.load32_zero(pointer);
  if (count > 1) part = v128.load32_lane(pointer, part, 1, 4);
  if (count > 2) part = v128.load32_lane(pointer, part, 2, 8);
  return part;
}

/** Writes the first `count` (1 to 3) lanes. */
export function storePart(pointer: usize, value: v128, count: i32): void {
  v128.store32_lane(pointer, value, 0);
  if (count > 1) v128.store32_lane(pointer, value, 1, 4);
  if (count > 2) v128.store32_lane(pointer, value, 2, 8);
}

/** Sum of the four lanes, always in the same order. */
// @ts-ignore: decorator
@inline
export function sumLanes(value: v128): f32 {
  const pairs = f32x4.add(value, v128.shuffle<f32>(value, value, 2, 3, 2, 3));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function largestLane(value: v128): f32 {
  const pairs = f32x4.pmax(value, v128.shuffle<f32>(value, value, 2, 3, 2, 3));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 1, 1, 1)), 0);
}
