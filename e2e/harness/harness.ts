/** What a browser test may call on this page: each call runs in a new worker, as training does in the product. */
import type { Checks } from './checks.worker';

interface Answer {
  value?: unknown;
  error?: string;
}

function call<Name extends keyof Checks>(name: Name) {
  return (...parameters: Parameters<Checks[Name]>): ReturnType<Checks[Name]> => {
    const worker = new Worker(new URL('./checks.worker.ts', import.meta.url), { type: 'module' });
    const answer = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => (data.error === undefined ? resolve(data.value) : reject(new Error(data.error)));
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ name, parameters });
    }).finally(() => worker.terminate());
    // The worker answers what the check returns.
    return answer as ReturnType<Checks[Name]>;
  };
}

const harness = { golden: call('golden'), memory: call('memory'), follow: call('follow'), start: call('start') };

export type Harness = typeof harness;
Object.assign(window, { harness });
