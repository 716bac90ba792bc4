/** What a browser test may call on this page: each call runs in a new worker, as training does in the product. */
import type { Checks } from './checks.worker';

interface Answer {
  value?: unknown;
  error?: string;
  /** Said on the way; kept in `notes`. */
  note?: string;
}

const notes: string[] = [];

function call<Name extends keyof Checks>(name: Name) {
  return (...parameters: Parameters<Checks[Name]>): ReturnType<Checks[Name]> => {
    const worker = new Worker(new URL('./checks.worker.ts', import.meta.url), { type: 'module' });
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.note !== undefined) notes.push(data.note);
        else if (data.error === undefined) resolve(data.value);
        else reject(new Error(data.error));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ name, parameters });
    }).finally(() => worker.terminate());
    // The worker answers what the check returns.
    return answer as ReturnType<Checks[Name]>;
  };
}

/** A worker that trains on all threads and is ended in the middle of it, as the browser ends one that runs out of memory. */
async function crash(): Promise<void> {
  const worker = new Worker(new URL('./checks.worker.ts', import.meta.url), { type: 'module' });
  await new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => (data.note === 'running' ? resolve() : reject(new Error(data.error)));
    worker.postMessage({ name: 'untilLost', parameters: ['wasm'] });
  });
  worker.terminate();
}

const harness = {
  crash,
  golden: call('golden'),
  memory: call('memory'),
  follow: call('follow'),
  untilLost: call('untilLost'),
  start: call('start'),
  notes,
};

export type Harness = typeof harness;
Object.assign(window, { harness });
