import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../domain';
import { fillDropoutMask } from './dropoutMask';

function filled(length: number, probability: number, seed: number, step: number, op: number): Float32Array {
  const mask = new Float32Array(length).fill(NaN);
  fillDropoutMask(mask, probability, seed, step, op);
  return mask;
}

/** The same mask, one element at a time. */
function slowMask(length: number, probability: number, seed: number, step: number, op: number): Float32Array {
  return Float32Array.from({ length }, (_, element) => {
    const word = philox4x32([Math.floor(element / 4), op, step, 0], [seed, 0])[element % 4] ?? NaN;
    return word / 2 ** 32 >= probability ? 1 / (1 - probability) : 0;
  });
}

describe('fillDropoutMask', () => {
  it.each([
    [0, 1, 0],
    [42, 1, 3],
    [42, 2, 3],
    [4_294_967_295, 4_294_967_295, 4_294_967_295],
    [2_654_435_769, 777, 25],
    [1, 2_147_483_648, 14],
  ])('is the Philox of the domain for seed %i, step %i, op %i', (seed, step, op) => {
    for (const probability of [0.1, 0.5, 0.2]) {
      expect(filled(4003, probability, seed, step, op)).toEqual(slowMask(4003, probability, seed, step, op));
    }
  });

  it.each([1, 2, 3, 4, 5, 7, 9])('fills all of %i elements and no more', (length) => {
    const buffer = new Float32Array(16).fill(-1);
    fillDropoutMask(buffer.subarray(0, length), 0.5, 3, 4, 5);
    expect(buffer.subarray(0, length)).toEqual(slowMask(length, 0.5, 3, 4, 5));
    expect([...buffer.subarray(length)]).toEqual(new Array<number>(16 - length).fill(-1));
  });

  it.each([0.1, 0.25, 0.5, 0.9])('drops a share of %f within five standard deviations, and keeps the mean', (probability) => {
    const length = 200_000;
    const mask = filled(length, probability, 42, 9, 2);
    const kept = mask.filter((value) => value !== 0);
    const deviation = Math.sqrt((probability * (1 - probability)) / length);
    expect(Math.abs(kept.length / length - (1 - probability))).toBeLessThan(5 * deviation);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / (1 - probability))]));
  });

  it('differs for another seed, step and op by about what chance would give', () => {
    const base = filled(20_000, 0.5, 42, 1, 0);
    for (const other of [filled(20_000, 0.5, 43, 1, 0), filled(20_000, 0.5, 42, 2, 0), filled(20_000, 0.5, 42, 1, 1)]) {
      const equal = base.filter((value, index) => value === other[index]).length;
      expect(Math.abs(equal / 20_000 - 0.5)).toBeLessThan(0.02);
    }
  });

  it('keeps everything as it is at probability 0', () => {
    expect(new Set(filled(1001, 0, 42, 1, 1))).toEqual(new Set([1]));
  });
});

interface GoldenMask {
  elements: number;
  probability: number;
  seed: number;
  step: number;
  node: number;
  factor: number;
  kept: string;
}

const golden = JSON.parse(readFileSync('parity/golden/dropout.json', 'utf8')) as { cases: GoldenMask[] };

/** One bit an element, the first in the highest place, as hexadecimal bytes. */
function keptBits(mask: Float32Array): string {
  const bytes = new Uint8Array(Math.ceil(mask.length / 8));
  mask.forEach((factor, element) => {
    if (factor !== 0) bytes[element >> 3] = (bytes[element >> 3] ?? 0) | (0x80 >> element % 8);
  });
  return Buffer.from(bytes).toString('hex');
}

describe('masks are those of the reference runs in PyTorch (parity/golden/dropout.json)', () => {
  it.each(golden.cases.map((one): [string, GoldenMask] => [`seed ${one.seed}, step ${one.step}, node ${one.node}, ${one.elements} elements`, one]))('%s', (_, one) => {
    const mask = filled(one.elements, one.probability, one.seed, one.step, one.node);
    expect(keptBits(mask)).toBe(one.kept);
    expect(Math.max(...mask.subarray(0, 1000))).toBe(one.factor);
  });
});

describe('the masks of one step', () => {
  const probability = 0.1;
  const length = 100_000;
  const masks = Array.from({ length: 20 }, (_, node) => filled(length, probability, 42, 1, node));
  const share = (test: (element: number) => boolean): number => Array.from({ length }, (_, element) => element).filter(test).length / length;
  // Two independent masks drop one element in a hundred together.
  const together = probability * probability;
  const deviation = Math.sqrt((together * (1 - together)) / length);

  it('of neighbouring nodes drop together no more and no less than chance would', () => {
    for (let node = 1; node < masks.length; node++) {
      const dropped = share((element) => masks[node]?.[element] === 0 && masks[node - 1]?.[element] === 0);
      expect(Math.abs(dropped - together)).toBeLessThan(5 * deviation);
    }
  });

  it('drop elements side by side, or a row of the batch apart, no more and no less than chance would', () => {
    const [mask] = masks;
    for (const apart of [1, 2, 4, 384]) {
      const dropped = share((element) => mask?.[element] === 0 && mask[(element + apart) % length] === 0);
      expect(Math.abs(dropped - together)).toBeLessThan(5 * deviation);
    }
  });
});
