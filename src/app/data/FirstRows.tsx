import type { Progress } from '../../workers';
import { useMessages } from '../messages';
import { VirtualTable } from './VirtualTable';

/** More columns than fit say less than the first few. */
const mostColumns = 4;
const height = 224;

/** The first rows of a file that is still being read. */
export function FirstRows({ first }: { first: NonNullable<Progress['firstRows']> }) {
  const messages = useMessages();
  const columns = first.columns.slice(0, mostColumns);
  return (
    <VirtualTable
      name={messages.formats.firstRows}
      columns={[messages.data.row, ...columns]}
      template={`40px repeat(${columns.length}, minmax(0, 1fr))`}
      total={first.rows.length}
      height={height}
      cellsOf={(index) => {
        const row = first.rows[index];
        return row ? [String(row.row), ...columns.map((_, place) => row.cells[place] ?? '')] : null;
      }}
    />
  );
}
