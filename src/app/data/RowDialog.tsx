import type { TableRow } from '../../workers';
import { ModalDialog } from '../components/ModalDialog';
import { useMessages } from '../messages';
import { visibleText } from '../visibleText';

interface Props {
  row: TableRow;
  columns: readonly string[];
  onClose: () => void;
}

/** One row with its whole cells, as text. */
export default function RowDialog({ row, columns, onClose }: Props) {
  const messages = useMessages();
  return (
    <ModalDialog title={messages.data.rowHeading(row.row)} onClose={onClose}>
      <dl className="whole-row">
        {columns.map((column, index) => (
          <div key={index}>
            <dt className="muted small">{visibleText(column)}</dt>
            <dd className="whole-cell">{visibleText(row.cells[index] ?? '')}</dd>
          </div>
        ))}
      </dl>
    </ModalDialog>
  );
}
