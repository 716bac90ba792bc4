/** One recipe here and in PyTorch on the same batches with the same dropout masks, and the export opened in Python. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Losses that are compared apart: rounding has not grown yet. */
const FIRST_STEPS = 20;

/** @param writes the file without which it did not succeed, whatever it answers (a check that finds something answers 1) */
function run(command, parameters, writes) {
  const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (!existsSync(writes)) throw new Error(`${command} ${parameters[0]} ended with ${status} and without ${writes}`);
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const readLines = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const largest = (values) => values.reduce((most, value) => (value <= most ? most : value), 0);
const median = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

/** Largest |here - there| / |there|; steps that one side lacks count as infinitely far. */
function largestRelative(here, there) {
  if (here.length !== there.length) return Infinity;
  return largest(here.map((value, index) => Math.abs(value - there[index]) / Math.abs(there[index])));
}

function largestLogitDifference(predictions, logits) {
  return largest(predictions.flatMap((row, index) => row.logits.map((value, place) => Math.abs(value - (logits[index]?.[place] ?? Infinity)))));
}

/** Trains, trains again in PyTorch and opens the export; what is in `out` already is not made again. */
export function makeRun({ headless, out, python, rows = 100 }) {
  const step = (file, command, ...parameters) => existsSync(join(out, file)) || run(command, parameters, join(out, file));
  if (!existsSync(out)) {
    // Under another name until it is whole: what broke off is made again.
    const unfinished = `${out}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    run('node', ['scripts/headless.mjs', ...headless, '--record', '--out', unfinished], join(unfinished, 'export/model.safetensors'));
    renameSync(unfinished, out);
  }
  step('run/reference.json', python, 'parity/train_reference.py', '--run', join(out, 'run'));
  const checked = ['--export', join(out, 'export'), '--predictions', join(out, 'report.json'), '--data', join(out, 'test-rows.jsonl')];
  step('export-check.json', python, 'parity/check_export.py', ...checked, '--rows', String(rows), '--output', join(out, 'export-check.json'));
}

/** The weights of a run that was checked are of no further use. */
export function dropWeights(out) {
  rmSync(join(out, 'export/model.safetensors'), { force: true });
}

/** What both sides of a finished run came to. */
export function compareRun(out) {
  const report = readJson(join(out, 'report.json'));
  const reference = readJson(join(out, 'run/reference.json'));
  const events = readLines(join(out, 'events.jsonl'));
  const steps = events.filter(({ kind }) => kind === 'stepped');
  const here = steps.map(({ loss }) => loss);
  const validation = events.filter(({ kind }) => kind === 'evaluated').map(({ loss }) => loss);
  return {
    task: report.task,
    rows: report.rows,
    steps: report.run.steps,
    seed: reference.seed,
    here: { metrics: report.metrics, bestStep: report.run.bestStep, secondsPerStep: median(steps.map(({ seconds }) => seconds)), seconds: report.run.seconds },
    pytorch: { metrics: reference.test, bestStep: reference.bestStep, secondsPerStep: reference.secondsPerStep, version: reference.torch },
    losses: {
      first: largestRelative(here.slice(0, FIRST_STEPS), reference.losses.slice(0, FIRST_STEPS)),
      all: largestRelative(here, reference.losses),
      validation: largestRelative(validation, reference.validation.map(({ loss }) => loss)),
    },
    largestLogitDifference: largestLogitDifference(report.predictions, reference.testLogits),
    export: readJson(join(out, 'export-check.json')),
  };
}
