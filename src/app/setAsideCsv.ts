/** Rows set aside, as a file: where each stands, why, and its cells. */
import { guardCell, type SetAsideReason, type SetAsideRow } from '../domain';
import { csvFileText, quoteCell } from './csvCell';

export function setAsideCsv(rows: readonly SetAsideRow[], names: { row: string; reason: string }, reasons: Record<SetAsideReason, string>): string {
  const lines = rows.map(({ row, reason, cells }) => [String(row), quoteCell(reasons[reason]), ...cells.map((cell) => quoteCell(guardCell(cell)))]);
  return csvFileText([[quoteCell(names.row), quoteCell(names.reason)], ...lines]);
}
