/**
 * Philox4x32-10: a counter-based generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).
 *
 * The number at a place depends on the seed and the place only, never on what was drawn before, so that the same
 * recipe gives the same rows, order and masks on every device and after every resume.
 */
export type Philox4 = [number, number, number, number];

const multiplier0 = 0xd2511f53;
const multiplier1 = 0xcd9e8d57;
const keyStep0 = 0x9e3779b9;
const keyStep1 = 0xbb67ae85;
const rounds = 10;

/** Upper 32 bits of an unsigned 32 x 32 bit product; every partial sum stays below 2^53, so nothing is rounded. */
function multiplyHigh(left: number, right: number): number {
  const leftLow = left & 0xffff;
  const leftHigh = left >>> 16;
  const rightLow = right & 0xffff;
  const rightHigh = right >>> 16;
  const middle = leftHigh * rightLow + Math.floor((leftLow * rightLow) / 0x10000);
  const middleLow = (middle % 0x10000) + leftLow * rightHigh;
  return (leftHigh * rightHigh + Math.floor(middle / 0x10000) + Math.floor(middleLow / 0x10000)) >>> 0;
}

/** Four uniform 32-bit numbers for a counter of four and a key of two 32-bit numbers. */
export function philox4x32(counter: Readonly<Philox4>, key: readonly [number, number]): Philox4 {
  let [word0, word1, word2, word3] = counter;
  let [key0, key1] = key;
  for (let round = 0; round < rounds; round += 1) {
    const high0 = multiplyHigh(multiplier0, word0 >>> 0);
    const low0 = Math.imul(multiplier0, word0) >>> 0;
    const high1 = multiplyHigh(multiplier1, word2 >>> 0);
    const low1 = Math.imul(multiplier1, word2) >>> 0;
    word0 = (high1 ^ word1 ^ key0) >>> 0;
    word1 = low1;
    word2 = (high0 ^ word3 ^ key1) >>> 0;
    word3 = low0;
    key0 = (key0 + keyStep0) >>> 0;
    key1 = (key1 + keyStep1) >>> 0;
  }
  return [word0, word1, word2, word3];
}

function uniformBlock(seed: number, stream: number, block: number): Philox4 {
  return philox4x32([block >>> 0, Math.floor(block / 0x100000000), 0, 0], [seed >>> 0, stream >>> 0]);
}

/** The first words of a stream, uniform 32-bit numbers: those that `uniform` divides, written out in bulk. */
export function fillUniformWords(words: Uint32Array, seed: number, stream: number): void {
  for (let block = 0, place = 0; place < words.length; block += 1, place += 4) {
    let word0 = block >>> 0;
    let word1 = Math.floor(block / 0x100000000);
    let word2 = 0;
    let word3 = 0;
    let key0 = seed >>> 0;
    let key1 = stream >>> 0;
    for (let round = 0; round < rounds; round += 1) {
      const low0 = Math.imul(multiplier0, word0) >>> 0;
      const low1 = Math.imul(multiplier1, word2) >>> 0;
      // The 64-bit product as a double is off by at most 2^10, far under half of 2^32: rounding gives the exact upper word.
      const high0 = ((multiplier0 * word0 - low0) / 0x100000000 + 0.5) >>> 0;
      const high1 = ((multiplier1 * word2 - low1) / 0x100000000 + 0.5) >>> 0;
      word0 = (high1 ^ word1 ^ key0) >>> 0;
      word2 = (high0 ^ word3 ^ key1) >>> 0;
      word1 = low1;
      word3 = low0;
      key0 = (key0 + keyStep0) >>> 0;
      key1 = (key1 + keyStep1) >>> 0;
    }
    words[place] = word0;
    // A typed array ignores what is written past its end.
    words[place + 1] = word1;
    words[place + 2] = word2;
    words[place + 3] = word3;
  }
}

/** Number `index` of a stream of uniform numbers in [0, 1), of 32 bits each. */
export function uniform(seed: number, stream: number, index: number): number {
  const words = uniformBlock(seed, stream, Math.floor(index / 4));
  return (words[index % 4] ?? 0) / 0x100000000;
}

/** The numbers 0 to `length` - 1 in an order that depends on seed and stream only (Fisher-Yates). */
export function seededPermutation(length: number, seed: number, stream: number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  let words: Philox4 = [0, 0, 0, 0];
  let block = -1;
  for (let last = length - 1; last > 0; last -= 1) {
    if (Math.floor(last / 4) !== block) {
      block = Math.floor(last / 4);
      words = uniformBlock(seed, stream, block);
    }
    const other = Math.floor(((words[last % 4] ?? 0) / 0x100000000) * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
