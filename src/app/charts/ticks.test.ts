import { describe, expect, it } from 'vitest';
import { niceTicks, ticksBetween, ticksOver } from './ticks';

describe('ticks', () => {
  it('are round', () => {
    expect(niceTicks(150, 4, true)).toEqual([0, 50, 100, 150]);
    expect(niceTicks(26, 4, true)).toEqual([0, 10, 20]);
    expect(niceTicks(3, 4, true)).toEqual([0, 1, 2, 3]);
    expect(ticksOver(2.05)).toEqual([0, 1, 2, 3]);
    expect(ticksOver(0.31)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  });

  it('cover the largest value and do not run away', () => {
    for (const largest of [1e-5, 0.7, 1, 9.99, 12345]) {
      const ticks = ticksOver(largest);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(largest);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }
    expect(niceTicks(0)).toEqual([0, 1]);
    expect(niceTicks(NaN)).toEqual([0, 1]);
  });

  it('hold everything between two values, below 0 too', () => {
    expect(ticksBetween(0, 5)).toEqual([0, 2, 4, 6]);
    expect(ticksBetween(-3.2, 1.1)).toEqual([-4, -2, 0, 2]);
    for (const [lowest, highest] of [[1e-6, 2e-6], [-5e5, 7e6], [3, 3], [0, 0], [-0.1, 0.1]] as const) {
      const ticks = ticksBetween(lowest, highest);
      expect(ticks[0]).toBeLessThanOrEqual(lowest);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest);
      expect(new Set(ticks).size).toBe(ticks.length);
      expect(ticks.length).toBeLessThanOrEqual(7);
    }
    expect(ticksBetween(Infinity, -Infinity)).toEqual([0, 1]);
  });
});
