/** The worker's side of the protocol: routes requests to handlers and sends back answers, progress, events, errors. */
import { toErrorData, type RunEvent } from '../domain';
import type { FromWorker, Progress, Request } from './protocol';

export interface RequestContext {
  progress: (progress: Progress) => void;
  event: (event: RunEvent) => void;
  signal: AbortSignal;
}

export type Handlers<Map> = {
  [Name in keyof Map]: Map[Name] extends Request<infer Parameters, infer Answer>
    ? (parameters: Parameters, context: RequestContext) => Promise<Answer>
    : never;
};

interface IncomingRequest {
  type: 'request' | 'cancel' | 'ping';
  id: number;
  name?: string;
  parameters?: unknown;
}

export function serve<Map>(handlers: Handlers<Map>): void {
  const running = new globalThis.Map<number, AbortController>();
  const send = (message: FromWorker) => self.postMessage(message);

  async function handle(id: number, name: string, parameters: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      // One cast at the border: the sender is our own page, compiled against the same map.
      const handler = handlers[name as keyof Map] as (parameters: unknown, context: RequestContext) => Promise<unknown>;
      const answer = await handler(parameters, {
        progress: (progress) => send({ type: 'progress', id, progress }),
        event: (event) => send({ type: 'event', id, event }),
        signal: controller.signal,
      });
      send({ type: 'answer', id, answer });
    } catch (thrown) {
      send({ type: 'error', id, error: toErrorData(thrown) });
    } finally {
      running.delete(id);
    }
  }

  self.addEventListener('message', (event: MessageEvent<IncomingRequest>) => {
    const { type, id, name, parameters } = event.data;
    if (type === 'cancel') running.get(id)?.abort();
    else if (type === 'ping') send({ type: 'pong', id });
    else if (name !== undefined) void handle(id, name, parameters);
  });

  // A worker's own violations never reach the page by themselves.
  self.addEventListener('securitypolicyviolation', (event) => {
    send({ type: 'blocked', origin: event.blockedURI });
  });
}
