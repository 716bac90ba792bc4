/**
 * The two products that a fit spends its time in, four rows and two classes at a time: each number is fetched once for
 * several multiply-adds, and those do not wait for one another. Nothing is allocated. Sums keep one order.
 */

/** Where four rows of a matrix begin. Fewer are made up by repeating one, whose results are left unused. */
export type FourRows = readonly [number, number, number, number];

/**
 * @param data rows of `columns` numbers
 * @param others [count, columns]
 * @param into [4, count]: the scalar product of each of the four with each of the others
 */
export function scalarProducts(data: Float32Array, [row0, row1, row2, row3]: FourRows, columns: number, others: Float64Array, count: number, into: Float64Array): void {
  for (let first = 0; first < count; first += 2) {
    // Of an odd number the last is computed twice.
    const second = first + 1 < count ? first + 1 : first;
    const [left, right] = [first * columns, second * columns];
    let [sum00, sum01, sum10, sum11, sum20, sum21, sum30, sum31] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let column = 0; column < columns; column++) {
      const one = others[left + column] ?? 0;
      const two = others[right + column] ?? 0;
      const value0 = data[row0 + column] ?? 0;
      const value1 = data[row1 + column] ?? 0;
      const value2 = data[row2 + column] ?? 0;
      const value3 = data[row3 + column] ?? 0;
      sum00 += value0 * one;
      sum01 += value0 * two;
      sum10 += value1 * one;
      sum11 += value1 * two;
      sum20 += value2 * one;
      sum21 += value2 * two;
      sum30 += value3 * one;
      sum31 += value3 * two;
    }
    into[first] = sum00;
    into[second] = sum01;
    into[count + first] = sum10;
    into[count + second] = sum11;
    into[2 * count + first] = sum20;
    into[2 * count + second] = sum21;
    into[3 * count + first] = sum30;
    into[3 * count + second] = sum31;
  }
}

/**
 * Adds to each row of `into` [count, columns] the four rows, each times a factor.
 *
 * @param factors [4, count]; 0 for a row that was made up
 */
export function addMultiples(data: Float32Array, [row0, row1, row2, row3]: FourRows, columns: number, factors: Float64Array, count: number, into: Float64Array): void {
  for (let first = 0; first < count; first += 2) {
    // Of an odd number the last is gone through twice, the second time with nothing to add.
    const second = first + 1 < count ? first + 1 : first;
    const isPair = second > first ? 1 : 0;
    const [left, right] = [first * columns, second * columns];
    const left0 = factors[first] ?? 0;
    const left1 = factors[count + first] ?? 0;
    const left2 = factors[2 * count + first] ?? 0;
    const left3 = factors[3 * count + first] ?? 0;
    const right0 = isPair * (factors[second] ?? 0);
    const right1 = isPair * (factors[count + second] ?? 0);
    const right2 = isPair * (factors[2 * count + second] ?? 0);
    const right3 = isPair * (factors[3 * count + second] ?? 0);
    for (let column = 0; column < columns; column++) {
      const value0 = data[row0 + column] ?? 0;
      const value1 = data[row1 + column] ?? 0;
      const value2 = data[row2 + column] ?? 0;
      const value3 = data[row3 + column] ?? 0;
      into[left + column] = (into[left + column] ?? 0) + (left0 * value0 + left1 * value1 + (left2 * value2 + left3 * value3));
      into[right + column] = (into[right + column] ?? 0) + (right0 * value0 + right1 * value1 + (right2 * value2 + right3 * value3));
    }
  }
}

/** The four of `rows` from `from` on, as places in the data; the last is repeated where there are fewer. */
export function fourFrom(rows: Int32Array, from: number, columns: number): FourRows {
  const last = rows.length - 1;
  const at = (place: number): number => (rows[Math.min(place, last)] ?? 0) * columns;
  return [at(from), at(from + 1), at(from + 2), at(from + 3)];
}
