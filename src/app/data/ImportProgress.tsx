import { Button } from '../components/Button';
import { PhaseProgress } from '../components/PhaseProgress';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';
import { FirstRows } from './FirstRows';

/** A small file is read before anyone could look at its first rows. */
const leastBytesToShow = 4_000_000;

export function ImportProgress() {
  const messages = useMessages();
  const importing = useProject((state) => state.importing);
  if (!importing) return null;
  const { progress, firstRows } = importing;
  return (
    <div className="stack">
      <p className="break">{messages.start.reading(visibleText(importing.fileName))}</p>
      <PhaseProgress progress={progress} fallback={messages.training.phases.reading} />
      {progress?.rows !== undefined && <p className="muted figure">{messages.formats.rowsRead(progress.rows)}</p>}
      <div>
        <Button look="text" onClick={() => importing.stop.abort()}>
          {messages.data.stopReading}
        </Button>
      </div>
      {firstRows && (progress?.total ?? 0) >= leastBytesToShow && <FirstRows first={firstRows} />}
    </div>
  );
}
