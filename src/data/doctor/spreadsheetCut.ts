/** Cells of exactly as many characters as a spreadsheet's cell holds: the rest was cut off before the file came here. */
import type { FindingCheck } from './check';

/** The most that an Excel cell takes. */
const cellLimit = 32_767;

export const spreadsheetCut: FindingCheck<'spreadsheet-cut'> = {
  id: 'spreadsheet-cut',
  examine(examined) {
    const rows = examined.rows.filter(({ text, textPair }) => text.length === cellLimit || textPair?.length === cellLimit);
    return rows.length === 0 ? null : { id: 'spreadsheet-cut', rows: rows.length, examples: examined.examples(rows), characters: cellLimit };
  },
};
