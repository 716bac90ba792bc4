/** Letting messages in between two pieces of work. */

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
