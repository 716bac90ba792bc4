/** What a helper thread does, whatever kind of worker it runs in. */
import { instantiate } from './modules';

export interface HelperStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the control block. */
  control: number;
  /** Its number: 0 is the main thread. */
  thread: number;
}

/** Sent by a helper when it is about to wait for work. */
export const READY = 'ready';

/** Takes part in every step until told to stop; returns then. Between steps it sleeps and hears no messages. */
export function help({ module, memory, control, thread }: HelperStart, announce: (message: string) => void): void {
  const engine = instantiate(module, memory);
  engine.setControl(control);
  announce(READY);
  engine.helperLoop(thread);
}
