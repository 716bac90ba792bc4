/**
 * Texts that a spreadsheet would run as a formula, in the CSV files that the page writes: an apostrophe is put before
 * them, and taken off again where such a file is opened as data.
 */

/** = + - @ and their full-width forms, TAB and CR; also after leading apostrophes, so that taking one off is exact. */
const formulaLike = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

export const isFormulaLike = (cell: string): boolean => formulaLike.test(cell);

export const guardCell = (cell: string): string => (isFormulaLike(cell) ? `'${cell}` : cell);

/** What `guardCell` was given; a cell without its apostrophe stays as it is. */
export const unguardCell = (cell: string): string => (cell.startsWith("'") && isFormulaLike(cell) ? cell.slice(1) : cell);

/** The last column of saved predictions in which apostrophes were put before cells: 1 in those rows. */
export const apostropheColumn = 'apostrophe';

/** The first columns of saved predictions; a second text stands behind the first. */
const predictionColumns = ['row', 'text', 'label', 'answer'] as const;

/** Whether a header is that of saved predictions with apostrophes before cells. */
export function isGuardedHeader(header: readonly string[]): boolean {
  const [row, text, ...others] = header;
  const columns = [row, text, ...(others[0] === 'text 2' ? others.slice(1) : others)];
  return header.at(-1) === apostropheColumn && predictionColumns.every((name, place) => columns[place] === name);
}

/** A row of such a file as its texts were. */
export function unguardedRow(cells: string[]): string[] {
  return cells.at(-1) === '1' ? cells.map(unguardCell) : cells;
}
