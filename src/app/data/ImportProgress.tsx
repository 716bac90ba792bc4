import { Button } from '../components/Button';
import { PhaseProgress } from '../components/PhaseProgress';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { visibleText } from '../visibleText';

export function ImportProgress() {
  const messages = useMessages();
  const importing = useProject((state) => state.importing);
  if (!importing) return null;
  return (
    <div className="stack">
      <p className="break">{messages.start.reading(visibleText(importing.fileName))}</p>
      <PhaseProgress progress={importing.progress} fallback={messages.training.phases.reading} />
      <div>
        <Button look="text" onClick={() => importing.stop.abort()}>
          {messages.data.stopReading}
        </Button>
      </div>
    </div>
  );
}
