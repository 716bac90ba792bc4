/** Cells of the CSV files that the page writes: UTF-8 with a byte order mark, CRLF lines, safe in a spreadsheet. */

/** = + - @ and their full-width forms, TAB and CR; also after leading apostrophes, so that taking one off is exact. */
export const formulaLike = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Cells with line breaks are quoted; spreadsheets still look at the first character inside the quotes. */
export function quoteCell(cell: string): string {
  return /[",\r\n\t]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export const guardCell = (cell: string): string => (formulaLike.test(cell) ? `'${cell}` : cell);

/** The whole file from rows of finished cells. */
export const csvFileText = (rows: readonly (readonly string[])[]): string => `\ufeff${rows.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
