import { Progress } from '../components/Progress';
import { useMessages } from '../messages';
import { useRun } from '../store/run';
import { progressOf } from '../store/runView';
import { DeviceReason } from './DeviceReason';
import { deviceWords } from './deviceWords';

export function RunHead() {
  const messages = useMessages();
  const { view, training } = useRun();
  const words = messages.training;
  const { device } = messages;
  const where = view.device && device.is(deviceWords(messages, view.device));
  const share = progressOf(view);
  const epochs = view.recipe?.training.numTrainEpochs ?? 1;
  const epoch = Math.min(epochs, Math.max(1, Math.ceil(view.epoch)));

  if (!training && view.end) {
    return (
      <div className="headline">
        <h3 className="headline-main">{words.done[view.end]}</h3>
        <p className="muted">
          {device.join([words.took(view.step, view.secondsUsed), where])}
        </p>
      </div>
    );
  }
  const left = view.secondsLeft !== null && view.step < view.totalSteps ? view.secondsLeft : null;
  return (
    <div className="stack-small">
      <div className="run-head">
        <h3 className="headline-main figure">{words.step(view.step, view.totalSteps)}</h3>
        <p className="muted figure">{words.where(epoch, epochs, left)}</p>
      </div>
      <Progress label={words.place} share={share} text={messages.app.percentDone(share)} />
      {view.device && (
        <p className="muted figure">
          {device.join([where, view.rowsPerSecond === null ? null : device.rows(view.rowsPerSecond, null)])}
        </p>
      )}
      {view.device && <DeviceReason device={view.device} />}
    </div>
  );
}
