/** Entry point of the worker that holds a model and trains it. Routes messages; the work is in `training/`. */
import { AnnealError } from '../domain';
import { estimateRun, findLabelErrors } from '../training';
import { receiveDataset } from './datasetMessages';
import type { TrainingRequests } from './protocol';
import { serve } from './serve';
import { exportRun } from './training/exportRun';
import { TrainingState } from './training/trainingState';

let state: Promise<TrainingState> | null = null;
const training = (): Promise<TrainingState> => (state ??= TrainingState.create());

serve<TrainingRequests>({
  async prepare(parameters, { progress }) {
    const { backend, base } = await (await training()).prepare(parameters, progress);
    const parameterCount = [...base.tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
    return { device: backend.device, model: { id: base.id, parameters: parameterCount } };
  },
  async estimate({ recipe, port }, { signal }) {
    const opened = await training();
    const dataset = await receiveDataset(port, signal);
    const { backend, base } = await opened.ready(recipe.baseModel);
    const pause = async () => {
      await opened.pause();
      if (signal.aborted) throw new AnnealError('cancelled', {});
    };
    return { device: backend.device, ...(await estimateRun({ backend, base, dataset, recipe, now: () => performance.now(), pause })) };
  },
  async findLabelErrors({ recipe, port }, { progress, signal }) {
    const opened = await training();
    const dataset = await receiveDataset(port, signal);
    const { backend, base } = await opened.ready(recipe.baseModel);
    const pause = async (share: number) => {
      progress({ phase: 'checking', done: Math.round(share * 100), total: 100 });
      await opened.pause();
      if (signal.aborted) throw new AnnealError('cancelled', {});
    };
    return findLabelErrors({ backend, base, dataset, recipe, pause });
  },
  async train({ recipe, port, continueFromBest, record = false }, { event, progress, signal }) {
    const opened = await training();
    const dataset = await receiveDataset(port, signal);
    return opened.train(dataset, recipe, { continueFromBest, record }, { event, progress });
  },
  async stop() {
    (await training()).stop();
    return {};
  },
  async openRun() {
    const run = await (await training()).openRun();
    return run && { report: run.finished.report };
  },
  async tryText(question) {
    return (await (await training()).tryText()).answer(question);
  },
  async export({ language, as }, { progress }) {
    const opened = await training();
    const run = await opened.openedRun();
    const { backend, base } = await opened.ready(run.started.recipe.baseModel);
    return exportRun({ run, base, backend, fileName: await opened.dataFileName(), language, as, progress, pause: opened.pause });
  },
});
