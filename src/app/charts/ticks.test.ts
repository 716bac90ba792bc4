import { describe, expect, it } from 'vitest';
import { niceTicks, ticksOver } from './ticks';

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
});
