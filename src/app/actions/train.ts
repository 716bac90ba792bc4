/** Starts and stops runs. Events are gathered for a moment before the page draws, so that a fast run stays smooth. */
import { AnnealError, toErrorData, type Recipe, type RunEvent } from '../../domain';
import { projectWorker, trainingWorker } from '../workers';
import { forgetExport } from './exportModel';
import { estimateRun, forgetModel, loadModel, sendDataset, stopEstimate } from './estimate';
import { settleRecipe } from './prepare';
import { refreshStorage } from './storage';
import { stopLooking } from './suspects';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { setEvents, useRun } from '../store/run';

/** Recommended where a person asks for it after a run went astray; the recipe's own default came from the worker. */
export const recommendedLearningRate = 2e-4;
const drawEvery = 100;

function eventLog() {
  const events: RunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const draw = () => {
    timer = null;
    setEvents([...events]);
  };
  return {
    add(event: RunEvent) {
      events.push(event);
      const phase = useRun.getState().progress?.phase;
      if (event.kind === 'stepped' && phase !== 'training') useRun.setState({ progress: null });
      // The first points are drawn at once: they are the sign of life.
      if (events.length < 4 || (event.kind !== 'stepped' && event.kind !== 'checkpointed')) {
        if (timer) clearTimeout(timer);
        draw();
      } else timer ??= setTimeout(draw, drawEvery);
    },
    flush() {
      if (timer) clearTimeout(timer);
      draw();
    },
  };
}

export async function train(options: { continueFromBest?: boolean; recipe?: Recipe } = {}): Promise<void> {
  if (useRun.getState().training || useProject.getState().ownership !== 'owner') return;
  const continueFromBest = options.continueFromBest ?? false;
  const before = useRun.getState().events;
  useRun.setState({ training: true, stopping: false, error: null, dealtWith: false, interrupted: false, progress: null });
  useDevice.setState({ error: null });
  forgetExport();
  const log = eventLog();
  const stop = new AbortController();
  let started = false;
  setEvents([]);
  try {
    if (options.recipe) {
      useProject.setState({ recipe: options.recipe });
      await projectWorker.request('prepare', { recipe: options.recipe });
    } else await settleRecipe();
    const { recipe, dataError } = useProject.getState();
    if (!recipe || dataError) throw new AnnealError('cancelled', {});
    await stopLooking();
    await stopEstimate();
    await loadModel(recipe.baseModel);
    const channel = new MessageChannel();
    await Promise.all([
      trainingWorker.request(
        'train',
        { recipe, port: channel.port2, continueFromBest },
        {
          transfer: [channel.port2],
          signal: stop.signal,
          // Steps have their own line on screen; a second bar would say the same.
          onProgress: (progress) => useRun.setState({ progress: progress.phase === 'training' ? null : progress }),
          onEvent: (event) => {
            started = true;
            log.add(event);
          },
        },
      ),
      sendDataset(recipe, channel.port1, stop),
    ]);
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code === 'worker.crashed') forgetModel();
    if (error.code !== 'cancelled') useRun.setState({ error });
  } finally {
    if (started) log.flush();
    else setEvents(before);
    const { view } = useRun.getState();
    const finished = view.report !== null;
    useRun.setState({
      training: false,
      stopping: false,
      progress: null,
      hasWeights: finished || view.best !== null,
      // A run that went astray keeps its best weights in the store, not in the worker.
      weightsOpen: started && finished,
    });
    // Another device may hold the model now; the next run's time is that device's.
    if (view.resumed.length > 0) estimateRun();
    void refreshStorage();
  }
}

export async function stopTraining(): Promise<void> {
  useRun.setState({ stopping: true });
  await trainingWorker.request('stop', {}).catch(() => useRun.setState({ stopping: false }));
}
