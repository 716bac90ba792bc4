/** The error function to about 1e-15, for references only: slow, and short enough to be checked by eye. */

/** Above it 1 - erf would lose digits, and 80 terms of the fraction are plenty (the rest is e^-38). */
const SERIES_LIMIT = 1.5;

/** erf(x) = 2 / sqrt(pi) exp(-x²) sum of 2ⁿ x²ⁿ⁺¹ / (2n + 1)!! (Abramowitz & Stegun 7.1.6): no term cancels another. */
function erfBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) = exp(-x²) / sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / ...))), x > 0 (7.1.14), from its far end. */
function erfcByFraction(x: number): number {
  let denominator = x;
  for (let n = 80; n >= 1; n--) denominator = x + n / 2 / denominator;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / denominator;
}

/** 1 - erf(x), without losing the digits of a small result. */
export function erfc(x: number): number {
  if (x > SERIES_LIMIT) return erfcByFraction(x);
  if (x < -SERIES_LIMIT) return 2 - erfcByFraction(-x);
  return 1 - erfBySeries(x);
}

export function erf(x: number): number {
  return Math.abs(x) > SERIES_LIMIT ? Math.sign(x) * (1 - erfcByFraction(Math.abs(x))) : erfBySeries(x);
}
