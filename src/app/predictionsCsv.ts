/**
 * The test predictions as CSV for a spreadsheet: UTF-8 with a byte order mark, CRLF lines.
 *
 * A text cell that a spreadsheet would run as a formula gets an apostrophe in front. Number columns are written by us
 * and stay numbers. Reading our own file back, `withoutApostrophe` gives the original text.
 */
import type { ClassificationReport } from '../domain';
import { csvFileText, formulaLike, quoteCell } from './csvCell';

export interface PredictionsCsv {
  text: string;
  /** Cells that got an apostrophe. */
  guarded: number;
}

export function predictionsCsv(report: ClassificationReport, options: { guardFormulas?: boolean } = {}): PredictionsCsv {
  const guard = options.guardFormulas ?? true;
  let guarded = 0;
  const textCell = (cell: string) => {
    if (!guard || !formulaLike.test(cell)) return quoteCell(cell);
    guarded += 1;
    return quoteCell(`'${cell}`);
  };

  const scoreColumns = report.labels.map((label) => `score: ${label}`);
  const lines = [['row', 'text', 'label', 'answer', 'right', 'score', ...scoreColumns].map(quoteCell)];
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
    lines.push(cells);
  }
  return { text: csvFileText(lines), guarded };
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
