/** Loads the base model in the background and times a few steps, so that the time a run takes is known before it. */
import { toErrorData } from '../../domain';
import { keepModelOffline } from '../serviceWorker';
import { projectWorker, trainingWorker } from '../workers';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { useSuspects } from '../store/suspects';
import { useSettings } from '../store/settings';

/** Rows of a side whose lengths stand for all: a large file's texts would take minutes to cut into tokens. */
const mostEstimated = 4_000;

let loading: { baseModel: string; done: Promise<void> } | null = null;
let running: { stop: AbortController; done: Promise<void> } | null = null;

/** That base model on the chosen device; one load for all who wait. A failed load may be tried again. */
export function loadModel(baseModel: string): Promise<void> {
  if (loading?.baseModel === baseModel) return loading.done;
  const before = loading?.done;
  const ours = { baseModel, done: loadAfter(before, baseModel).catch((thrown: unknown) => {
    // A load that another choice of device or model ended says nothing about the one that took its place.
    if (loading === ours) {
      loading = null;
      useDevice.setState({ modelReady: false, progress: null });
    }
    throw thrown;
  }) };
  loading = ours;
  return ours.done;
}

/** One after the other: two at once would start two devices. */
async function loadAfter(before: Promise<void> | undefined, baseModel: string): Promise<void> {
  await before?.catch(() => {});
  const { computeWith } = useSettings.getState();
  useDevice.setState({ modelReady: false });
  const { device } = await trainingWorker.request(
    'prepare',
    { baseModel, modelFiles: null, backend: computeWith === 'automatic' ? null : computeWith },
    { onProgress: (progress) => useDevice.setState({ progress }) },
  );
  useDevice.setState({ device, modelReady: true, progress: null, error: null });
  keepModelOffline(baseModel);
}

/** The training worker is gone, and with it the model it held. */
export function forgetModel(): void {
  loading = null;
  useDevice.setState({ modelReady: false, progress: null });
  useRun.setState({ weightsOpen: false });
}

export function forgetEstimate(): void {
  running?.stop.abort();
  useDevice.setState({ estimate: null });
}

/** Ends a measurement under way and waits for the worker to be free. */
export async function stopEstimate(): Promise<void> {
  running?.stop.abort();
  await running?.done;
}

async function measure(stop: AbortController): Promise<void> {
  const { recipe } = useProject.getState();
  if (!recipe) return;
  useDevice.setState({ estimating: true, error: null });
  try {
    await loadModel(recipe.baseModel);
    if (stop.signal.aborted) return;
    const channel = new MessageChannel();
    const [estimate] = await Promise.all([
      trainingWorker.request(
        'estimate',
        { recipe, port: channel.port2 },
        { transfer: [channel.port2], signal: stop.signal },
      ),
      sendDataset(recipe, channel.port1, stop, mostEstimated),
    ]);
    if (!stop.signal.aborted) useDevice.setState({ estimate, device: estimate.device });
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code === 'worker.crashed') forgetModel();
    // What is wrong with the data is said in the Data place; a measurement that was called off is no trouble.
    if (!stop.signal.aborted && error.code !== 'cancelled') useDevice.setState({ error });
  }
}

type RecipeOf = NonNullable<ReturnType<typeof useProject.getState>['recipe']>;

/** Worker to worker. When the sending side fails, the receiving side must not wait for ever. */
export async function sendDataset(recipe: RecipeOf, port: MessagePort, stop: AbortController, most: number | null = null): Promise<void> {
  try {
    await projectWorker.request('sendDataset', { recipe, port, most }, { transfer: [port], signal: stop.signal });
  } catch (thrown) {
    stop.abort();
    throw thrown;
  }
}

/** Measures anew; an older measurement is called off first. Never while a run or a look for wrong labels is under way. */
export function estimateRun(): void {
  if (useRun.getState().training || useSuspects.getState().looking || useProject.getState().ownership !== 'owner') return;
  const before = running;
  before?.stop.abort();
  const stop = new AbortController();
  const done = (async () => {
    await before?.done;
    if (!stop.signal.aborted && !useRun.getState().training) await measure(stop);
    if (running?.stop === stop) {
      running = null;
      useDevice.setState({ estimating: false });
    }
  })();
  running = { stop, done };
}
