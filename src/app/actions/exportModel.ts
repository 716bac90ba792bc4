/** The stored weights of a run: making them ready, trying them and exporting them. */
import { toErrorData } from '../../domain';
import type { TryAnswer, TryQuestion } from '../../workers';
import { forgetModel, loadModel, stopEstimate } from './estimate';
import { trainingWorker } from '../workers';
import { emptyExport, useExport } from '../store/exporting';
import { useRun } from '../store/run';
import { useSettings } from '../store/settings';

let opening: Promise<void> | null = null;

/** After a reload the weights are read from the store the first time they are used. */
async function openWeights(): Promise<void> {
  const { events, weightsOpen } = useRun.getState();
  const started = events.find((event) => event.kind === 'started');
  if (started?.kind !== 'started') return;
  // After a reload, or with a device or base model chosen since, the worker does not hold the run's model.
  const loaded = loadModel(started.recipe.baseModel);
  if (weightsOpen) return loaded;
  opening ??= loaded
    .then(() => trainingWorker.request('openRun', {}))
    .then(() => useRun.setState({ weightsOpen: true }))
    .finally(() => {
      opening = null;
    });
  await opening;
}

export async function tryText(question: TryQuestion): Promise<TryAnswer> {
  try {
    // A person who waits for an answer comes before a measurement.
    await stopEstimate();
    await openWeights();
    return await trainingWorker.request('tryText', question);
  } catch (thrown) {
    if (toErrorData(thrown).code === 'worker.crashed') forgetModel();
    throw thrown;
  }
}

export function forgetExport(): void {
  for (const { address } of useExport.getState().ready?.files ?? []) URL.revokeObjectURL(address);
  useExport.setState(emptyExport);
}

export async function exportModel(): Promise<void> {
  if (useExport.getState().working) return;
  forgetExport();
  useExport.setState({ working: true });
  try {
    await stopEstimate();
    await openWeights();
    const { files, check } = await trainingWorker.request(
      'export',
      { language: useSettings.getState().language, as: 'zip' },
      { onProgress: (progress) => useExport.setState({ progress }) },
    );
    const ready = {
      files: files.map(({ name, blob }) => ({ name, bytes: blob.size, address: URL.createObjectURL(blob) })),
      check,
    };
    useExport.setState({ working: false, progress: null, ready });
    for (const { name, address } of ready.files) saveFile(address, name);
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (error.code === 'worker.crashed') forgetModel();
    useExport.setState({ working: false, progress: null, error });
  }
}

/** Hands a file to the browser's own download. */
export function saveFile(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
