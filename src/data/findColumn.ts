/** A column by its name, outer spaces and invisible signs aside. */
import { AnnealError, type Table, type TableColumn } from '../domain';
import { trimInvisible } from './cells';

/** @throws AnnealError `data.missing-column` */
export function findColumn(table: Table, wanted: string): TableColumn {
  const exact = table.columns.find((column) => column.name === wanted);
  const found = exact ?? table.columns.find((column) => column.name === trimInvisible(wanted));
  if (found !== undefined) return found;
  const columns = table.columns.map((column) => column.name);
  throw new AnnealError('data.missing-column', { file: table.fileName, column: wanted, columns });
}
