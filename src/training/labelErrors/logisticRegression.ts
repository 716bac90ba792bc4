/**
 * Multinomial logistic regression: the minimum of `sum of log losses + |W|^2 / (2 C)`, intercepts not penalized, which is
 * scikit-learn's `LogisticRegression(C=C)` for three classes or more (and its `C=2C` for two: there the penalty falls on
 * one vector of weights instead of two).
 *
 * Found by L-BFGS (Nocedal & Wright, algorithm 7.4). Its first guess of the inverse curvature is the bound of Böhning
 * (1992), half of X'X plus the penalty, the same for every class: features of text are so alike that without it ten
 * times as many steps are needed.
 */
import { choleskySolve, type Matrix } from './matrix';

export interface FitOptions {
  /** Standardized, with a last column of ones. */
  features: Matrix;
  /** Rows to learn from. */
  rows: readonly number[];
  /** Class of every row of the features, 0 to `classes` - 1; all of them occur among `rows`. */
  labels: Int32Array;
  classes: number;
  /** Inverse strength of the penalty. */
  c: number;
  /** Cholesky factor of X'X / 2 + penalty over `rows`. */
  curvature: Float64Array;
  /** Ends where the objective can fall by no more than about this, in nats over all rows. */
  tolerance: number;
  mostSteps: number;
  /** Called after each step; may throw to end the work. */
  pause: (step: number) => Promise<void>;
}

/** Steps that the curvature is remembered from. */
const memory = 10;
const sufficientDecrease = 1e-4;

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

/** left + factor x right */
function plus(left: Float64Array, factor: number, right: Float64Array): Float64Array {
  return left.map((value, index) => value + factor * (right[index] ?? 0));
}

/** Scores of one row, one a class, into `scores`. @param weights [classes, columns] */
function scoreRow({ columns, data }: Matrix, row: number, weights: Float64Array, scores: Float64Array): void {
  const begin = row * columns;
  for (let label = 0; label < scores.length; label++) {
    const at = label * columns;
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += (data[begin + column] ?? 0) * (weights[at + column] ?? 0);
    scores[label] = sum;
  }
}

/** Turns scores into probabilities in place; returns the logarithm of their sum before. */
function softmaxInPlace(scores: Float64Array): number {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let label = 0; label < scores.length; label++) {
    const power = Math.exp((scores[label] ?? 0) - most);
    scores[label] = power;
    sum += power;
  }
  for (let label = 0; label < scores.length; label++) scores[label] = (scores[label] ?? 0) / sum;
  return most + Math.log(sum);
}

/** Objective and its gradient at `weights`. */
function evaluate({ features, rows, labels, classes, c }: FitOptions, weights: Float64Array): { value: number; gradient: Float64Array } {
  const { columns, data } = features;
  const gradient = new Float64Array(weights.length);
  const scores = new Float64Array(classes);
  let value = 0;
  for (const row of rows) {
    const truth = labels[row] ?? 0;
    scoreRow(features, row, weights, scores);
    const own = scores[truth] ?? 0;
    value += softmaxInPlace(scores) - own;
    const begin = row * columns;
    for (let label = 0; label < classes; label++) {
      const residual = (scores[label] ?? 0) - (label === truth ? 1 : 0);
      if (Math.abs(residual) < 1e-12) continue;
      const at = label * columns;
      for (let column = 0; column < columns; column++) gradient[at + column] = (gradient[at + column] ?? 0) + residual * (data[begin + column] ?? 0);
    }
  }
  for (let index = 0; index < weights.length; index++) {
    // The last column is the intercept's.
    if (index % columns === columns - 1) continue;
    const weight = weights[index] ?? 0;
    value += (weight * weight) / (2 * c);
    gradient[index] = (gradient[index] ?? 0) + weight / c;
  }
  return { value, gradient };
}

interface Pair {
  step: Float64Array;
  change: Float64Array;
  product: number;
}

/** The curvature's inverse times the gradient, and the gradient's length measured with it. */
function direction(gradient: Float64Array, pairs: readonly Pair[], solve: (vector: Float64Array) => Float64Array): Float64Array {
  let vector = gradient;
  const factors: number[] = [];
  for (const { step, change, product } of [...pairs].reverse()) {
    const factor = dot(step, vector) / product;
    factors.unshift(factor);
    vector = plus(vector, -factor, change);
  }
  const last = pairs.at(-1);
  const scale = last ? last.product / dot(last.change, solve(last.change)) : 1;
  vector = solve(vector).map((value) => value * scale);
  pairs.forEach(({ step, change, product }, index) => {
    const factor = dot(change, vector) / product;
    vector = plus(vector, (factors[index] ?? 0) - factor, step);
  });
  return vector;
}

/** @param start weights of a like fit, or null for zeros. @returns weights [classes, columns] */
export async function fitLogistic(options: FitOptions, start: Float64Array | null = null): Promise<Float64Array> {
  const { features, classes, curvature, tolerance, mostSteps, pause } = options;
  const { columns } = features;
  const solve = (vector: Float64Array): Float64Array => {
    const solved = vector.slice();
    for (let label = 0; label < classes; label++) choleskySolve(curvature, columns, solved, label * columns);
    return solved;
  };
  let weights = start ?? new Float64Array(classes * columns);
  let { value, gradient } = evaluate(options, weights);
  const pairs: Pair[] = [];
  for (let step = 1; step <= mostSteps; step++) {
    if (dot(gradient, solve(gradient)) <= tolerance) break;
    const downhill = direction(gradient, pairs, solve);
    const slope = dot(gradient, downhill);
    let size = 1;
    let next = evaluate(options, plus(weights, -size, downhill));
    while (next.value > value - sufficientDecrease * size * slope && size > 1e-6) {
      size /= 2;
      next = evaluate(options, plus(weights, -size, downhill));
    }
    const moved = downhill.map((part) => -size * part);
    const change = plus(next.gradient, -1, gradient);
    const product = dot(moved, change);
    if (product > 0) pairs.push({ step: moved, change, product });
    if (pairs.length > memory) pairs.shift();
    // Nothing is left but rounding.
    const stuck = next.value >= value;
    weights = plus(weights, 1, moved);
    ({ value, gradient } = next);
    await pause(step);
    if (stuck) break;
  }
  return weights;
}

/** Probabilities of one row, one a class. */
export function predictLogistic(features: Matrix, row: number, weights: Float64Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  scoreRow(features, row, weights, scores);
  softmaxInPlace(scores);
  return scores;
}
