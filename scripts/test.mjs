/**
 * `npm test`: types and import rules, unit tests, browser tests. Ends with one line, "N passed, N failed, N skipped".
 * A runner without a report, and a file that does not load, count as failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './browser.mjs';
import { root } from './site.mjs';

const reports = join(root, '.cache', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
const skippedNames = [];

function run(command, parameters, environment = {}) {
  const { status } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  return status === 0;
}

function check(name, command, parameters) {
  const passed = run(command, parameters);
  console.log(`${passed ? 'passed' : 'FAILED'}: ${name}`);
  total[passed ? 'passed' : 'failed']++;
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'));
  } catch {
    return null;
  }
}

function countUnits(ended) {
  const report = readReport('vitest.json');
  if (!report) return void total.failed++;
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  total.passed += tests.filter(({ status }) => status === 'passed').length;
  const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending' || status === 'todo');
  total.skipped += skipped.length;
  skippedNames.push(...skipped.map(({ fullName }) => fullName));
  const failed = tests.filter(({ status }) => status === 'failed').length;
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')).length;
  total.failed += failed + unloaded;
  if (!ended && failed + unloaded === 0) total.failed++;
}

function countBrowser(ended) {
  const report = readReport('playwright.json');
  if (!report) return void total.failed++;
  const { expected, unexpected, flaky, skipped } = report.stats;
  total.passed += expected;
  total.failed += unexpected + flaky;
  total.skipped += skipped;
  const walk = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(walk)];
  for (const spec of report.suites.flatMap(walk)) {
    if (spec.tests.some(({ status }) => status === 'skipped')) skippedNames.push(spec.title);
  }
  if (report.errors.length > 0 || (!ended && unexpected + flaky === 0)) total.failed++;
}

check('types', 'npx', ['tsc', '--noEmit']);
check('import rules', 'npx', ['depcruise', '--config', '.dependency-cruiser.cjs', 'src']);

const vitestReport = join(reports, 'vitest.json');
countUnits(run('npx', ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`]));

try {
  findChromium();
  countBrowser(run('npx', ['playwright', 'test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') }));
} catch (error) {
  console.error(error.message);
  total.failed++;
}

if (skippedNames.length > 0) console.log(`Skipped:\n${skippedNames.map((name) => `  ${name}`).join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
