import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'docs/**/*.test.ts'],
    environment: 'node',
    // Two cores: tfjs-wasm tests are the long ones, and each is alone in its thread.
    maxWorkers: 2,
    testTimeout: 120_000,
    // Its gradients are an ES module that Node cannot load by itself.
    server: { deps: { inline: [/tfjs-core/] } },
  },
});
