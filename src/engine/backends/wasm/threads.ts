/** Starting and ending the helper threads. */
import { READY, type HelperStart } from './helper';

/** A worker, of the browser or of Node. */
export interface HelperPort {
  post(start: HelperStart): void;
  onMessage(listener: (message: unknown) => void): void;
  onError(listener: (reason: unknown) => void): void;
  terminate(): void;
}

/** Makes a worker that runs `help`. */
export type HelperFactory = () => HelperPort;

/** A worker that is not ready by then will not be waited for. */
export const HELPER_LIMIT_MS = 5000;

/** Threads by default: as many as the device says it has, within reason (see barrier: they wait by looking). */
export const MOST_THREADS = 16;

export function defaultThreads(): number {
  return Math.max(1, Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_THREADS));
}

function ready(port: HelperPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.onMessage((message) => message === READY && resolve());
    port.onError((reason) => reject(reason instanceof Error ? reason : new Error(String(reason))));
  });
}

function afterLimit(milliseconds: number): { promise: Promise<never>; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer from a helper thread in ${milliseconds} ms.`)), milliseconds);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}

/**
 * Starts helpers number 1 to `count`.
 * @returns the running helpers, or none where one of them could not be started in time: one thread is then all there is
 */
export async function startHelpers(factory: HelperFactory, start: Omit<HelperStart, 'thread'>, count: number, limitMs = HELPER_LIMIT_MS): Promise<HelperPort[]> {
  const ports: HelperPort[] = [];
  const limit = afterLimit(limitMs);
  try {
    const waiting: Promise<void>[] = [];
    for (let thread = 1; thread <= count; thread++) {
      const port = factory();
      ports.push(port);
      waiting.push(ready(port));
      port.post({ ...start, thread });
    }
    await Promise.race([Promise.all(waiting), limit.promise]);
    return ports;
  } catch {
    for (const port of ports) port.terminate();
    return [];
  } finally {
    limit.cancel();
  }
}
