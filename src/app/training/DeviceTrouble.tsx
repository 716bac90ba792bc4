import type { ErrorData } from '../../domain';
import { chooseDevice } from '../actions/device';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { useMessages } from '../messages';
import { useRun } from '../store/run';
import { useProject } from '../store/project';
import { useSettings } from '../store/settings';

/** A device that was chosen by hand and cannot be used: why, and the way back. */
export function DeviceTrouble({ error }: { error: ErrorData }) {
  const messages = useMessages();
  const locked = useProject((state) => state.ownership !== 'owner');
  const chosen = useSettings((state) => state.computeWith);
  const choose = (choice: typeof chosen) => {
    // The same refusal, met when a run was to start.
    useRun.setState({ error: null });
    void chooseDevice(choice);
  };
  return (
    <ErrorCard error={error}>
      <Button disabled={locked} onClick={() => choose('automatic')}>
        {messages.device.backToAutomatic}
      </Button>
      <Button disabled={locked} onClick={() => choose(chosen)}>
        {messages.training.tryAgain}
      </Button>
    </ErrorCard>
  );
}
