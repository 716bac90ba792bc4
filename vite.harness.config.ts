/** The tests' own page: engine checks in a real browser. Not part of the product. */
import { defineConfig } from 'vite';
import { responseHeaders } from './scripts/headers.mjs';

export default defineConfig({
  publicDir: false,
  worker: { format: 'es' },
  build: {
    outDir: 'dist-harness',
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'e2e/harness/harness.html' },
  },
  preview: { headers: responseHeaders },
});
