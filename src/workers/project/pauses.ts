/** Breaks in long work of the project worker, in which messages are answered and a cancel is heard. */
import { AnnealError } from '../../domain';

const breakAfterMilliseconds = 50;

/** Call it often; it only waits where a break is due. @throws AnnealError `cancelled` */
export function pausesFor(signal: AbortSignal | undefined): () => Promise<void> | null {
  let last = performance.now();
  return () => {
    if (performance.now() - last < breakAfterMilliseconds) return null;
    return new Promise<void>((resolve, reject) => {
      setTimeout(() => {
        last = performance.now();
        if (signal?.aborted === true) reject(new AnnealError('cancelled', {}));
        else resolve();
      }, 0);
    });
  };
}
