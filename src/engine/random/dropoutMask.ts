/**
 * Dropout masks from Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011), the same
 * numbers as `domain/philox`, written out in bulk: a training step needs some millions of them.
 *
 * Key = (seed, 0); counter = (element / 4, op, step, 0); the element's own word is element % 4. So a mask depends on
 * nothing but seed, step, op and element, and is the same on every backend.
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const INVERSE_2_32 = 1 / 4294967296;

/**
 * Fills `mask` with 0 (dropped) or 1 / (1 - probability) (kept).
 * @param probability of an element to be dropped, in [0, 1)
 */
export function fillDropoutMask(mask: Float32Array, probability: number, seed: number, step: number, op: number): void {
  const keep = Math.fround(1 / (1 - probability));
  const threshold = Math.round(probability * 4294967296);
  const length = mask.length;
  for (let block = 0, element = 0; element < length; block++, element += 4) {
    let c0 = block >>> 0;
    let c1 = op >>> 0;
    let c2 = step >>> 0;
    let c3 = 0;
    let k0 = seed >>> 0;
    let k1 = 0;
    for (let round = 0; round < 10; round++) {
      const low0 = Math.imul(MULTIPLIER_0, c0) >>> 0;
      const low1 = Math.imul(MULTIPLIER_1, c2) >>> 0;
      // The 64-bit product as a double is off by at most 2^10, far under half of 2^32: rounding gives the exact high word.
      const high0 = ((MULTIPLIER_0 * c0 - low0) * INVERSE_2_32 + 0.5) >>> 0;
      const high1 = ((MULTIPLIER_1 * c2 - low1) * INVERSE_2_32 + 0.5) >>> 0;
      c0 = (high1 ^ c1 ^ k0) >>> 0;
      c2 = (high0 ^ c3 ^ k1) >>> 0;
      c1 = low1;
      c3 = low0;
      k0 = (k0 + WEYL_0) >>> 0;
      k1 = (k1 + WEYL_1) >>> 0;
    }
    mask[element] = c0 >= threshold ? keep : 0;
    // Writes past the end of a typed array are ignored, so the last block needs no guard.
    mask[element + 1] = c1 >= threshold ? keep : 0;
    mask[element + 2] = c2 >= threshold ? keep : 0;
    mask[element + 3] = c3 >= threshold ? keep : 0;
  }
}
