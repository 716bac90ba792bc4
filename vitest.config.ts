import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'docs/**/*.test.ts'],
    environment: 'node',
    // The engine's WASM modules are built, unless they are up to date.
    globalSetup: ['scripts/vitest-setup.mjs'],
    // Two cores: tfjs-wasm tests are the long ones, and each is alone in its thread.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Node 20 knows relaxed SIMD only by this flag; later ones need none and refuse it.
    // gc() is for tests of what is let go.
    execArgv: ['--expose-gc', ...(process.version.startsWith('v20.') ? ['--experimental-wasm-relaxed-simd'] : [])],
    // Its gradients are an ES module that Node cannot load by itself.
    server: { deps: { inline: [/tfjs-core/] } },
  },
});
