import { train } from '../actions/train';
import { Button } from '../components/Button';
import { useMessages } from '../messages';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

/** The one next thing before the first run; afterwards the download is, and this steps back. */
export function TrainButton({ again }: { again: boolean }) {
  const messages = useMessages();
  const { ownership, dataError, importing, recipe } = useProject();
  const hasReport = useRun((state) => state.view.report !== null);
  const locked = ownership !== 'owner' || dataError !== null || importing !== null || recipe === null;
  return (
    <Button look={hasReport ? 'plain' : 'main'} className="button-big" disabled={locked} onClick={() => void train()}>
      {again ? messages.training.trainAgain : messages.training.train}
    </Button>
  );
}
