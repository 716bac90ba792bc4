/**
 * One recipe here and in PyTorch, on the same rows in the same order with the same dropout masks, and the export opened
 * in Python:
 *   PYTHON=.venv/bin/python npm run --silent parity -- --data FILE [--test FILE] [--text COLUMN] [--label COLUMN] --out DIR
 * Takes the options of the headless run. Needs the Python environment of parity/README.md. Prints a table.
 */
import { compareRun, makeRun } from './parity-run.mjs';

const parameters = process.argv.slice(2);
const place = parameters.indexOf('--out');
const out = parameters[place + 1];
if (place < 0 || !out) {
  console.error('Needs --data FILE and --out DIR; see the head of scripts/parity.mjs.');
  process.exit(2);
}

makeRun({ headless: parameters.toSpliced(place, 2), out, python: process.env.PYTHON ?? 'python3' });
const { here, pytorch, losses, rows, steps, export: opened } = compareRun(out);
console.log(`| ${rows.test} test rows, ${steps} steps | here | PyTorch |\n| --- | --- | --- |`);
for (const [name, value] of Object.entries(here.metrics)) {
  const other = pytorch.metrics[name];
  if (typeof value === 'number' && typeof other === 'number') console.log(`| ${name} | ${value.toFixed(4)} | ${other.toFixed(4)} |`);
}
console.log(`| best step | ${here.bestStep} | ${pytorch.bestStep} |`);
console.log(`| seconds a step | ${here.secondsPerStep.toFixed(3)} | ${pytorch.secondsPerStep.toFixed(3)} |`);
console.log(`Losses differ by ${losses.first.toExponential(1)} of themselves at most in the first 20 steps, ${losses.all.toExponential(1)} in all.`);
console.log(`Export opened as ${opened.class}: ${opened.rows} rows, largest difference of logits ${opened.largestDifference.toExponential(1)}, ${opened.otherAnswers} other answers.`);
