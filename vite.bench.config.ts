/** The measurements' own page. Not part of the product. Its headers are the runner's: some peers need a looser policy. */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  worker: { format: 'es' },
  build: {
    // Git and the type checker leave it alone there.
    outDir: '.cache/bench',
    target: 'es2023',
    assetsInlineLimit: 0,
    emptyOutDir: true,
    chunkSizeWarningLimit: 5000,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'bench/page/bench.html' },
  },
});
