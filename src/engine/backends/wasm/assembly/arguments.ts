/** Reading the arguments of an instruction: 32-bit words, one after the other. */

/** Word `index` as an integer. */
// @ts-ignore: decorator
@inline
export function integerAt(args: usize, index: i32): i32 {
  return load<i32>(args + (<usize>index << 2));
}

/** Word `index` as an address. */
// @ts-ignore: decorator
@inline
export function pointerAt(args: usize, index: i32): usize {
  return <usize>load<u32>(args + (<usize>index << 2));
}

/** Word `index` as the bits of a float. */
// @ts-ignore: decorator
@inline
export function floatAt(args: usize, index: i32): f32 {
  return load<f32>(args + (<usize>index << 2));
}
