/** `npm run bench:gpu`: builds the measurements for Node and runs them here. Options: see `main.mjs`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGpuBench } from './build.mjs';

const folder = fileURLToPath(new URL('../../.cache/bench-gpu', import.meta.url));
await buildGpuBench(folder);
const { status } = spawnSync(process.execPath, [join(folder, 'main.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
