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
    baseURL: process.env.ANNEAL_URL ?? 'http://localhost:4174/',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: findChromium(), args: browserArguments },
    trace: 'retain-on-failure',
  },
});
