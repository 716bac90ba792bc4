/**
 * Measures one training step of every peer, in headless Chromium and, for PyTorch, in Python:
 *   npm run --silent bench -- [--json FILE] [--only NAME,...] [--batch N --length N] [--model minilm|tiny]
 *     [--rounds N] [--limit SECONDS] [--adapter software|hardware] [--check] [--kernels]
 * --check compares losses instead of times: same weights, dropout off. --kernels measures kernels by themselves.
 * PyTorch runs where ANNEAL_PYTHON names a Python. Progress goes to stderr, tables to stdout.
 * Exit code 1 where a peer that was started failed or nothing was measured, 2 where the command line is wrong.
 */
import { startBrowserPeer } from './runner/browserPeer.mjs';
import { runKernels } from './runner/kernels.mjs';
import { BadOption, readOptions } from './runner/options.mjs';
import { peers } from './runner/peers.mjs';
import { startPythonPeer } from './runner/pythonPeer.mjs';
import { runAll } from './runner/session.mjs';
import { startSites } from './runner/site.mjs';

async function main() {
  const options = readOptions(peers);
  const sites = await startSites();
  const start = (peer) => (peer.runs === 'python' ? startPythonPeer() : startBrowserPeer(peer, { url: sites.url(peer.policy), software: options.software }));
  try {
    return await (options.kernels ? runKernels : runAll)({ ...options, start });
  } finally {
    await sites.close();
  }
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof BadOption ? error.message : error);
  process.exit(2);
}
