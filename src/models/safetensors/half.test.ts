import { describe, expect, it } from 'vitest';
import { decodeBrainHalf, decodeHalf, floatToHalfBits, halfBitsToFloatBits } from './half';

const allBits = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);
const allBytes = new Uint8Array(allBits.buffer);

/** The definition of binary16, in arithmetic instead of bits. */
function definition(half: number): number {
  const sign = half >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(half / 1024) % 32;
  const fraction = half % 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

describe('16-bit floats', () => {
  it('decodes all 65,536 F16 values as the standard defines them', () => {
    const decoded = decodeHalf(allBytes);
    const wrong = [...allBits].filter((half) => !Object.is(decoded[half], definition(half)));
    expect(wrong).toEqual([]);
  });

  it('keeps the payload of every F16 NaN', () => {
    for (let half = 0x7c01; half < 0x8000; half += 1) {
      expect(halfBitsToFloatBits(half)).toBe(0x7f800000 + (half & 0x3ff) * 2 ** 13);
    }
  });

  it('decodes all 65,536 BF16 values as the upper half of a 32-bit float', () => {
    const decoded = decodeBrainHalf(allBytes);
    const view = new DataView(new ArrayBuffer(4));
    const wrong = [...allBits].filter((bits) => {
      view.setUint32(0, bits * 65_536);
      return !Object.is(decoded[bits], view.getFloat32(0));
    });
    expect(wrong).toEqual([]);
  });

  it('decodes bytes at an odd address', () => {
    const bytes = Uint8Array.of(9, 0x00, 0x3c, 0x00, 0xc0).subarray(1);
    expect([...decodeHalf(bytes)]).toEqual([1, -2]);
    expect([...decodeBrainHalf(Uint8Array.of(9, 0x80, 0x3f, 0x20, 0xc0).subarray(1))]).toEqual([1, -2.5]);
  });

  it('encodes every F16 value to its own bits', () => {
    const wrong = [...allBits].filter((half) => {
      const value = definition(half);
      // A NaN's sign and payload are not visible in a number: every one becomes the quiet NaN.
      return floatToHalfBits(value) !== (Number.isNaN(value) ? floatToHalfBits(NaN) : half);
    });
    expect(floatToHalfBits(NaN) & 0x7fff).toBe(0x7e00);
    expect(wrong).toEqual([]);
  });

  it('rounds between neighbours to the nearest, ties to even, all of them and both signs', () => {
    for (let half = 0; half < 0x7bff; half += 1) {
      const lower = definition(half);
      const middle = (lower + definition(half + 1)) / 2;
      const step = middle * 2 ** -22;
      const even = half % 2 === 0 ? half : half + 1;
      if (floatToHalfBits(middle) !== even) expect.fail(`tie above ${half}`);
      if (floatToHalfBits(middle - step) !== half) expect.fail(`below the tie above ${half}`);
      if (floatToHalfBits(middle + step) !== half + 1) expect.fail(`over the tie above ${half}`);
      if (floatToHalfBits(-middle) !== (even | 0x8000)) expect.fail(`negative tie above ${half}`);
    }
  });

  it('rounds to infinity from 65,520 on, and the smallest values to zero', () => {
    expect(floatToHalfBits(65_519)).toBe(0x7bff);
    expect(floatToHalfBits(65_520)).toBe(0x7c00);
    expect(floatToHalfBits(-1e30)).toBe(0xfc00);
    expect(floatToHalfBits(2 ** -25)).toBe(0);
    expect(floatToHalfBits(2 ** -25 * 1.001)).toBe(1);
    expect(floatToHalfBits(-1e-40)).toBe(0x8000);
  });
});
