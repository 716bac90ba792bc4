import { useMessages } from '../messages';
import { KeepWhole } from '../components/KeepWhole';
import { PhaseProgress } from '../components/PhaseProgress';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { DeviceOutlook } from './DeviceOutlook';
import { DeviceTrouble } from './DeviceTrouble';
import { ModelCoverage } from './ModelCoverage';

/** The longest a run may take before a sample is proposed, in seconds. */
export const longWait = 20 * 60;

/** What a run will do and how long it takes, before it starts. */
export function Outlook() {
  const messages = useMessages();
  const { recipe, texts } = useProject();
  const { device, modelReady, progress, estimate, error } = useDevice();
  if (!recipe) return null;
  const words = messages.training;
  const refused = error?.code === 'device.refused' ? error : null;
  const sampled = recipe.sample.kind === 'balanced';
  const seconds = estimate && (sampled ? Math.min(longWait, estimate.secondsForAllRows) : estimate.secondsForAllRows);
  const model = recipe.baseModel.replace(/\/+$/, '').split('/').at(-1) ?? recipe.baseModel;

  return (
    <div className="stack">
      <div className="stack-small">
        <p className="muted">
          <KeepWhole name={model}>{words.recipe(recipe.training.numTrainEpochs, model)}</KeepWhole>
        </p>
        {texts && (
          <p className="small muted">
            {texts.cutRows > 0 ? words.cut(texts.cutRows, texts.cutTokenShare, recipe.training.maxLength) : words.noCut}
          </p>
        )}
        <ModelCoverage />
      </div>
      {!modelReady && progress && <PhaseProgress progress={progress} />}
      {refused && <DeviceTrouble error={refused} />}
      {device && <DeviceOutlook device={device} seconds={seconds} />}
    </div>
  );
}
