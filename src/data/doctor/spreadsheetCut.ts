/** Cells of exactly as many characters as a spreadsheet's cell holds: the rest was cut off before the file came here. */
import { forEachInPieces } from '../pause';
import type { FindingCheck } from './check';
import type { ExaminedRow } from './examined';

/** The most that an Excel cell takes. */
const cellLimit = 32_767;

export const spreadsheetCut: FindingCheck<'spreadsheet-cut'> = {
  id: 'spreadsheet-cut',
  async examine(examined, pause) {
    const rows: ExaminedRow[] = [];
    await forEachInPieces(examined.rows, pause, (row) => {
      if (row.text.length === cellLimit || row.textPair?.length === cellLimit) rows.push(row);
    });
    return rows.length === 0 ? null : { id: 'spreadsheet-cut', rows: rows.length, examples: examined.examples(rows), characters: cellLimit };
  },
};
