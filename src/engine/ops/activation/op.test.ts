import { describe, expect, it } from 'vitest';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { ACTIVATIONS } from '../linear/cases';
import { erf, erfc } from './erf';
import { activate, activationSlope } from './reference';

describe('activations', () => {
  it.each(readGoldenOps('activation'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it.each(ACTIVATIONS)('the slope of %s is what differences say', (activation) => {
    const points = Float64Array.of(-6, -3.1, -2.5, -1, -0.3, 0.2, 0.9, 2.4, 3.7, 6);
    const slopes = points.map((x) => activationSlope(activation, x));
    const sum = () => points.reduce((total, x) => total + activate(activation, x), 0);
    expect(findMismatch(slopes, differences(points, sum), DIFFERENCES)).toBeNull();
  });
});

describe('erf', () => {
  /** To 17 digits: Abramowitz & Stegun table 7.1, and mpmath. */
  const known = [[0, 0], [0.1, 0.1124629160182848922], [0.5, 0.5204998778130465377], [1, 0.8427007929497148693], [2, 0.9953222650189527342], [3, 0.9999779095030014146]] as const;
  it.each(known)('of %f is right to 1e-15', (x, value) => {
    expect(Math.abs(erf(x) - value)).toBeLessThanOrEqual(1e-15);
    expect(erf(-x)).toBe(-erf(x));
    expect(Math.abs(erf(x) + erfc(x) - 1)).toBeLessThanOrEqual(1e-15);
  });

  it('keeps the digits of a tail', () => {
    expect(Math.abs(erfc(3) / 2.2090496998585441373e-5 - 1)).toBeLessThan(1e-13);
    expect(Math.abs(erfc(10) / 2.0884875837625447570e-45 - 1)).toBeLessThan(1e-13);
  });

  it('has no step where series and fraction meet', () => {
    expect(Math.abs(erf(1.5) - erf(1.5 + 1e-14))).toBeLessThan(1e-14);
    expect(Math.abs(erfc(1.5) / erfc(1.5 + 1e-14) - 1)).toBeLessThan(1e-13);
  });
});
