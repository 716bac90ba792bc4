/** Rows of one table on their way to a data set: those still used, and those set aside with the reason. */
import { AnnealError, type SetAsideReason, type SetAsideRow, type Table, type TableColumn } from '../domain';
import { trimInvisible } from './cells';
import { mostSetAsideCells } from './importTable';

export interface LabelledRow {
  text: string;
  /** Second text of a pair. */
  textPair?: string;
  label: string;
  row: number;
  /** Place in the table's columns. */
  index: number;
  /** The same for texts that count as copies, also across files; null until asked for. */
  group: number | null;
}

export function findColumn(table: Table, wanted: string): TableColumn {
  const exact = table.columns.find((column) => column.name === wanted);
  const found = exact ?? table.columns.find((column) => column.name === trimInvisible(wanted));
  if (found !== undefined) return found;
  const columns = table.columns.map((column) => column.name);
  throw new AnnealError('data.missing-column', { file: table.fileName, column: wanted, columns });
}

export interface RowColumns {
  text: TableColumn;
  textPair?: TableColumn | undefined;
  /** Null where an empty label is an answer too: a row may have none. */
  label: TableColumn | null;
}

function problemOf(text: string): SetAsideReason | null {
  if (text === '') return 'empty-text';
  return trimInvisible(text) === '' ? 'blank-text' : null;
}

export class TableRows {
  readonly setAside: SetAsideRow[];
  rows: LabelledRow[] = [];

  constructor(
    private readonly table: Table,
    columns: RowColumns,
  ) {
    this.setAside = [...table.setAside];
    table.rowNumbers.forEach((row, index) => {
      const text = columns.text.cells.at(index) ?? '';
      const textPair = columns.textPair && (columns.textPair.cells.at(index) ?? '');
      const label = columns.label?.cells.at(index) ?? '';
      const noLabel = columns.label !== null && trimInvisible(label) === '' ? 'empty-label' : null;
      const reason = problemOf(text) ?? (textPair === undefined ? null : problemOf(textPair)) ?? noLabel;
      const labelled = { text, ...(textPair !== undefined && { textPair }), label, row, index, group: null };
      if (reason === null) this.rows.push(labelled);
      else this.putAside(labelled, reason);
    });
  }

  putAside({ row, index }: LabelledRow, reason: SetAsideReason): void {
    const cells = this.table.columns.slice(0, mostSetAsideCells).map((column) => column.cells.at(index) ?? '');
    this.setAside.push({ row, reason, cells });
  }

  /** Keeps the rows that pass and puts the others aside. */
  keep(passes: (row: LabelledRow) => boolean, reason: SetAsideReason): void {
    const rows: LabelledRow[] = [];
    for (const row of this.rows) {
      if (passes(row)) rows.push(row);
      else this.putAside(row, reason);
    }
    this.rows = rows;
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
