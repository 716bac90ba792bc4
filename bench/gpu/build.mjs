/** Bundles the measurements for Node, with the one native module they need beside them. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param folder is emptied
 * @param platform of dawn.node, as `process.platform`-`process.arch`
 */
export async function buildGpuBench(folder, platform = `${process.platform}-${process.arch}`) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    // Everything but `webgpu` goes into the bundle: the folder has no other packages.
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { main: join(root, 'bench/gpu/main.mjs'), peer: join(root, 'bench/gpu/peer.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const from = dirname(fileURLToPath(import.meta.resolve('webgpu')));
  const to = join(folder, 'node_modules/webgpu');
  const native = join('dist', platform);
  if (!existsSync(join(from, native))) throw new Error(`The webgpu package has nothing for ${platform}.`);
  mkdirSync(to, { recursive: true });
  for (const name of ['index.js', 'package.json', 'LICENSE.md', native]) cpSync(join(from, name), join(to, name), { recursive: true });
}
