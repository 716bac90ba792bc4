/** Figures over the lengths of many texts. */

/** The value that `share` of the numbers do not exceed (nearest rank). */
export function percentile(numbers: ArrayLike<number>, share: number): number {
  const sorted = Array.from(numbers).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
