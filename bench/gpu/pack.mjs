/**
 * Packs the measurements for a machine that has a graphics card and nothing else, as one archive:
 *   node bench/gpu/pack.mjs --out DIR [--node FILE | --without-node] [--vulkan-loader FILE]
 * Writes DIR/anneal-bench-gpu.tar.gz; there: tar -xzf anneal-bench-gpu.tar.gz && anneal-bench-gpu/run.sh [options of main.mjs]
 * With it go the Node that runs this (or FILE) and, where one is found, a Vulkan loader; the driver is the machine's.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildGpuBench } from './build.mjs';

const NAME = 'anneal-bench-gpu';
const MOST_BYTES = 60e6;
const PLATFORM = 'linux-x64';
/** Where distributions keep it; Chromium brings one of its own. */
const LOADERS = ['/usr/lib/x86_64-linux-gnu/libvulkan.so.1', '/usr/lib64/libvulkan.so.1', '/usr/lib/chromium/libvulkan.so.1', '/opt/google/chrome/libvulkan.so.1'];

const script = `#!/bin/sh
# Runs the measurements with what is in this folder, or with the machine's own Node and Vulkan loader where they are not.
here=$(cd "$(dirname "$0")" && pwd)
node="$here/bin/node"
[ -x "$node" ] || node=node
ldconfig -p 2>/dev/null | grep -q 'libvulkan\\.so\\.1' || export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
exec "$node" "$here/main.js" "$@"
`;

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    'without-node': { type: 'boolean', default: false },
    'vulkan-loader': { type: 'string' },
  },
});
if (!values.out) {
  console.error('--out names the folder to write to.');
  process.exit(2);
}

const out = resolve(values.out);
const folder = join(out, NAME);
await buildGpuBench(folder, PLATFORM);
writeFileSync(join(folder, 'run.sh'), script);
chmodSync(join(folder, 'run.sh'), 0o755);
if (!values['without-node']) {
  mkdirSync(join(folder, 'bin'));
  copyFileSync(values.node, join(folder, 'bin/node'));
  chmodSync(join(folder, 'bin/node'), 0o755);
}
const loader = values['vulkan-loader'] ?? LOADERS.find((path) => existsSync(path));
if (loader) {
  mkdirSync(join(folder, 'lib'));
  copyFileSync(loader, join(folder, 'lib/libvulkan.so.1'));
} else console.error('No Vulkan loader found here: the machine must have one.');

const archive = join(out, `${NAME}.tar.gz`);
const { status, stderr } = spawnSync('tar', ['-C', out, '-I', 'gzip -9', '-cf', archive, NAME], { encoding: 'utf8' });
if (status !== 0) throw new Error(`tar: ${stderr}`);
rmSync(folder, { recursive: true, force: true });
const { size } = statSync(archive);
console.log(`${archive}: ${(size / 1e6).toFixed(1)} MB`);
if (size > MOST_BYTES) {
  console.error(`That is more than ${MOST_BYTES / 1e6} MB.`);
  process.exit(1);
}
