/** Gradients without any calculus: every formula of a gradient must agree with what small changes do. */
import type { Tolerance } from '../check/compare';

/** Central differences of a smooth loss: an error of step² (1e-10) from curvature, 1e-16 / step (1e-11) from rounding. */
const STEP = 1e-5;

/** What differences of a loss of about 1 can show. */
export const DIFFERENCES: Tolerance = { absolute: 1e-9, relative: 1e-7, scale: 'largest', reason: 'central differences' };

/**
 * The gradient of `loss` with respect to `values`, which are changed one by one and put back.
 * @param loss computes everything from `values` anew
 */
export function differences(values: Float64Array, loss: () => number): Float64Array {
  return Float64Array.from(values, (value, index) => {
    values[index] = value + STEP;
    const above = loss();
    values[index] = value - STEP;
    const below = loss();
    values[index] = value;
    return (above - below) / (2 * STEP);
  });
}

/** sum of values x weights: a loss whose gradient with respect to `values` is `weights`. */
export function weighted(values: Float64Array, weights: Float64Array): number {
  return values.reduce((sum, value, index) => sum + value * (weights[index] ?? NaN), 0);
}
