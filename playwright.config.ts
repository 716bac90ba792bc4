import { defineConfig } from '@playwright/test';
import { browserArguments, findChromium } from './scripts/browser.mjs';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  fullyParallel: true,
  // Two cores, and training fills one.
  workers: 2,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? '.cache/reports/playwright.json' }]],
  globalSetup: './e2e/serve.ts',
  use: {
    // With small models (e2e/fixtures/smallModels.ts): tests of the bundled ones say so.
    baseURL: process.env.ANNEAL_SMALL_URL,
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: findChromium(), args: browserArguments },
    // No trace, which every test would pay for: `--trace retain-on-failure` records them when one is looked into.
    screenshot: 'only-on-failure',
  },
});
