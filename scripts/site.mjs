/** The built page: made when it is missing or older than its sources, and served with its headers on a local port. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { buildWasm } from './build-wasm.mjs';
import { responseHeaders } from './headers.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'vite.harness.config.ts', 'package-lock.json', 'scripts/headers.mjs'];

function newest(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * @param kind 'page' for the product, 'harness' for the tests' own page
 * @param log where the builder's words go: 'silent' keeps standard output for results
 */
export async function ensureBuilt(kind = 'page', log = 'silent') {
  await buildWasm();
  const folder = kind === 'page' ? 'dist' : 'dist-harness';
  const built = statSync(join(root, folder, kind === 'page' ? 'index.html' : 'harness.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > Math.max(...SOURCES.map((source) => newest(join(root, source))))) return;
  const configFile = join(root, kind === 'page' ? 'vite.config.ts' : 'vite.harness.config.ts');
  await build({ root, configFile, logLevel: log });
}

/** Answers with these files before any that are built. */
const instead = (files) => ({
  name: 'files-instead',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const content = files.get((request.url ?? '').split('?', 1)[0].slice(1));
      if (!content) return next();
      for (const [name, value] of Object.entries(responseHeaders)) response.setHeader(name, value);
      response.setHeader('Content-Length', content.length).end(content);
    });
  },
});

/**
 * @param port 0 for any free one
 * @param files content by path, in place of the site's own
 */
export async function serveSite({ kind = 'page', port = 0, host = 'localhost', files = new Map() } = {}) {
  const configFile = join(root, kind === 'page' ? 'vite.config.ts' : 'vite.harness.config.ts');
  const server = await preview({ root, configFile, logLevel: 'silent', plugins: [instead(files)], preview: { port, host, strictPort: port !== 0, open: false } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
