/** Rows of one table on their way to a data set: those still used, and those set aside with the reason. */
import { AnnealError, type SetAsideReason, type SetAsideRow, type Side, type Table } from '../domain';
import { trimInvisible } from './cells';
import { mostSetAsideCells } from './importTable';
import { forEachInPieces, type Pause } from './pause';
import { PreparedRow } from './preparedRow';
import type { RowTarget, TargetReader } from './targets';

function problemOf(text: string): SetAsideReason | null {
  if (text === '') return 'empty-text';
  return trimInvisible(text) === '' ? 'blank-text' : null;
}

export class TableRows {
  readonly setAside: SetAsideRow[];
  rows: PreparedRow[] = [];

  private constructor(private readonly table: Table) {
    this.setAside = [...table.setAside];
  }

  /** @param side of all its rows, where they come from a file of their own */
  static async read(table: Table, reader: TargetReader, pause: Pause, side: Side | null = null): Promise<TableRows> {
    const own = new TableRows(table);
    await forEachInPieces(table.rowNumbers, pause, (row, index) => own.add(reader, row, index, side));
    return own;
  }

  private add(reader: TargetReader, row: number, index: number, side: Side | null): void {
    const text = reader.text.cells.at(index) ?? '';
    const textPair = reader.textPair && (reader.textPair.cells.at(index) ?? '');
    const noLabel = reader.label !== null && trimInvisible(reader.label.cells.at(index) ?? '') === '' ? 'empty-label' : null;
    const reason = problemOf(text) ?? (textPair === undefined ? null : problemOf(textPair)) ?? noLabel;
    const target = reason === null ? reader.read(index, text) : null;
    if (target === null) this.putAside({ row, index }, reason ?? reader.problem);
    else this.rows.push(new PreparedRow(reader, index, row, target, side));
  }

  /** @param withCells for a person to see; many rows with nothing wrong need not be held a second time */
  putAside({ row, index }: Pick<PreparedRow, 'row' | 'index'>, reason: SetAsideReason, withCells = true): void {
    const cells = withCells ? this.table.columns.slice(0, mostSetAsideCells).map((column) => column.cells.at(index) ?? '') : [];
    this.setAside.push({ row, reason, cells });
  }

  /** Keeps the rows that pass and puts the others aside; returns how many those are. */
  keep(passes: (row: PreparedRow) => boolean, reason: SetAsideReason): number {
    const rows: PreparedRow[] = [];
    for (const row of this.rows) {
      if (passes(row)) rows.push(row);
      else this.putAside(row, reason);
    }
    const left = this.rows.length - rows.length;
    this.rows = rows;
    return left;
  }

  /** Changes targets in place; a row whose target becomes null is put aside. Returns the rows changed or put aside. */
  changeTargets(change: (target: RowTarget) => RowTarget | null, reason: SetAsideReason): { rows: number; firstRow: number | null } {
    const changed: { rows: number; firstRow: number | null } = { rows: 0, firstRow: null };
    const lost = new Set<PreparedRow>();
    for (const row of this.rows) {
      const target = change(row.target);
      if (target === row.target) continue;
      if (target === null) lost.add(row);
      else row.target = target;
      changed.rows += 1;
      changed.firstRow ??= row.row;
    }
    if (lost.size > 0) this.keep((row) => !lost.has(row), reason);
    return changed;
  }

  throwIfEmpty(): void {
    if (this.rows.length > 0) return;
    const { fileName, rowsInFile } = this.table;
    throw new AnnealError('data.nothing-usable', { file: fileName, rows: rowsInFile, setAside: this.setAside.length });
  }

  get inFileOrder(): SetAsideRow[] {
    return [...this.setAside].sort((left, right) => left.row - right.row);
  }
}
