/**
 * 16-bit floats to and from 32-bit ones, by bits: not every engine that runs this has `Float16Array`.
 *
 * F16 is IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. BF16 is the upper half of a binary32.
 */

/** The binary32 bits of one binary16 value; exact for all 65,536, NaN payloads included. */
export function halfBitsToFloatBits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent !== 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  if (fraction === 0) return sign >>> 0;
  // Subnormal: fraction * 2^-24. Its highest set bit becomes the implicit one of a normal binary32.
  const highestBit = 31 - Math.clz32(fraction);
  return (sign | ((highestBit + 103) << 23) | ((fraction << (23 - highestBit)) & 0x7fffff)) >>> 0;
}

/** The binary16 bits nearest to a value, ties to even; too large becomes infinity, NaN a quiet NaN. */
export function floatToHalfBits(value: number): number {
  scratchFloat[0] = value;
  const bits = scratchBits[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65,520 and above lie nearer to 65,536, which binary16 does not have.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below 2^-14: counted in steps of 2^-24. Adding 0.5 lines the steps up with the last fraction bit of a
    // binary32, so that the addition itself does the rounding.
    scratchBits[0] = magnitude;
    scratchFloat[0] = (scratchFloat[0] ?? 0) + 0.5;
    return sign | ((scratchBits[0] ?? 0) - 0x3f000000);
  }
  const lastKeptBit = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + lastKeptBit) >>> 13);
}

const scratchFloat = new Float32Array(1);
const scratchBits = new Uint32Array(scratchFloat.buffer);

let halfTable: Uint32Array | undefined;

/** binary32 bits of every binary16 value, made on first use: 256 KB. */
function halfToFloatTable(): Uint32Array {
  halfTable ??= Uint32Array.from({ length: 65_536 }, (_, half) => halfBitsToFloatBits(half));
  return halfTable;
}

/** Little-endian F16 values as 32-bit floats. `bytes.length` is even; its alignment is of no matter. */
export function decodeHalf(bytes: Uint8Array): Float32Array {
  const table = halfToFloatTable();
  const bits = new Uint32Array(bytes.length >>> 1);
  for (let index = 0, at = 0; index < bits.length; index += 1, at += 2) {
    bits[index] = table[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] ?? 0;
  }
  return new Float32Array(bits.buffer);
}

/** Little-endian BF16 values as 32-bit floats. `bytes.length` is even; its alignment is of no matter. */
export function decodeBrainHalf(bytes: Uint8Array): Float32Array {
  const bits = new Uint32Array(bytes.length >>> 1);
  for (let index = 0, at = 0; index < bits.length; index += 1, at += 2) {
    bits[index] = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 24);
  }
  return new Float32Array(bits.buffer);
}
