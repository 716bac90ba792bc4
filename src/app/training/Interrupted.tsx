import { train } from '../actions/train';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { visibleText } from '../visibleText';

/** A run that ended with its tab. Said first thing at the next visit. */
export function Interrupted() {
  const messages = useMessages();
  const view = useRun((state) => state.view);
  const { table, ownership } = useProject();
  return (
    <div className="card card-notice" role="alert">
      <p>{messages.training.interrupted(visibleText(table?.fileName ?? ''), view.step, view.totalSteps)}</p>
      <div className="card-actions">
        <Button look="main" disabled={ownership !== 'owner'} onClick={() => void train()}>
          {messages.training.startAgain}
        </Button>
      </div>
    </div>
  );
}
