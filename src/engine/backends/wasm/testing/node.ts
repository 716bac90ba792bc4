/** The engine's files and workers in Node. For tests. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ModuleLoader } from '../modules';
import type { HelperFactory } from '../threads';

export const readModule: ModuleLoader = async (build) => {
  // A copy: what the file system returns may be part of a larger buffer.
  return Uint8Array.from(await readFile(fileURLToPath(new URL(`../generated/engine.${build}.wasm`, import.meta.url))));
};

export const nodeHelper: HelperFactory = () => {
  const worker = new Worker(fileURLToPath(new URL('./nodeHelper.mjs', import.meta.url)));
  return {
    post: (start) => worker.postMessage(start),
    onMessage: (listener) => worker.on('message', listener),
    onError: (listener) => worker.on('error', listener),
    terminate: () => void worker.terminate(),
  };
};
