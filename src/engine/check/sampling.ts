/** Which elements of a kernel's output are compared: some of every tile, so that a tile that is wrong is found. */
import type { SeededNumbers } from '../ops/caseBuilder';

/** How much is compared of one kernel, in steps of its reference. */
export interface Density {
  /** Multiplications of a product, or of a head's attention. */
  multiplications: number;
  /** Elements of what is computed row by row, or each by itself. */
  elements: number;
}

/** Some 5 to 15 ms a kernel. */
export const USUAL_DENSITY: Density = { multiplications: 2 ** 20, elements: 2 ** 15 };
/** For a device so slow that the time is up: some of every tile of products, too little to find one wrong tile of the rest. */
export const LOW_DENSITY: Density = { multiplications: 2 ** 18, elements: 2 ** 12 };

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** One place of each block. In turn its first, any, its last: two neighbours then lie on both sides of their border. */
function oneOfEach(count: number, block: number, numbers: SeededNumbers): number[] {
  const places = range(Math.ceil(count / block)).map((index) => {
    const first = index * block;
    const last = Math.min(first + block, count) - 1;
    return [first, numbers.integer(first, last), last][index % 3] ?? first;
  });
  return [...new Set([...places, count - 1])].sort((left, right) => left - right);
}

/** Places among `count` in ascending order, the first and the last of all among them: all, or one of each block of a power of two. */
export function spread(count: number, most: number, numbers: SeededNumbers): number[] {
  let block = 1;
  while (Math.ceil(count / block) > Math.max(1, most)) block *= 2;
  return block === 1 ? range(count) : oneOfEach(count, block, numbers);
}

/** As `spread`, in runs of `run` neighbours: for what is computed, or numbered, in small groups. */
export function spreadRuns(count: number, most: number, run: number, numbers: SeededNumbers): number[] {
  if (count <= most) return range(count);
  return spread(Math.ceil(count / run), Math.ceil(most / run), numbers).flatMap((group) => range(Math.min(run, count - group * run)).map((index) => group * run + index));
}

/** Rows and columns of a product's result that have some of every tile; each of the points costs `terms` multiplications. */
export function spreadGrid(rows: number, columns: number, terms: number, { multiplications }: Density, numbers: SeededNumbers): { rows: number[]; columns: number[] } {
  const points = multiplications / Math.max(1, terms);
  let [mostRows, mostColumns] = [rows, columns];
  // The finer side becomes coarser: tiles are about square.
  while (mostRows * mostColumns > points && mostRows * mostColumns > 1) {
    if (mostColumns === 1 || (mostRows > 1 && rows / mostRows <= columns / mostColumns)) mostRows = Math.ceil(mostRows / 2);
    else mostColumns = Math.ceil(mostColumns / 2);
  }
  return { rows: spread(rows, mostRows, numbers), columns: spread(columns, mostColumns, numbers) };
}

/** Elements at these rows and columns of a matrix that is `width` wide, row by row. */
export function gridElements(width: number, rows: readonly number[], columns: readonly number[]): Uint32Array {
  const elements = new Uint32Array(rows.length * columns.length);
  let next = 0;
  for (const row of rows) for (const column of columns) elements[next++] = row * width + column;
  return elements;
}

/** Whole rows of a matrix. */
export const rowElements = (width: number, rows: readonly number[]): Uint32Array => gridElements(width, rows, range(width));

export function gather(values: Float64Array, elements: ArrayLike<number>): Float64Array {
  const found = new Float64Array(elements.length);
  for (let index = 0; index < elements.length; index++) found[index] = values[elements[index] ?? -1] ?? NaN;
  return found;
}
