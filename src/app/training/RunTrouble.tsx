import type { Recipe } from '../../domain';
import { recommendedLearningRate, train } from '../actions/train';
import { estimateRun } from '../actions/estimate';
import { Button } from '../components/Button';
import { ErrorCard } from '../components/ErrorCard';
import { useMessages } from '../messages';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { DeviceTrouble } from './DeviceTrouble';

const withRate = (recipe: Recipe, learningRate: number): Recipe => ({
  ...recipe,
  training: { ...recipe.training, learningRate: Number(learningRate.toPrecision(3)) },
});

/** What went wrong with a run or before it, with what can be done. */
export function RunTrouble() {
  const messages = useMessages();
  const { view, training, error: runError, dealtWith } = useRun();
  const { recipe, defaultRecipe, ownership } = useProject();
  const deviceError = useDevice((state) => state.error);
  if (training) return null;
  const locked = ownership !== 'owner';
  const logged = dealtWith ? null : view.error;
  const words = messages.training;

  if (logged?.code === 'run.diverged' && recipe) {
    const third = logged.facts.learningRate / 3;
    const recommended = defaultRecipe?.training.learningRate ?? recommendedLearningRate;
    const hasBest = logged.facts.bestStep !== null;
    return (
      <ErrorCard error={logged}>
        {hasBest && (
          <Button disabled={locked} onClick={() => void train({ continueFromBest: true, recipe: withRate(recipe, third) })}>
            {words.continueThird(third)}
          </Button>
        )}
        <Button disabled={locked} onClick={() => void train({ recipe: withRate(recipe, recommended) })}>
          {words.recommended(recommended)}
        </Button>
        {hasBest && <Button onClick={() => useRun.setState({ dealtWith: true })}>{words.keepBest}</Button>}
      </ErrorCard>
    );
  }

  const error = runError ?? logged ?? deviceError;
  if (!error) return null;
  const isDevice = error === deviceError;
  if (error.code === 'device.refused') {
    // Before a run it stands in the outlook, in the place of the device.
    return isDevice ? null : <DeviceTrouble error={error} />;
  }
  return (
    <ErrorCard
      error={error}
      onDismiss={() => (isDevice ? useDevice.setState({ error: null }) : useRun.setState({ error: null, dealtWith: true }))}
    >
      <Button disabled={locked} onClick={() => (isDevice ? estimateRun() : void train())}>
        {words.tryAgain}
      </Button>
    </ErrorCard>
  );
}
