import { Place } from '../components/Place';
import { errorText, useMessages } from '../messages';
import { isReadyToTrain, useProject } from '../store/project';
import { useRun } from '../store/run';
import { Interrupted } from './Interrupted';
import { MoreSettings } from './MoreSettings';
import { Outlook } from './Outlook';
import { RunTrouble } from './RunTrouble';
import { RunView } from './RunView';
import { SampleChoice } from './SampleChoice';
import { TrainButton } from './TrainButton';

export function TrainingPlace({ current }: { current: boolean }) {
  const messages = useMessages();
  const project = useProject();
  const { training, view, interrupted } = useRun();
  const hasRun = view.runId !== null;
  const ready = isReadyToTrain(project);
  const shown = training || hasRun || ready || project.preparing;

  let sentence: string = messages.training.empty;
  if (project.dataError) sentence = errorText(messages, project.dataError).cause;
  else if (training || interrupted) sentence = messages.training.shrunk(view.step, view.totalSteps);
  else if (view.end) sentence = messages.training.done[view.end];
  else if (ready) sentence = messages.training.ready;

  return (
    <Place name="training" number={2} ready={shown} current={current} sentence={sentence}>
      {interrupted && !training && <Interrupted />}
      <RunTrouble />
      {(training || (hasRun && !interrupted)) && <RunView />}
      {!training && (
        <div className={hasRun ? 'stack again' : 'stack'}>
          {!hasRun && !interrupted && <h3 className="headline-main">{messages.training.ready}</h3>}
          <Outlook />
          <SampleChoice />
          {!interrupted && <TrainButton again={hasRun} />}
          <MoreSettings />
        </div>
      )}
    </Place>
  );
}
