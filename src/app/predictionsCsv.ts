/**
 * The test predictions as CSV for a spreadsheet: UTF-8 with a byte order mark, CRLF lines.
 *
 * A text cell that a spreadsheet would run as a formula gets an apostrophe in front. Number columns are written by us
 * and stay numbers. Reading our own file back, `withoutApostrophe` gives the original text.
 */
import type { ClassificationReport } from '../domain';

/** = + - @ and their full-width forms, TAB and CR; also after leading apostrophes, so that taking one off is exact. */
const formulaLike = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Cells with line breaks are quoted; spreadsheets still look at the first character inside the quotes. */
function quote(cell: string): string {
  return /[",\r\n\t]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export interface PredictionsCsv {
  text: string;
  /** Cells that got an apostrophe. */
  guarded: number;
}

export function predictionsCsv(report: ClassificationReport, options: { guardFormulas?: boolean } = {}): PredictionsCsv {
  const guard = options.guardFormulas ?? true;
  let guarded = 0;
  const textCell = (cell: string) => {
    if (!guard || !formulaLike.test(cell)) return quote(cell);
    guarded += 1;
    return quote(`'${cell}`);
  };

  const scoreColumns = report.labels.map((label) => `score: ${label}`);
  const lines = [['row', 'text', 'label', 'answer', 'right', 'score', ...scoreColumns].map(quote).join(',')];
  for (const prediction of report.predictions) {
    const cells = [
      String(prediction.row),
      textCell(prediction.text),
      textCell(report.labels[prediction.label] ?? ''),
      textCell(report.labels[prediction.predicted] ?? ''),
      prediction.label === prediction.predicted ? '1' : '0',
      (prediction.scores[prediction.predicted] ?? 0).toFixed(6),
      ...prediction.scores.map((score) => score.toFixed(6)),
    ];
    lines.push(cells.join(','));
  }
  return { text: `\ufeff${lines.join('\r\n')}\r\n`, guarded };
}

export function withoutApostrophe(cell: string): string {
  return cell.startsWith("'") && formulaLike.test(cell) ? cell.slice(1) : cell;
}

/** Cells that would get an apostrophe, without building the file. */
export function countFormulaLike(report: ClassificationReport): number {
  const labels = report.labels.map((label) => formulaLike.test(label));
  return report.predictions.reduce(
    (sum, { text, label, predicted }) =>
      sum + Number(formulaLike.test(text)) + Number(labels[label] ?? false) + Number(labels[predicted] ?? false),
    0,
  );
}
