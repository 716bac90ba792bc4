/** PyTorch, where ANNEAL_PYTHON names a Python that has it. */
import { fileURLToPath } from 'node:url';
import { startProcessPeer } from './processPeer.mjs';
import { Missing } from './rounds.mjs';

const script = fileURLToPath(new URL('../peers/pytorch_step.py', import.meta.url));
const THREADS = '2';

/** @throws Missing where no Python is named */
export function startPythonPeer() {
  const python = process.env.ANNEAL_PYTHON;
  if (!python) throw new Missing('set ANNEAL_PYTHON to a Python with torch and transformers');
  return startProcessPeer(python, [script, '--threads', THREADS], {
    OMP_NUM_THREADS: THREADS, OPENBLAS_NUM_THREADS: THREADS, TRANSFORMERS_OFFLINE: '1',
  });
}
