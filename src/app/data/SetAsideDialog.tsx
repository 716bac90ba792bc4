import type { SetAsideRow } from '../../domain';
import { ModalDialog } from '../components/ModalDialog';
import { useMessages } from '../messages';
import { VirtualTable } from './VirtualTable';

export default function SetAsideDialog({ rows, onClose }: { rows: readonly SetAsideRow[]; onClose: () => void }) {
  const messages = useMessages();
  const columns = [messages.data.row, messages.data.reason, messages.data.cells];
  return (
    <ModalDialog title={messages.data.setAsideHeading} onClose={onClose}>
      <VirtualTable
        name={messages.data.setAsideHeading}
        columns={columns}
        template="40px minmax(152px, 2fr) minmax(0, 3fr)"
        total={rows.length}
        height={420}
        cellsOf={(index) => {
          const row = rows[index];
          return row ? [String(row.row), messages.data.reasons[row.reason], row.cells.join(' | ')] : null;
        }}
      />
    </ModalDialog>
  );
}
