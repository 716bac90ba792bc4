/** The built page of the measurements, served twice: under the product's policy, and under a looser one. */
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { responseHeaders } from '../../scripts/headers.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const configFile = fileURLToPath(new URL('../../vite.bench.config.ts', import.meta.url));

/** jax-js starts its threads from blob addresses; isolation stays as it is. */
const looseHeaders = {
  ...responseHeaders,
  'Content-Security-Policy': responseHeaders['Content-Security-Policy']
    .replace("worker-src 'self'", "worker-src 'self' blob:")
    .replace("script-src 'self'", "script-src 'self' blob:"),
};

async function serve(headers) {
  const server = await preview({ root, configFile, logLevel: 'silent', preview: { port: 0, host: 'localhost', open: false, headers } });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://localhost:${address.port}/bench/page/bench.html`, close: () => server.close() };
}

/** @returns {Promise<{ url(policy: 'strict' | 'loose'): string, close(): Promise<void> }>} */
export async function startSites() {
  await build({ root, configFile, logLevel: 'error' });
  const sites = { strict: await serve(responseHeaders), loose: await serve(looseHeaders) };
  return {
    url: (policy) => sites[policy].url,
    close: async () => { await Promise.all(Object.values(sites).map((site) => site.close())); },
  };
}
