/** Rows of numbers in one array, and the little linear algebra that a fit needs. Sums keep one order. */

import { addMultiples, fourFrom } from './products';

/** [rows, columns], row after row. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float32Array;
}

/** Each column with mean 0 and standard deviation 1, and a last column of ones; a constant column becomes 0. */
export function standardized({ rows, columns, data }: Matrix): Matrix {
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) means[column] = (means[column] ?? 0) + ((data[row * columns + column] ?? 0));
  for (let column = 0; column < columns; column++) means[column] = (means[column] ?? 0) / (Math.max(1, rows));
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) squares[column] = (squares[column] ?? 0) + (((data[row * columns + column] ?? 0) - (means[column] ?? 0)) ** 2);
  const scales = squares.map((sum) => (sum > 0 ? 1 / Math.sqrt(sum / rows) : 0));
  const width = columns + 1;
  const result = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[row * width + column] = ((data[row * columns + column] ?? 0) - (means[column] ?? 0)) * (scales[column] ?? 0);
    result[row * width + columns] = 1;
  }
  return { rows, columns: width, data: result };
}

/** Sum of x x' over some rows, [columns, columns]. */
export function gram({ columns, data }: Matrix, rows: Int32Array): Float64Array {
  const sum = new Float64Array(columns * columns);
  const factors = new Float64Array(4 * columns);
  for (let from = 0; from < rows.length; from += 4) {
    const four = fourFrom(rows, from, columns);
    four.forEach((begin, place) => {
      for (let column = 0; column < columns; column++) factors[place * columns + column] = from + place < rows.length ? (data[begin + column] ?? 0) : 0;
    });
    addMultiples(data, four, columns, factors, columns, sum);
  }
  return sum;
}

/** L of L L' = a, in place of the lower triangle of `a`, which must be positive definite. */
function choleskyInPlace(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (a[i * size + k] ?? 0) * (a[j * size + k] ?? 0);
      a[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (a[j * size + j] ?? 0);
    }
  }
}

/** The inverse of L, row after row. */
function invertedLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const own = inverse.subarray(i * size, (i + 1) * size);
    own[i] = 1;
    for (let k = 0; k < i; k++) {
      const factor = lower[i * size + k] ?? 0;
      for (let j = 0; j <= k; j++) own[j] = (own[j] ?? 0) - factor * (inverse[k * size + j] ?? 0);
    }
    const diagonal = lower[i * size + i] ?? 1;
    for (let j = 0; j <= i; j++) own[j] = (own[j] ?? 0) / diagonal;
  }
  return inverse;
}

/** The inverse of a symmetric, positive definite matrix, whose place is used up: with L L' = a it is L^-T L^-1. */
export function inverted(a: Float64Array, size: number): Matrix {
  choleskyInPlace(a, size);
  const lower = invertedLower(a, size);
  const inverse = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i <= k; i++) {
      const factor = lower[k * size + i] ?? 0;
      for (let j = 0; j <= k; j++) inverse[i * size + j] = (inverse[i * size + j] ?? 0) + factor * (lower[k * size + j] ?? 0);
    }
  }
  return { rows: size, columns: size, data: Float32Array.from(inverse) };
}
