/** The matcher must fail when it should: every check of the engine rests on it. */
import { describe, expect, it } from 'vitest';
import { CASES } from '../ops/cases';
import { expectedAfter, findMismatch, findTensorMismatch, problemsOf, type Tolerance } from './compare';

const largest: Tolerance = { absolute: 0, relative: 1e-3, scale: 'largest', reason: 'test' };
const element: Tolerance = { ...largest, scale: 'element' };
const expected = Float64Array.of(1, -1000, 0.5, 0);

const changed = (index: number, value: number) => expected.map((old, at) => (at === index ? value : old));

describe('findMismatch', () => {
  it('accepts what is equal, or within tolerance', () => {
    expect(findMismatch(expected, expected, { ...largest, relative: 0 })).toBeNull();
    expect(findMismatch(changed(0, 1.9), expected, largest)).toBeNull();
    expect(findMismatch(changed(1, -1000.9), expected, element)).toBeNull();
    expect(findMismatch(changed(3, 1e-4), expected, { ...element, absolute: 1e-3 })).toBeNull();
    expect(findMismatch([], [], largest)).toBeNull();
  });

  it('takes the size of the largest element or of each', () => {
    expect(findMismatch(changed(0, 1.9), expected, largest)).toBeNull();
    expect(findMismatch(changed(0, 1.9), expected, element)).toContain('worst at 0');
    expect(findMismatch(changed(0, 2.1), expected, largest)).toContain('worst at 0');
  });

  it('finds one wrong element, and says which is the worst of several', () => {
    expect(findMismatch(changed(2, 3), expected, largest)).toBe('is wrong in 1 of 4 elements, worst at 2: 3 where 0.5 ± 1.00 is expected');
    expect(findMismatch([3, -1000, 99, 0], expected, largest)).toContain('wrong in 2 of 4 elements, worst at 2');
  });

  it.each([0, 1, 2, 3])('fails on NaN at %i, whatever the tolerance', (index) => {
    expect(findMismatch(changed(index, NaN), expected, { ...largest, absolute: Infinity })).toContain(`worst at ${index}`);
    expect(findMismatch(changed(index, NaN), expected, { ...largest, allowsNonFinite: true })).toContain(`worst at ${index}`);
  });

  it('fails on an infinity, and on what is expected to be one', () => {
    expect(findMismatch(changed(1, -Infinity), expected, largest)).toContain('worst at 1');
    expect(findMismatch([1], [Infinity], largest)).not.toBeNull();
    expect(findMismatch([Infinity], [Infinity], largest)).not.toBeNull();
    expect(findMismatch([NaN], [NaN], largest)).not.toBeNull();
  });

  it('wants what is not finite where it is asked for, and nowhere else', () => {
    const tolerance = { ...largest, allowsNonFinite: true };
    expect(findMismatch([NaN, 1], [Infinity, 1], tolerance)).toBeNull();
    expect(findMismatch([5, 1], [Infinity, 1], tolerance)).toContain('worst at 0');
    expect(findMismatch([NaN, NaN], [Infinity, 1], tolerance)).toContain('worst at 1');
  });

  it('is exact where nothing is tolerated', () => {
    const exact = { ...element, relative: 0 };
    expect(findMismatch([1 + 2 ** -52], [1], exact)).not.toBeNull();
    expect(findMismatch([1e-38], [0], exact)).not.toBeNull();
  });

  it('fails on another length', () => {
    expect(findMismatch([1, 2], [1, 2, 3], largest)).toBe('has 2 elements where 3 are expected');
    expect(findMismatch([1, 2, 3], [1, 2], largest)).toBe('has 3 elements where 2 are expected');
    expect(findMismatch([], [0], { ...largest, absolute: Infinity })).not.toBeNull();
  });
});

describe('findTensorMismatch', () => {
  it('fails on another shape of as many elements', () => {
    const data = [1, 2, 3, 4, 5, 6];
    expect(findTensorMismatch({ shape: [2, 3], data }, { shape: [2, 3], data }, largest)).toBeNull();
    expect(findTensorMismatch({ shape: [3, 2], data }, { shape: [2, 3], data }, largest)).toContain('[3, 2] where [2, 3]');
    expect(findTensorMismatch({ shape: [2, 3], data: [1, 2, 3, 4, 5, 9] }, { shape: [2, 3], data }, largest)).toContain('worst at 5');
  });
});

describe('problemsOf', () => {
  it.each(['linear', 'attentionGradient', 'adamw', 'finishNorm'] as const)('accepts the reference of %s, rounded to f32, and nothing that lacks an output', (kind) => {
    for (const testCase of CASES[kind]().slice(0, 4)) {
      const rounded = new Map([...expectedAfter(testCase)].map(([id, values]) => [id, Float32Array.from(values)]));
      expect(problemsOf(testCase, rounded)).toEqual([]);
      expect(problemsOf(testCase, new Map()).join()).toContain('is missing');
    }
  });

  it('names the case, the operand and the element', () => {
    const [testCase] = CASES.linear();
    if (!testCase) throw new Error('No case.');
    const wrong = expectedAfter(testCase);
    for (const [id, values] of wrong) wrong.set(id, values.map((value) => value + 1));
    expect(problemsOf(testCase, wrong)[0]).toMatch(/^linear: 1 rows, 1 to 1.*: output is wrong in 1 of 1 elements, worst at 0/);
  });
});
