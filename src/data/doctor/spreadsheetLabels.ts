/** Labels that a spreadsheet may have made of codes: 2-1 becomes 02-Jan, 100000 becomes 1E+05. */
import type { FindingCheck } from './check';

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)';
const dateLike = new RegExp(`^(?:\\d{1,2}[-/ ]${month}(?:[-/ ]\\d{2,4})?|${month}[-/ ]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}(?:[ T]00:00(?::00)?)?|\\d{1,2}/\\d{1,2}/\\d{2,4}|\\d{1,2}月\\d{1,2}日)$`, 'i');
const scientific = /^[-+]?\d(?:[.,]\d+)?E[+-]\d{1,3}$/i;

export const spreadsheetLabels: FindingCheck<'spreadsheet-labels'> = {
  id: 'spreadsheet-labels',
  examine(examined) {
    const labels = examined.rowsByName(true).filter(({ label }) => dateLike.test(label) || scientific.test(label));
    if (labels.length === 0 || examined.rows[0]?.target.kind === 'tokens') return null;
    const rows = examined.rowsWith(new Set(labels.map(({ label }) => label)));
    return { id: 'spreadsheet-labels', rows: rows.length, examples: examined.examples(rows), labels };
  },
};
