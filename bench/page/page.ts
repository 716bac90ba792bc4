/** What the runner calls on this page: requests go to the worker, one at a time. */
import type { Answer, Request } from './protocol';

const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });

function ask(request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'The worker could not be loaded.'));
    worker.postMessage(request);
  });
}

Object.assign(window, { bench: { ask, isolated: crossOriginIsolated } });
