/**
 * One recipe here and in PyTorch, on the same rows in the same order, and the export opened in Python:
 *   PYTHON=.venv/bin/python npm run --silent parity -- --data FILE [--test FILE] [--text COLUMN] [--label COLUMN] --out DIR
 * Takes the options of the headless run. Needs the Python environment of parity/README.md. Prints a table.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const parameters = process.argv.slice(2);
const out = parameters[parameters.indexOf('--out') + 1];
const python = process.env.PYTHON ?? 'python3';

function run(command, options) {
  const { status } = spawnSync(command, options, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

if (!parameters.includes('--out') || !out) {
  console.error('Needs --data FILE and --out DIR; see the head of scripts/parity.mjs.');
  process.exit(2);
}

run('node', ['scripts/headless.mjs', ...parameters, '--record']);
run(python, ['parity/train_reference.py', '--run', join(out, 'run')]);
run(python, ['parity/check_export.py', '--export', join(out, 'export'), '--predictions', join(out, 'report.json'), '--data', join(out, 'test-rows.jsonl')]);

const json = (name) => JSON.parse(readFileSync(join(out, name), 'utf8'));
const ours = json('report.json');
const theirs = json('run/reference.json');
const percent = (share) => `${(100 * share).toFixed(1)} %`;
// Of two accuracies on the same rows: what chance alone may do, were both models equally good.
const spread = 100 * Math.sqrt((2 * ours.metrics.accuracy * (1 - ours.metrics.accuracy)) / ours.rows.test);
console.log('| | here | PyTorch |\n| --- | --- | --- |');
console.log(`| test accuracy (${ours.rows.test} rows) | ${percent(ours.metrics.accuracy)} | ${percent(theirs.testAccuracy)} |`);
console.log(`| macro F1 | ${ours.metrics.macroF1.toFixed(3)} | ${theirs.testMacroF1.toFixed(3)} |`);
console.log(`| steps | ${ours.run.steps} | ${theirs.steps} |`);
console.log(`| tokens a second | ${Math.round(ours.run.tokensPerSecond)} | |`);
console.log(`One standard error of the difference on so many test rows: ${spread.toFixed(1)} points.`);
