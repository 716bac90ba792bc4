/** Changes what computes: another device, or the automatic choice. */
import { trainingWorker } from '../workers';
import { forgetEstimate, forgetModel, estimateRun, stopEstimate } from './estimate';
import type { ComputeChoice } from '../store/persisted';
import { useDevice } from '../store/device';
import { useExport } from '../store/exporting';
import { useProject } from '../store/project';
import { useRun } from '../store/run';
import { useSettings } from '../store/settings';

/** Never under a run or a download, and by the tab that owns the project only. */
export function mayChooseDevice(): boolean {
  return useProject.getState().ownership === 'owner' && !useRun.getState().training && !useExport.getState().working;
}

/** Starts over on that device; also when it is the one chosen before, which is then tried again. */
export async function chooseDevice(choice: ComputeChoice): Promise<void> {
  if (!mayChooseDevice()) return;
  useSettings.getState().setComputeWith(choice);
  forgetEstimate();
  // A worker keeps the device it has started while nothing is asked for by name, and one that hangs in a driver cannot
  // be asked at all. A new worker starts with nothing; the model comes from the cache.
  trainingWorker.terminate();
  forgetModel();
  useDevice.setState({ device: null, error: null });
  await stopEstimate();
  useDevice.setState({ progress: { phase: 'device', done: 0, total: 1 } });
  estimateRun();
}
