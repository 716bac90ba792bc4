/** Whether two devices give a row the same scores: far apart enough to mean a fault, close enough to mean rounding. */

/** Of the largest score, and beside it: what two right devices may differ by after many layers in float32. */
const RELATIVE = 1e-2;
const ABSOLUTE = 1e-3;

/** NaN is the largest difference there is. */
export function largestLogitDifference(some: readonly Float32Array[], others: readonly Float32Array[]): { difference: number; allowed: number } {
  let difference = 0;
  let largest = 0;
  others.forEach((row, index) =>
    row.forEach((expected, label) => {
      const apart = Math.abs((some[index]?.[label] ?? NaN) - expected);
      if (!(apart <= difference)) difference = Number.isNaN(apart) ? Infinity : apart;
      largest = Math.max(largest, Math.abs(expected));
    }),
  );
  return { difference, allowed: RELATIVE * largest + ABSOLUTE };
}
