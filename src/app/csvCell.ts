/** Cells of the CSV files that the page writes: UTF-8 with a byte order mark, CRLF lines, safe in a spreadsheet. */

/** Cells with line breaks are quoted; spreadsheets still look at the first character inside the quotes. */
export function quoteCell(cell: string): string {
  return /[",\r\n\t]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The whole file from rows of finished cells. */
export const csvFileText = (rows: readonly (readonly string[])[]): string => `\ufeff${rows.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
