import { describe, expect, it } from 'vitest';
import { fillUniformWords, philox4x32, seededPermutation, uniform } from './philox';

const hex = (words: number[]) => words.map((word) => word.toString(16).padStart(8, '0')).join(' ');
const ones = 0xffffffff;

describe('philox4x32', () => {
  it('gives the known answers of Random123', () => {
    expect(hex(philox4x32([0, 0, 0, 0], [0, 0]))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    expect(hex(philox4x32([ones, ones, ones, ones], [ones, ones]))).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
    const pi = philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]);
    expect(hex(pi)).toBe('d16cfe09 94fdcceb 5001e420 24126ea1');
  });
});

describe('uniform and seededPermutation', () => {
  it('fills [0, 1) evenly', () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => uniform(42, 3, index));
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
  });

  it('are the same numbers in bulk', () => {
    for (const [seed, stream] of [[0, 0], [42, 3], [ones, ones]] as const) {
      const words = new Uint32Array(1001);
      fillUniformWords(words, seed, stream);
      expect([...words].map((word) => word / 0x100000000)).toEqual(Array.from(words, (_, index) => uniform(seed, stream, index)));
    }
  });

  it('gives each number once, the same for one seed and another for another seed or stream', () => {
    const order = seededPermutation(1000, 42, 0);
    expect([...order].sort((left, right) => left - right)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(seededPermutation(1000, 42, 0)).toEqual(order);
    expect(seededPermutation(1000, 43, 0)).not.toEqual(order);
    expect(seededPermutation(1000, 42, 1)).not.toEqual(order);
    expect(seededPermutation(0, 1, 1)).toHaveLength(0);
  });
});
