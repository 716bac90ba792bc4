/**
 * The measurements in Node on a real adapter: no browser, no network. Each peer is a process; they take turns.
 *   npm run --silent bench:gpu -- [--json FILE] [--only NAME,...] [--batch N --length N] [--model minilm|tiny]
 *     [--rounds N] [--limit SECONDS] [--adapter hardware|software] [--check] [--kernels]
 */
import { fileURLToPath } from 'node:url';
import { runKernels } from '../runner/kernels.mjs';
import { BadOption, readOptions } from '../runner/options.mjs';
import { startProcessPeer } from '../runner/processPeer.mjs';
import { runAll } from '../runner/session.mjs';

const peer = (name, kernels = false) => ({ name, runs: 'node', gpu: true, policy: null, kernels });
const peers = [peer('webgpu', true), peer('tfjs-webgpu'), peer('jax-webgpu')];

/** Beside this file once it is built. */
const peerFile = fileURLToPath(new URL('./peer.js', import.meta.url));

try {
  const options = readOptions(peers, { software: false });
  const start = async () => startProcessPeer(process.execPath, [peerFile]);
  process.exit(await (options.kernels ? runKernels : runAll)({ ...options, start }));
} catch (error) {
  console.error(error instanceof BadOption ? error.message : error);
  process.exit(2);
}
