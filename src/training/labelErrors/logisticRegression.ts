/**
 * Multinomial logistic regression: the minimum of `sum of log losses + |W|^2 / (2 C)`, intercepts not penalized, which is
 * scikit-learn's `LogisticRegression(C=C)` for three classes or more (and its `C=2C` for two: there the penalty falls on
 * one vector of weights instead of two).
 *
 * Found by L-BFGS (Nocedal & Wright, algorithm 7.4). Its first guess of the inverse curvature is that of the beginning,
 * where the probabilities are the classes' shares, the same for every class (`startingCurvature`): features of text are
 * so alike that without it ten times as many steps are needed.
 */
import type { Matrix } from './matrix';
import { addMultiples, fourFrom, scalarProducts } from './products';

export interface FitOptions {
  /** Standardized, with a last column of ones. */
  features: Matrix;
  /** Rows to learn from. */
  rows: Int32Array;
  /** Class of every row of the features, 0 to `classes` - 1; all of them occur among `rows`. */
  labels: Int32Array;
  classes: number;
  /** Inverse strength of the penalty. */
  c: number;
  /** Inverse of `startingCurvature`, [columns, columns]. */
  inverseCurvature: Matrix;
  /** Ends where, by that curvature, the objective can fall by no more than about half of this, in nats over all rows. */
  tolerance: number;
  mostSteps: number;
  /** Called some times in a step, which counts from 0; may throw to end the work. */
  pause: (step: number) => Promise<void>;
}

/** Steps that the curvature is remembered from. */
const memory = 10;
const sufficientDecrease = 1e-4;
/** Multiply-adds between two pauses, some hundredths of a second. */
const productsPerPause = 3e7;

/**
 * X'X times the mean curvature of the log loss where every probability is its class's share p, plus the penalty. That
 * mean is (1 - sum of p^2) / (classes - 1): the trace of diag(p) - pp' over its rank. For two equal classes it is Böhning's
 * bound of 1/2 (1992), which holds anywhere but is far too much where there are many classes.
 *
 * @param products X'X over the rows, [columns, columns]; not changed
 * @param counts rows of each class
 */
export function startingCurvature(products: Float64Array, counts: readonly number[], columns: number, c: number): Float64Array {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const mean = (1 - counts.reduce((sum, count) => sum + (count / rows) ** 2, 0)) / Math.max(1, counts.length - 1);
  const curvature = products.map((product) => product * mean);
  for (let column = 0; column < columns; column++) {
    const at = column * (columns + 1);
    // The last column is the intercept's; a little keeps the matrix positive definite.
    curvature[at] = (curvature[at] ?? 0) + (column === columns - 1 ? 1e-6 : 1 / c);
  }
  return curvature;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

/** target += factor x other, in place */
function add(target: Float64Array, factor: number, other: Float64Array): void {
  for (let index = 0; index < target.length; index++) target[index] = (target[index] ?? 0) + factor * (other[index] ?? 0);
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

/** Half the sum of squared weights over C is added to the value, and its slope to the gradient. */
function penalty(weights: Float64Array, gradient: Float64Array, columns: number, c: number): number {
  let value = 0;
  for (let index = 0; index < weights.length; index++) {
    // The last column is the intercept's.
    if (index % columns === columns - 1) continue;
    const weight = weights[index] ?? 0;
    value += (weight * weight) / (2 * c);
    gradient[index] = (gradient[index] ?? 0) + weight / c;
  }
  return value;
}

/** The objective at `weights`; its gradient goes into `gradient`. */
async function evaluate({ features, rows, labels, classes, c, pause }: FitOptions, weights: Float64Array, gradient: Float64Array, step: number): Promise<number> {
  const { columns, data } = features;
  gradient.fill(0);
  const scores = new Float64Array(4 * classes);
  const ofRow = [0, 1, 2, 3].map((place) => scores.subarray(place * classes, (place + 1) * classes));
  let value = 0;
  let products = 0;
  for (let from = 0; from < rows.length; from += 4) {
    const four = fourFrom(rows, from, columns);
    scalarProducts(data, four, columns, weights, classes, scores);
    for (const [place, own] of ofRow.entries()) {
      const row = rows[from + place];
      if (row === undefined) {
        own.fill(0);
        continue;
      }
      const truth = labels[row] ?? 0;
      const score = own[truth] ?? 0;
      value += softmaxInPlace(own) - score;
      own[truth] = (own[truth] ?? 0) - 1;
    }
    addMultiples(data, four, columns, scores, classes, gradient);
    products += 8 * classes * columns;
    if (products < productsPerPause) continue;
    products = 0;
    await pause(step);
  }
  return value + penalty(weights, gradient, columns, c);
}

/** The inverse curvature times a vector of weights, class by class. */
function solve({ inverseCurvature: { data }, features: { columns }, classes }: FitOptions, vector: Float64Array): Float64Array {
  const solved = new Float64Array(vector.length);
  const products = new Float64Array(4 * classes);
  const places = Int32Array.from({ length: columns }, (_, column) => column);
  for (let from = 0; from < columns; from += 4) {
    scalarProducts(data, fourFrom(places, from, columns), columns, vector, classes, products);
    for (let column = from; column < Math.min(from + 4, columns); column++) {
      for (let label = 0; label < classes; label++) solved[label * columns + column] = products[(column - from) * classes + label] ?? 0;
    }
  }
  return solved;
}

interface Pair {
  step: Float64Array;
  change: Float64Array;
  /** Of step and change. */
  product: number;
  /** What the starting guess of the inverse curvature is to be multiplied by, as the pair saw it. */
  scale: number;
}

/** The remembered inverse curvature times the gradient. */
function direction(options: FitOptions, gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const vector = gradient.slice();
  const factors = new Float64Array(pairs.length);
  for (let index = pairs.length - 1; index >= 0; index--) {
    const pair = pairs[index];
    if (!pair) continue;
    const factor = dot(pair.step, vector) / pair.product;
    factors[index] = factor;
    add(vector, -factor, pair.change);
  }
  const scale = pairs.at(-1)?.scale ?? 1;
  const solved = solve(options, vector).map((value) => value * scale);
  pairs.forEach(({ step, change, product }, index) => add(solved, (factors[index] ?? 0) - dot(change, solved) / product, step));
  return solved;
}

/** @param start weights of a like fit, or null for zeros; not changed. @returns weights [classes, columns] */
export async function fitLogistic(options: FitOptions, start: Float64Array | null): Promise<Float64Array> {
  const { features, classes, tolerance, mostSteps, pause } = options;
  const weights = start?.slice() ?? new Float64Array(classes * features.columns);
  let gradient = new Float64Array(weights.length);
  let next = new Float64Array(weights.length);
  let value = await evaluate(options, weights, gradient, 0);
  let solved = solve(options, gradient);
  const pairs: Pair[] = [];
  for (let step = 1; step <= mostSteps && dot(gradient, solved) > tolerance; step++) {
    const moved = direction(options, gradient, pairs);
    const slope = dot(gradient, moved);
    let size = -1;
    for (let index = 0; index < moved.length; index++) moved[index] = size * (moved[index] ?? 0);
    add(weights, 1, moved);
    let reached = await evaluate(options, weights, next, step);
    while (reached > value + sufficientDecrease * size * slope && size < -1e-6) {
      size /= 2;
      for (let index = 0; index < moved.length; index++) moved[index] = (moved[index] ?? 0) / 2;
      add(weights, -1, moved);
      reached = await evaluate(options, weights, next, step);
    }
    const change = next.slice();
    add(change, -1, gradient);
    const before = solved;
    solved = solve(options, next);
    const product = dot(moved, change);
    if (product > 0) pairs.push({ step: moved, change, product, scale: product / (dot(change, solved) - dot(change, before)) });
    if (pairs.length > memory) pairs.shift();
    await pause(step);
    // Nothing is left but rounding.
    if (reached >= value) break;
    value = reached;
    [gradient, next] = [next, gradient];
  }
  return weights;
}

/** Probabilities of one row, one a class. */
export function predictLogistic({ columns, data }: Matrix, row: number, weights: Float64Array, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  const begin = row * columns;
  for (let label = 0; label < classes; label++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += (data[begin + column] ?? 0) * (weights[label * columns + column] ?? 0);
    scores[label] = sum;
  }
  softmaxInPlace(scores);
  return scores;
}
