/** The cases themselves: every tensor has its place and its numbers, and every reference writes all it should. */
import { describe, expect, it } from 'vitest';
import { ALIGNMENT, aligned, elementsOf } from '../plan/tensor';
import { writesOf } from '../plan/instruction';
import { expectedAfter, problemsOf } from '../check/compare';
import type { InstructionCase } from '../check/runner';
import { CASES, KINDS } from './cases';

/** Some operate on numbers that are not finite on purpose, and leave others as they are. */
const NON_FINITE = /not a number|infinite/;

function placesOverlap({ tensors }: InstructionCase): boolean {
  return tensors.some((one) =>
    tensors.some(
      (other) =>
        other.id !== one.id && other.region === one.region && other.buffer === one.buffer &&
        other.offset < one.offset + aligned(elementsOf(one.shape)) && one.offset < other.offset + aligned(elementsOf(other.shape)),
    ),
  );
}

describe.each(KINDS)('cases of %s', (kind) => {
  const cases = CASES[kind]();

  it('are several, with names of their own, all of this kind', () => {
    expect(cases.length).toBeGreaterThanOrEqual(12);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.filter(({ instruction }) => instruction.kind !== kind)).toEqual([]);
  });

  it('have tensors in aligned places that do not overlap, full of numbers that fit', () => {
    for (const testCase of cases) {
      const misplaced = testCase.tensors.filter(({ id, offset, shape }, index) => id !== index || offset % ALIGNMENT !== 0 || testCase.data.get(id)?.length !== elementsOf(shape));
      expect(misplaced).toEqual([]);
      expect(placesOverlap(testCase)).toBe(false);
    }
  });

  it('hold only numbers that f32, or a whole number of 32 bits, holds too', () => {
    for (const { tensors, data } of cases) {
      for (const { id, dtype, name } of tensors) {
        const rounded = (value: number) => (dtype === 'f32' || (name === 'scalars' && !Number.isInteger(value)) ? Math.fround(value) : value);
        expect(data.get(id)?.findIndex((value) => !Object.is(rounded(value), value))).toBe(-1);
      }
    }
  });

  it('are the same every time', () => {
    expect(CASES[kind]().map(({ data }) => [...data.values()].map((values) => values.at(-1)))).toEqual(cases.map(({ data }) => [...data.values()].map((values) => values.at(-1))));
  });

  it('leave finite numbers in all that is written, within tolerance of themselves in f32', () => {
    for (const testCase of cases) {
      const after = expectedAfter(testCase);
      if (!NON_FINITE.test(testCase.name)) {
        for (const id of writesOf(testCase.instruction)) expect(after.get(id)?.findIndex((value) => !Number.isFinite(value)), `${testCase.name}, tensor ${id}`).toBe(-1);
      }
      expect(problemsOf(testCase, new Map([...after].map(([id, values]) => [id, Float32Array.from(values)])), after)).toEqual([]);
    }
  });
});
