import { describe, expect, it } from 'vitest';
import { betterCoverage } from './baseModelChoice';

const coverage = (baseModel: string, unknownTokenShare: number) => ({ baseModel, unknownTokenShare });

describe('betterCoverage', () => {
  it('takes the model that knows far more', () => {
    expect(betterCoverage(coverage('a', 0.64), [coverage('b', 0.3), coverage('c', 0.003)])?.baseModel).toBe('c');
    expect(betterCoverage(coverage('a', 0.64), [coverage('b', 0.1), coverage('c', 0.1)])?.baseModel).toBe('b');
  });

  it.each([
    ['little is unknown', 0.05, 0],
    ['the other knows hardly more', 0.3, 0.15],
    ['nothing is unknown', 0, 0],
  ])('stays where %s', (_, own, other) => {
    expect(betterCoverage(coverage('a', own), [coverage('b', other)])).toBeNull();
  });

  it('stays where there is no other', () => expect(betterCoverage(coverage('a', 1), [])).toBeNull());
});
