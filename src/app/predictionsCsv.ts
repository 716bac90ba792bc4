/**
 * The test predictions as CSV for a spreadsheet: UTF-8 with a byte order mark, CRLF lines.
 *
 * A text cell that a spreadsheet would run as a formula gets an apostrophe in front. Number columns are written by us
 * and stay numbers. A last column says in which rows that was done, so that opened here the texts are those of before. Several labels stand in one
 * cell as a JSON list, tags parted by spaces: the same file can be opened here again as data.
 */
import { apostropheColumn, guardCell, isFormulaLike, type Report } from '../domain';
import { csvFileText, quoteCell } from './csvCell';

interface Column<Row> {
  name: string;
  /** A text is guarded; a number is written as it is. */
  cell: (row: Row) => { text: string } | { number: string };
}

type PredictionOf<Of extends Report> = Of['predictions'][number];
type ReportOf<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>;

const score = (value: number | undefined) => ({ number: (value ?? 0).toFixed(6) });
const flag = (right: boolean) => ({ number: right ? '1' : '0' });
/** As many figures as float32 has. */
const plainNumber = (value: number) => ({ number: String(Number(value.toPrecision(7))) });
const sameIds = (left: readonly number[], right: readonly number[]) => left.length === right.length && left.every((id, index) => id === right[index]);

function scoreColumns(labels: readonly string[]): Column<{ scores: number[] }>[] {
  return labels.map((label, id) => ({ name: `score: ${label}`, cell: ({ scores }) => score(scores[id]) }));
}

/** Columns behind row and text, by kind of report. */
const columnsByKind: { [Kind in Report['kind']]: (report: ReportOf<Kind>) => Column<PredictionOf<ReportOf<Kind>>>[] } = {
  class: ({ labels }) => [
    { name: 'label', cell: ({ label }) => ({ text: labels[label] ?? '' }) },
    { name: 'answer', cell: ({ predicted }) => ({ text: labels[predicted] ?? '' }) },
    { name: 'right', cell: ({ label, predicted }) => flag(label === predicted) },
    { name: 'score', cell: ({ scores, predicted }) => score(scores[predicted]) },
    ...scoreColumns(labels),
  ],
  labels({ labels }) {
    const list = (ids: readonly number[]) => ({ text: JSON.stringify(ids.map((id) => labels[id] ?? '')) });
    return [
      { name: 'label', cell: ({ label }) => list(label) },
      { name: 'answer', cell: ({ predicted }) => list(predicted) },
      { name: 'right', cell: ({ label, predicted }) => flag(sameIds(label, predicted)) },
      ...scoreColumns(labels),
    ];
  },
  number: () => [
    { name: 'label', cell: ({ label }) => ({ number: String(label) }) },
    { name: 'answer', cell: ({ predicted }) => plainNumber(predicted) },
    { name: 'difference', cell: ({ label, predicted }) => plainNumber(predicted - label) },
  ],
  tokens({ labels }) {
    const tags = (ids: readonly number[]) => ({ text: ids.map((id) => labels[id] ?? 'O').join(' ') });
    return [
      { name: 'label', cell: ({ label }) => tags(label) },
      { name: 'answer', cell: ({ predicted }) => tags(predicted) },
      { name: 'right', cell: ({ label, predicted }) => flag(sameIds(label, predicted)) },
    ];
  },
};

function columnsOf(report: Report): Column<PredictionOf<Report>>[] {
  // The map ties each kind to its report; a union of kinds cannot be looked up without saying so.
  const own = columnsByKind[report.kind] as unknown as (report: Report) => Column<PredictionOf<Report>>[];
  const pairs = report.predictions.some(({ textPair }) => textPair !== undefined);
  return [
    { name: 'row', cell: ({ row }) => ({ number: String(row) }) },
    { name: 'text', cell: ({ text }) => ({ text }) },
    ...(pairs ? [{ name: 'text 2', cell: ({ textPair = '' }: PredictionOf<Report>) => ({ text: textPair }) }] : []),
    ...own(report),
  ];
}

export interface PredictionsCsv {
  text: string;
  /** Cells that got an apostrophe. */
  guarded: number;
}

const isFormula = (cell: ReturnType<Column<never>['cell']>): boolean => 'text' in cell && isFormulaLike(cell.text);

export function predictionsCsv(report: Report, options: { guardFormulas?: boolean } = {}): PredictionsCsv {
  const columns = columnsOf(report);
  const guarded = (options.guardFormulas ?? true) ? countFormulaLike(report) : 0;
  const textOf = guarded === 0 ? (text: string) => text : guardCell;
  const write = (cell: ReturnType<Column<never>['cell']>): string => ('number' in cell ? cell.number : quoteCell(textOf(cell.text)));
  const withLast = (cells: string[], last: string): string[] => (guarded === 0 ? cells : [...cells, last]);
  const lines = report.predictions.map((prediction) => {
    const cells = columns.map(({ cell }) => cell(prediction));
    return withLast(cells.map(write), cells.some(isFormula) ? '1' : '0');
  });
  return { text: csvFileText([withLast(columns.map(({ name }) => quoteCell(name)), apostropheColumn), ...lines]), guarded };
}

/** Cells that would get an apostrophe, without building the file. */
export function countFormulaLike(report: Report): number {
  const columns = columnsOf(report);
  return report.predictions.reduce((sum, prediction) => sum + columns.filter(({ cell }) => isFormula(cell(prediction))).length, 0);
}
