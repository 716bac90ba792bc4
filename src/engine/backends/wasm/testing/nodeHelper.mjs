/** A helper thread in Node: what helper.ts does, in a language that Node 20 loads by itself. */
import { parentPort } from 'node:worker_threads';

parentPort.once('message', ({ module, memory, control, thread }) => {
  const abort = () => {
    throw new Error('The engine module was aborted.');
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  exports.setControl(control);
  parentPort.postMessage('ready');
  exports.helperLoop(thread);
});
