/** The engine's files and workers in the browser. Call it from a worker: the page's own thread may not wait. */
import type { ModuleLoader, WasmBuild } from './modules';
import type { HelperFactory } from './threads';

// Written out one by one: the builder finds files by these very words.
const ADDRESSES: Record<WasmBuild, URL> = {
  'relaxed-threads': new URL('./generated/engine.relaxed-threads.wasm', import.meta.url),
  threads: new URL('./generated/engine.threads.wasm', import.meta.url),
  single: new URL('./generated/engine.single.wasm', import.meta.url),
};

export const fetchModule: ModuleLoader = async (build) => {
  const response = await fetch(ADDRESSES[build]);
  if (!response.ok) throw new Error(`${ADDRESSES[build].pathname}: ${response.status}`);
  return response.arrayBuffer();
};

export const browserHelper: HelperFactory = () => {
  const worker = new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (start) => worker.postMessage(start),
    onMessage: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => listener(data)),
    onError: (listener) => worker.addEventListener('error', ({ message }) => listener(message)),
    terminate: () => worker.terminate(),
  };
};
