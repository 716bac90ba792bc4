/**
 * Dropout factors from Philox4x32-10, the same numbers as `random/dropoutMask.ts`: key (seed, 0), counter (element / 4,
 * op, step, 0), word element % 4. Eight counters are computed at once, which gives 32 elements.
 */
import { spareScratch } from './gemm/scratch';

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;
const ROUNDS: i32 = 10;
/** Elements per group of eight counters. */
const GROUP: i32 = 32;

/** Writes the 16 factors of four counters, given their four words: a vector is one word of all counters. */
// @ts-ignore: decorator
@inline
function storeFactors(word0: v128, word1: v128, word2: v128, word3: v128, limit: v128, keep: v128, target: usize): void {
  const factor0 = v128.and(i32x4.ge_u(word0, limit), keep);
  const factor1 = v128.and(i32x4.ge_u(word1, limit), keep);
  const factor2 = v128.and(i32x4.ge_u(word2, limit), keep);
  const factor3 = v128.and(i32x4.ge_u(word3, limit), keep);
  const low01 = v128.shuffle<i32>(factor0, factor1, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(factor0, factor1, 2, 6, 3, 7);
  const low23 = v128.shuffle<i32>(factor2, factor3, 0, 4, 1, 5);
  const high23 = v128.shuffle<i32>(factor2, factor3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7), 16);
  v128.store(target, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5), 32);
  v128.store(target, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7), 48);
}

/**
 * Writes the 32 factors of eight counters from `block` on. Two sets of four side by side (a and b), because a round
 * waits for the one before.
 */
function writeGroup(target: usize, block: u32, seed: u32, step: u32, op: u32, threshold: u32, keep: f32): void {
  let a0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let b0 = i32x4.add(i32x4.splat(block), i32x4(4, 5, 6, 7));
  let a1 = i32x4.splat(op);
  let b1 = a1;
  let a2 = i32x4.splat(step);
  let b2 = a2;
  let a3 = i32x4.splat(0);
  let b3 = a3;
  let key0 = seed;
  let key1: u32 = 0;
  const multiplier0 = i32x4.splat(MULTIPLIER_0);
  const multiplier1 = i32x4.splat(MULTIPLIER_1);
  for (let round = 0; round < ROUNDS; round++) {
    const keys0 = i32x4.splat(key0);
    const keys1 = i32x4.splat(key1);
    const front0 = i64x2.extmul_low_i32x4_u(a0, multiplier0);
    const back0 = i64x2.extmul_high_i32x4_u(a0, multiplier0);
    const front1 = i64x2.extmul_low_i32x4_u(a2, multiplier1);
    const back1 = i64x2.extmul_high_i32x4_u(a2, multiplier1);
    a0 = v128.xor(v128.xor(a1, keys0), v128.shuffle<i32>(front1, back1, 1, 3, 5, 7));
    a2 = v128.xor(v128.xor(a3, keys1), v128.shuffle<i32>(front0, back0, 1, 3, 5, 7));
    a1 = v128.shuffle<i32>(front1, back1, 0, 2, 4, 6);
    a3 = v128.shuffle<i32>(front0, back0, 0, 2, 4, 6);
    const frontB0 = i64x2.extmul_low_i32x4_u(b0, multiplier0);
    const backB0 = i64x2.extmul_high_i32x4_u(b0, multiplier0);
    const frontB1 = i64x2.extmul_low_i32x4_u(b2, multiplier1);
    const backB1 = i64x2.extmul_high_i32x4_u(b2, multiplier1);
    b0 = v128.xor(v128.xor(b1, keys0), v128.shuffle<i32>(frontB1, backB1, 1, 3, 5, 7));
    b2 = v128.xor(v128.xor(b3, keys1), v128.shuffle<i32>(frontB0, backB0, 1, 3, 5, 7));
    b1 = v128.shuffle<i32>(frontB1, backB1, 0, 2, 4, 6);
    b3 = v128.shuffle<i32>(frontB0, backB0, 0, 2, 4, 6);
    key0 += WEYL_0;
    key1 += WEYL_1;
  }
  const limit = i32x4.splat(threshold);
  const factor = f32x4.splat(keep);
  storeFactors(a0, a1, a2, a3, limit, factor, target);
  storeFactors(b0, b1, b2, b3, limit, factor, target + 64);
}

/**
 * Writes `count` floats, 0 (dropped) or `keep`, for the elements from `firstElement` on. Writes nothing past them.
 * @param threshold an element is kept if its number is not below this: round(probability * 2^32)
 */
export function dropoutScales(
  target: usize, firstElement: u64, count: i32, seed: u32, step: u32, op: u32, threshold: u32, keep: f32,
): void {
  let block = <u32>(firstElement >> 2);
  let skipped = <i32>(firstElement & 3);
  const spare = spareScratch();
  while (count > 0) {
    const taken = min(count, GROUP - skipped);
    if (taken == GROUP) {
      writeGroup(target, block, seed, step, op, threshold, keep);
    } else {
      writeGroup(spare, block, seed, step, op, threshold, keep);
      for (let element: i32 = 0; element < taken; element++) {
        store<f32>(target + (<usize>element << 2), load<f32>(spare + (<usize>(skipped + element) << 2)));
      }
    }
    skipped = 0;
    block += 8;
    count -= taken;
    target += <usize>taken << 2;
  }
}
