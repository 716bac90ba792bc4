/** The page's two workers. Nothing else of the page starts a worker. */
import { WorkerClient, type ProjectRequests, type TrainingRequests } from '../workers';
import { addBlocked } from './store/privacy';

/** Requests during which a synchronous engine may keep its worker busy for long. */
const heavy = new Set(['prepare', 'estimate', 'train', 'stop', 'openRun', 'export', 'tryText', 'findLabelErrors']);

/** Requests that go over every row of a large file, some of it in one go. */
const wholeFile = new Set(['importFile', 'open', 'prepare', 'examine', 'sendDataset']);

export const projectWorker = new WorkerClient<ProjectRequests>(
  'project',
  () => new Worker(new URL('../workers/project.worker.ts', import.meta.url), { type: 'module' }),
  (requests) => (requests.some((name) => wholeFile.has(name)) ? 20 : 10),
);

export const trainingWorker = new WorkerClient<TrainingRequests>(
  'training',
  () => new Worker(new URL('../workers/training.worker.ts', import.meta.url), { type: 'module' }),
  (requests) => (requests.some((name) => heavy.has(name)) ? 60 : 5),
);

projectWorker.onBlocked = (origin) => addBlocked(origin, 'project');
trainingWorker.onBlocked = (origin) => addBlocked(origin, 'training');
