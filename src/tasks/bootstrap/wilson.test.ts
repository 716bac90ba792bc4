import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson';

describe('wilsonInterval', () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is that of the literature: %i of %i', (right, rows, low, high) => {
    const interval = wilsonInterval(right, rows);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  it('mirrors right and wrong, and stays in [0, 1]', () => {
    const [low, high] = wilsonInterval(3, 17);
    expect(wilsonInterval(14, 17)).toEqual([expect.closeTo(1 - high, 12), expect.closeTo(1 - low, 12)]);
    for (const rows of [1, 2, 7, 500]) {
      expect(wilsonInterval(0, rows)[0]).toBeGreaterThanOrEqual(0);
      expect(wilsonInterval(rows, rows)[1]).toBeLessThanOrEqual(1);
      expect(wilsonInterval(rows, rows)[0]).toBeLessThan(1);
    }
  });

  it('says nothing of no rows', () => expect(wilsonInterval(0, 0)).toEqual([0, 1]));
});
