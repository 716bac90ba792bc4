/** Rows of numbers in one array, and the little linear algebra that a fit needs. Sums keep one order. */

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

/** Sum of x x' over some rows, [columns, columns]; only the lower triangle is filled. */
export function gram({ columns, data }: Matrix, rows: readonly number[]): Float64Array {
  const sum = new Float64Array(columns * columns);
  for (const row of rows) {
    const begin = row * columns;
    for (let i = 0; i < columns; i++) {
      const value = (data[begin + i] ?? 0);
      const at = i * columns;
      for (let j = 0; j <= i; j++) sum[at + j] = (sum[at + j] ?? 0) + (value * (data[begin + j] ?? 0));
    }
  }
  return sum;
}

/** L of L L' = a, in place of the lower triangle of `a`, which must be positive definite. */
export function choleskyInPlace(a: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (a[i * size + j] ?? 0);
      for (let k = 0; k < j; k++) sum -= (a[i * size + k] ?? 0) * (a[j * size + k] ?? 0);
      a[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (a[j * size + j] ?? 0);
    }
  }
  return a;
}

/** Solves L L' x = b for one right-hand side, in place, within `b` from `offset` on. */
export function choleskySolve(lower: Float64Array, size: number, b: Float64Array, offset: number): void {
  for (let i = 0; i < size; i++) {
    let sum = (b[offset + i] ?? 0);
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] ?? 0) * (b[offset + k] ?? 0);
    b[offset + i] = sum / (lower[i * size + i] ?? 0);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = (b[offset + i] ?? 0);
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] ?? 0) * (b[offset + k] ?? 0);
    b[offset + i] = sum / (lower[i * size + i] ?? 0);
  }
}
