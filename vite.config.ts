import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { responseHeaders } from './scripts/headers.mjs';

/** Writes what a static host and the service worker need: `_headers`, and the worker itself with its file list. */
function offlineAndHeaders(): Plugin {
  return {
    name: 'offline-and-headers',
    apply: 'build',
    generateBundle(_, bundle) {
      const lines = Object.entries(responseHeaders).map(([name, value]) => `  ${name}: ${value}`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: ['/*', ...lines, ''].join('\n') });
      this.emitFile({ type: 'asset', fileName: 'response-headers.json', source: JSON.stringify(responseHeaders) });
      // Weights are kept under their hash by the page itself, so they are not listed here and not stored twice.
      const files = Object.keys(bundle).filter((name) => !name.endsWith('.map'));
      this.emitFile({ type: 'asset', fileName: 'offline-files.json', source: JSON.stringify(files) });
    },
  };
}

export default defineConfig({
  plugins: [react(), offlineAndHeaders()],
  define: { __VERSION__: JSON.stringify(process.env.npm_package_version ?? '0.1.0') },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    // tfjs alone is over the limit at which the builder warns; it is in the training worker only.
    chunkSizeWarningLimit: 2000,
    // Vite's own preload helper adds nothing for modules that browsers preload themselves.
    modulePreload: { polyfill: false },
  },
  preview: { headers: responseHeaders },
  server: { headers: responseHeaders },
});
