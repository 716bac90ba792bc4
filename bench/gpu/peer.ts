/** One WebGPU peer in Node: reads requests as lines of JSON, answers in the same way. */
import { createInterface } from 'node:readline';
import { installCounting } from '../counting';
import { makeAnswering, type Known } from '../page/answering';
import type { Request } from '../page/protocol';
import type { EngineChoice } from '../step/engine';
import { installWebgpu } from './adapter';

const ours = (backend: EngineChoice['backend']) => async () => (await import('../step/engine')).startOurs({ backend });

const starters: Known['starters'] = {
  webgpu: ours('webgpu'),
  'tfjs-webgpu': ours('tfjs-webgpu'),
  'jax-webgpu': async () => (await import('../peers/jax/step')).startJax('webgpu'),
};

const kernels: Known['kernels'] = {
  webgpu: async (size) => (await import('../kernels/webgpu')).measureWebgpuKernels(size),
};

const write = (line: string) => { process.stdout.write(`${line}\n`); };
// Libraries talk; standard output is for answers.
console.log = console.info = console.error;

const answer = makeAnswering({ starters, kernels });
const ready = installWebgpu().then(installCounting);
// Said in the answer to the first request.
ready.catch(() => undefined);

createInterface({ input: process.stdin }).on('line', (line) => {
  void ready
    .then(() => answer(JSON.parse(line) as Request))
    .catch((error: unknown) => ({ ok: false, missing: true, message: error instanceof Error ? error.message : String(error) }))
    .then((value) => write(JSON.stringify(value)));
});
// Dawn's own threads would keep the process alive.
process.stdin.on('end', () => process.exit(0));
