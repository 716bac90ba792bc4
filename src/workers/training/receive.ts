/** Taking a data set from the project worker, and letting messages in between two pieces of work. */
import { AnnealError, type Dataset } from '../../domain';
import type { DatasetMessage } from '../protocol';

/** @throws AnnealError `cancelled` when the page gives up before the data set comes */
export function receiveDataset(port: MessagePort, signal: AbortSignal): Promise<Dataset> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      port.close();
      reject(new AnnealError('cancelled', {}));
    };
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel, { once: true });
    port.onmessage = ({ data }: MessageEvent<DatasetMessage>) => {
      signal.removeEventListener('abort', cancel);
      port.close();
      resolve(data.dataset);
    };
  });
}

/**
 * Resolves after the messages that wait have been handled. A message to oneself takes its turn behind them; unlike a
 * timer it is not slowed down in a hidden tab.
 */
export function createPause(): () => Promise<void> {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}
