/**
 * Compiles the engine's AssemblyScript into three modules under `src/engine/backends/wasm/generated`: relaxed SIMD with
 * threads, SIMD with threads, and SIMD alone. Does nothing when they are newer than every source.
 */
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const engine = join(root, 'src', 'engine');
const entry = 'src/engine/backends/wasm/assembly/entry.ts';
const folder = 'src/engine/backends/wasm/generated';

const threads = ['--sharedMemory', '--enable', 'threads'];
const modules = {
  'engine.relaxed-threads': [...threads, '--enable', 'relaxed-simd'],
  'engine.threads': threads,
  'engine.single': [],
};
// 65536 pages are 4 GiB: a declared maximum must be at least that of the memory the host makes.
const common = [
  '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'bulk-memory', '--disableWarning',
  '--importMemory', '--noExportMemory', '--initialMemory', '1', '--maximumMemory', '65536',
];

function newest(directory) {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /[\\/]assembly[\\/]|[\\/]assembly\.ts$/.test(path));
  return Math.max(...sources.map((path) => statSync(path).mtimeMs));
}

function oldestModule() {
  try {
    return Math.min(...Object.keys(modules).map((name) => statSync(join(root, folder, `${name}.wasm`)).mtimeMs));
  } catch {
    return 0;
  }
}

/** Builds the modules unless they are up to date. @throws Error with the compiler's words */
export async function buildWasm() {
  if (oldestModule() > Math.max(newest(engine), statSync(fileURLToPath(import.meta.url)).mtimeMs)) return;
  mkdirSync(join(root, folder), { recursive: true });
  for (const [name, options] of Object.entries(modules)) {
    // Moved into place when whole: somebody else may be reading, or building, at the same time.
    const unfinished = `${folder}/${name}.${process.pid}.tmp.wasm`;
    const { error, stderr } = await asc.main([entry, '--baseDir', root, '--outFile', unfinished, ...common, ...options]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    renameSync(join(root, unfinished), join(root, folder, `${name}.wasm`));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm();
