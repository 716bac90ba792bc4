import { useState } from 'react';
import { toErrorData, type ErrorData } from '../../domain';
import { deleteEverything } from '../actions/project';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { ModalDialog } from '../components/ModalDialog';
import { useMessages } from '../messages';

export default function DeleteDialog({ onClose }: { onClose: () => void }) {
  const messages = useMessages();
  const [freed, setFreed] = useState<number | null>(null);
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<ErrorData | null>(null);

  const remove = async () => {
    setWorking(true);
    setError(null);
    try {
      setFreed(await deleteEverything());
    } catch (thrown) {
      setError(toErrorData(thrown));
    }
    setWorking(false);
  };

  return (
    <ModalDialog title={messages.remove.heading} size="small" role="alertdialog" onClose={onClose}>
      <p>{messages.remove.body}</p>
      {error && <ErrorCard error={error} />}
      {freed === null ? (
        <div className="card-actions">
          <Button look="main" disabled={working} onClick={() => void remove()}>
            {messages.remove.confirm}
          </Button>
          <Button onClick={onClose}>{messages.app.cancel}</Button>
        </div>
      ) : (
        <p role="status">{messages.remove.done(freed)}</p>
      )}
    </ModalDialog>
  );
}
