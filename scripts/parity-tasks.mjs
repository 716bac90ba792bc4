/**
 * Every task on real data, here and in PyTorch beside it, with the export opened in Python:
 *   PYTHON=.venv/bin/python npm run --silent parity:tasks -- --data FOLDER --out DIR [--only trec,stsb] [--seeds 42,43,44]
 * FOLDER holds the files that scripts/parity-sets.mjs names. A run that is in DIR already is not made again, so that
 * what broke off goes on. Prints the table of all runs in DIR. Needs the Python environment of parity/README.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRun, dropWeights, makeRun } from './parity-run.mjs';
import { headlessOptions, SETS } from './parity-sets.mjs';

const { values } = parseArgs({
  options: { data: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' }, seeds: { type: 'string', default: '42' } },
});
if (!values.data || !values.out) {
  console.error('Needs --data FOLDER and --out DIR; see the head of scripts/parity-tasks.mjs.');
  process.exit(2);
}
const { data, out } = values;
const python = process.env.PYTHON ?? 'python3';
const seeds = values.seeds.split(',').map(Number);
const names = values.only?.split(',') ?? SETS.map(({ name }) => name);
const resultPath = (name, seed) => join(out, `${name}-${seed}.json`);

function measure(set, seed) {
  const folder = join(out, `${set.name}-${seed}`);
  console.error(`${set.name}, seed ${seed}`);
  makeRun({ headless: headlessOptions(set, data, out, seed), out: folder, python });
  writeFileSync(resultPath(set.name, seed), `${JSON.stringify({ set: set.name, ...compareRun(folder) }, null, 1)}\n`);
  dropWeights(folder);
}

/** Points for what is shown in percent, else as it stands. */
function shown(metric, value) {
  return metric === 'accuracy' ? `${(100 * value).toFixed(2)} %` : value.toFixed(4);
}

function line({ metric }, { set, task, rows, seed, steps, here, pytorch, losses, export: opened }) {
  const [ours, theirs] = [here.metrics[metric], pytorch.metrics[metric]];
  // No minus before a zero.
  const signed = (value, digits) => value.toFixed(digits).replace(/^-(0\.0+)$/, '$1');
  const difference = metric === 'accuracy' ? `${signed(100 * (ours - theirs), 2)} points` : signed(ours - theirs, 4);
  const checked = `${opened.class}, ${opened.problems.length === 0 ? 'no key missing or unexpected' : opened.problems.join('; ')}, ${opened.rows} rows, ${opened.largestDifference.toExponential(1)}`;
  return [
    set, task, `${rows.train} + ${rows.validation}, ${rows.test}`, seed, metric, shown(metric, ours), shown(metric, theirs), difference,
    `${losses.first.toExponential(1)}, ${losses.all.toExponential(1)}`, `${steps}: ${here.bestStep}, ${pytorch.bestStep}`, checked,
    `${here.secondsPerStep.toFixed(2)} / ${pytorch.secondsPerStep.toFixed(2)}`,
  ];
}

const HEADER = ['data', 'task', 'rows: training + validation, test', 'seed', 'metric', 'here', 'PyTorch', 'difference', 'losses: first 20, all', 'steps: best here, there', 'export', 's a step here / PyTorch'];

function table() {
  const lines = SETS.flatMap((set) =>
    seeds.filter((seed) => existsSync(resultPath(set.name, seed))).map((seed) => line(set, JSON.parse(readFileSync(resultPath(set.name, seed), 'utf8')))),
  );
  return [HEADER, HEADER.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

mkdirSync(out, { recursive: true });
for (const seed of seeds) {
  for (const set of SETS.filter(({ name }) => names.includes(name))) if (!existsSync(resultPath(set.name, seed))) measure(set, seed);
}
console.log(table());
