/**
 * The page's side of a worker: requests as promises, with progress, events and cancel. A worker that dies rejects
 * everything that waits and is started anew by the next request. While something waits the worker is asked for a sign of
 * life every second; one that is silent for too long counts as dead.
 */
import { AnnealError, errorFromData, type RunEvent } from '../domain';
import type { FromWorker, Progress, Request } from './protocol';

export interface RequestOptions {
  onProgress?: (progress: Progress) => void;
  onEvent?: (event: RunEvent) => void;
  signal?: AbortSignal;
  transfer?: Transferable[];
}

interface Waiting {
  name: string;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
  options: RequestOptions;
}

/** Seconds of silence after which a worker counts as dead, by the request that waits. */
export type Patience = (requests: readonly string[]) => number;

const checkMilliseconds = 1000;

type ParametersOf<Entry> = Entry extends Request<infer P, unknown> ? P : never;
type AnswerOf<Entry> = Entry extends Request<never, infer A> ? A : Entry extends { answer: infer B } ? B : never;

export class WorkerClient<Map> {
  private worker: Worker | null = null;
  private readonly waiting = new globalThis.Map<number, Waiting>();
  private nextId = 1;
  private heartbeat: ReturnType<typeof setInterval> | null = null;
  /** Checks without a sign of life. Counted, not timed, so that a sleeping computer does not look like a dead worker. */
  private silentChecks = 0;
  /** Called with the origin of a request that the policy stopped inside the worker. */
  onBlocked: (origin: string) => void = () => {};

  constructor(
    private readonly kind: 'project' | 'training',
    private readonly start: () => Worker,
    private readonly patience: Patience = () => 60,
  ) {}

  request<Name extends keyof Map & string>(
    name: Name,
    parameters: ParametersOf<Map[Name]>,
    options: RequestOptions = {},
  ): Promise<AnswerOf<Map[Name]>> {
    const worker = this.ensureWorker();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      // The answer's type is fixed by the protocol map; the handler is compiled against the same map.
      this.waiting.set(id, { name, resolve: resolve as (answer: unknown) => void, reject, options });
      options.signal?.addEventListener('abort', () => worker.postMessage({ type: 'cancel', id }), { once: true });
      worker.postMessage({ type: 'request', id, name, parameters }, options.transfer ?? []);
      this.watch();
    });
  }

  /** Ends the worker at once; everything that waits is rejected. The next request starts a new one. */
  terminate(): void {
    this.worker?.terminate();
    this.worker = null;
    this.rejectAll();
  }

  private watch(): void {
    if (this.heartbeat !== null) return;
    this.silentChecks = 0;
    this.heartbeat = setInterval(() => this.check(), checkMilliseconds);
  }

  private unwatch(): void {
    if (this.heartbeat !== null) clearInterval(this.heartbeat);
    this.heartbeat = null;
  }

  private check(): void {
    if (this.waiting.size === 0) return this.unwatch();
    this.silentChecks += 1;
    const names = [...this.waiting.values()].map(({ name }) => name);
    if (this.silentChecks * checkMilliseconds > this.patience(names) * 1000) this.terminate();
    else this.worker?.postMessage({ type: 'ping', id: 0 });
  }

  private ensureWorker(): Worker {
    if (this.worker) return this.worker;
    const worker = this.start();
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.receive(event.data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (this.worker === worker) this.terminate();
    });
    this.worker = worker;
    return worker;
  }

  private rejectAll(): void {
    this.unwatch();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { name, reject } of waiting) {
      reject(new AnnealError('worker.crashed', { worker: this.kind, doing: name }));
    }
  }

  private receive(message: FromWorker): void {
    this.silentChecks = 0;
    if (message.type === 'blocked') return this.onBlocked(message.origin);
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    switch (message.type) {
      case 'progress':
        return waiting.options.onProgress?.(message.progress);
      case 'event':
        return waiting.options.onEvent?.(message.event);
      case 'answer':
        this.waiting.delete(message.id);
        return waiting.resolve(message.answer);
      case 'error':
        this.waiting.delete(message.id);
        return waiting.reject(errorFromData(message.error));
      case 'pong':
        return;
    }
  }
}
