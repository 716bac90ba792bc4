import { chooseColumns, prepareData } from '../actions/prepare';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

/** Columns or labels that cannot be learnt from; other columns are offered as buttons. */
export function DataTrouble({ locked }: { locked: boolean }) {
  const messages = useMessages();
  const { dataError: error } = useProject();
  if (!error) return null;
  const candidates =
    error.code === 'data.too-few-classes' || error.code === 'data.too-many-classes' ? error.facts.candidates : [];
  return (
    <ErrorCard error={error}>
      {candidates.slice(0, 6).map((column) => (
        <Button key={column} disabled={locked} onClick={() => chooseColumns({ labelColumn: column })}>
          {messages.data.useColumn(visibleText(column))}
        </Button>
      ))}
      {(error.code === 'worker.crashed' || error.code === 'unexpected') && (
        <Button disabled={locked} onClick={() => void prepareData()}>
          {messages.error.again}
        </Button>
      )}
    </ErrorCard>
  );
}
