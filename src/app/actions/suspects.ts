/** Looking for likely wrong labels, in the training worker: started by the person, and ended by a run. */
import { AnnealError, toErrorData } from '../../domain';
import { useDevice } from '../store/device';
import { useProject } from '../store/project';
import { lookedAt, useSuspects } from '../store/suspects';
import { trainingWorker } from '../workers';
import { estimateRun, forgetModel, loadModel, sendDataset, stopEstimate } from './estimate';
import { settleRecipe } from './prepare';

async function look(stop: AbortController): Promise<void> {
  await settleRecipe();
  const { table, testTable, recipe, dataError } = useProject.getState();
  if (!table || !recipe || dataError) return;
  await stopEstimate();
  await loadModel(recipe.baseModel);
  if (stop.signal.aborted) throw new AnnealError('cancelled', {});
  const channel = new MessageChannel();
  const [found] = await Promise.all([
    trainingWorker.request(
      'findLabelErrors',
      { recipe, port: channel.port2 },
      {
        transfer: [channel.port2],
        signal: stop.signal,
        onProgress: ({ done, total }) => useSuspects.setState(({ looking }) => ({ looking: looking && { ...looking, share: done / Math.max(1, total) } })),
      },
    ),
    sendDataset(recipe, channel.port1, stop),
  ]);
  useSuspects.setState({ result: { of: lookedAt(table, testTable, recipe), found } });
}

export function lookForSuspects(): void {
  if (useSuspects.getState().looking || useProject.getState().ownership !== 'owner') return;
  const stop = new AbortController();
  const done = look(stop)
    .catch((thrown: unknown) => {
      const error = toErrorData(thrown);
      if (error.code === 'worker.crashed') forgetModel();
      if (error.code !== 'cancelled') useSuspects.setState({ error });
    })
    .then(() => {
      useSuspects.setState({ looking: null });
      if (useDevice.getState().estimate === null) estimateRun();
    });
  useSuspects.setState({ looking: { share: 0, stop, done }, result: null, error: null });
}

/** Resolves when the worker is free. */
export async function stopLooking(): Promise<void> {
  const { looking } = useSuspects.getState();
  looking?.stop.abort();
  await looking?.done;
}
