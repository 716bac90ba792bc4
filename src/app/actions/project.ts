/** Opening, owning and emptying the project. One tab owns it; others look on. */
import { toErrorData } from '../../domain';
import { projectWorker, trainingWorker } from '../workers';
import { forgetModel } from './estimate';
import { failImport, showSnapshot, warmUp } from './importData';
import { prepareData } from './prepare';
import { clearPersisted } from '../store/persisted';
import { useProject } from '../store/project';
import { useRun } from '../store/run';

const lockName = 'anneal-project';

/**
 * Asks for the lock and keeps it while the page lives. Resolves once it is known whether this tab has it. A page on
 * plain http has no locks and is its own owner.
 */
function acquireLock(options: LockOptions): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks
      .request(lockName, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(() => {
        resolve(false);
        loseProject();
      });
  });
}

/** Another tab took the project: this one lets go of everything and looks on. */
function loseProject(): void {
  projectWorker.terminate();
  trainingWorker.terminate();
  forgetModel();
  useProject.setState({ ownership: 'looking-on', takenOver: true, importing: null, preparing: false });
}

async function open(readOnly: boolean): Promise<void> {
  try {
    const { project, storage } = await projectWorker.request('open', {});
    showSnapshot(project);
    useProject.setState({ ownership: readOnly ? 'looking-on' : 'owner', storage });
    if (!readOnly && project.table) {
      warmUp();
      await prepareData();
    }
  } catch (thrown) {
    useProject.setState({ ownership: readOnly ? 'looking-on' : 'owner' });
    failImport(toErrorData(thrown));
  }
}

export async function startProject(): Promise<void> {
  const owner = await acquireLock({ ifAvailable: true });
  await open(!owner);
}

export async function takeOver(): Promise<void> {
  projectWorker.terminate();
  const owner = await acquireLock({ steal: true });
  // The other tab lets go of its files when it learns of this; give it the moment it needs.
  await new Promise((resolve) => setTimeout(resolve, 300));
  useProject.setState({ takenOver: false });
  await open(!owner);
}

export async function newProject(): Promise<void> {
  if (useRun.getState().training) return;
  try {
    showSnapshot(await projectWorker.request('newProject', {}));
  } catch (thrown) {
    failImport(toErrorData(thrown));
  }
}

/** Projects, runs, weights, caches and the page's own keys. Answers with the bytes that were freed. */
export async function deleteEverything(): Promise<number> {
  trainingWorker.terminate();
  forgetModel();
  const { deletedBytes } = await projectWorker.request('deleteEverything', {});
  clearPersisted();
  showSnapshot(await projectWorker.request('newProject', {}));
  return deletedBytes;
}
