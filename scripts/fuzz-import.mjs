/**
 * Damages small valid files of every format and imports them, file by file from a seed:
 *   node scripts/fuzz-import.mjs [--files 100000] [--from 0]
 * A file that takes over 2 s, that ends in anything but a typed error, or whose table does not add up is named with its
 * number; `--from NUMBER --files 1` repeats it. Ends with code 1 where there was one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const LONGEST_MS = 2_000;

async function readFiles({ bundle, from, to }) {
  const { fuzzFault, seedFiles } = await import(bundle);
  const seeds = await seedFiles();
  for (let number = from; number < to; number += 1) {
    const begin = performance.now();
    parentPort.postMessage({ kind: 'begin', number });
    const fault = await fuzzFault(seeds, number);
    parentPort.postMessage({ kind: 'end', number, fault, milliseconds: performance.now() - begin });
  }
}

/** Reads from `from` on until the end or the first file that stops the worker; gives the number to go on from. */
function runWorker(bundle, from, to, report) {
  return new Promise((resolve) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { bundle, from, to }, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    let number = from;
    let next = from;
    let since = null;
    const end = (fault) => {
      clearInterval(watch);
      if (fault !== null) report(number, fault);
      void worker.terminate().then(() => resolve(fault === null ? to : number + 1));
    };
    const watch = setInterval(() => {
      if (since !== null && performance.now() - since > LONGEST_MS) end('no answer within 2 s');
    }, 200);
    worker.on('message', (message) => {
      if (message.kind === 'begin') {
        number = message.number;
        since = performance.now();
        return;
      }
      since = null;
      next = message.number + 1;
      if (message.fault !== null) report(message.number, message.fault);
      else if (message.milliseconds > LONGEST_MS) report(message.number, `took ${Math.round(message.milliseconds)} ms`);
      if (next % 5_000 === 0) console.error(`${next} files`);
    });
    worker.on('error', (error) => end(`the worker ended: ${error.message}`));
    worker.on('exit', () => next === to && end(null));
  });
}

async function main() {
  const { values } = parseArgs({ options: { files: { type: 'string', default: '100000' }, from: { type: 'string', default: '0' } } });
  const from = Number(values.from);
  const to = from + Number(values.files);
  const { build } = await import('vite');
  // Inside the repository, so that packages are found from the bundle.
  const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.fuzz-'));
  const faults = [];
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: 'src/data/fuzzImport.ts', outDir: folder, target: 'node20', rollupOptions: { output: { entryFileNames: 'fuzz.mjs' } } },
    });
    const bundle = pathToFileURL(join(folder, 'fuzz.mjs')).href;
    const report = (number, fault) => {
      faults.push(number);
      console.log(`${number}: ${fault}`);
    };
    for (let next = from; next < to; ) next = await runWorker(bundle, next, to, report);
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(`${to - from} files, ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await (isMainThread ? main() : readFiles(workerData));
