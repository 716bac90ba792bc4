/** Breaks in long work of the project worker, in which messages are answered and a cancel is heard. */
import { AnnealError } from '../../domain';
import type { Pause } from '../../data';

const breakAfterMilliseconds = 50;

/** Call it often; it only waits where a break is due. @throws AnnealError `cancelled` once any of the signals is aborted */
export function pausesFor(...signals: readonly (AbortSignal | undefined)[]): Pause {
  let last = performance.now();
  const throwIfAborted = (): void => {
    if (signals.some((signal) => signal?.aborted === true)) throw new AnnealError('cancelled', {});
  };
  return () => {
    throwIfAborted();
    if (performance.now() - last < breakAfterMilliseconds) return null;
    return new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
      last = performance.now();
      throwIfAborted();
    });
  };
}
