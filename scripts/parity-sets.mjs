/** The data sets on which every task is compared with PyTorch, and how many of their rows are drawn. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';

/** So few rows have a default of more and smaller steps. */
const SHORT = ['--set', 'numTrainEpochs=2', '--set', 'perDeviceTrainBatchSize=16'];
/** Most words are no entity: so few steps at the default rate would only learn that. */
const TAGS = ['--text', 'tokens', '--label', 'tags', '--set', 'numTrainEpochs=3', '--set', 'perDeviceTrainBatchSize=16', '--set', 'learningRate=3e-4'];

/** Beside these the recipe is the default one. `metric` is the figure that has to agree. */
export const SETS = [
  { name: 'trec', task: 'single-label-classification', files: ['trec_train.csv', 'trec_test.csv'], rows: 2000, options: ['--label', 'coarse_label'], metric: 'accuracy' },
  { name: 'mrpc', task: 'text-pair-classification', files: ['mrpc_train.csv', 'mrpc_test.csv'], rows: 1500, options: ['--text', 'sentence1', '--text-pair', 'sentence2', '--label', 'label'], metric: 'accuracy' },
  { name: 'stsb', task: 'text-pair-regression', files: ['stsb_train.csv', 'stsb_test.csv'], rows: 1000, options: ['--text', 'sentence1', '--text-pair', 'sentence2', '--label', 'score', ...SHORT], metric: 'pearson' },
  {
    name: 'goemotions_ekman_onehot',
    task: 'multi-label-classification',
    files: ['goemotions_ekman_onehot_train.csv', 'goemotions_ekman_onehot_test.csv'],
    rows: 1000,
    options: [...['anger', 'disgust', 'fear', 'joy', 'neutral', 'sadness', 'surprise'].flatMap((label) => ['--label', label]), ...SHORT],
    metric: 'microF1',
  },
  { name: 'clear_readability', task: 'regression', files: ['clear_readability_train.csv', 'clear_readability_test.csv'], rows: 400, options: ['--text', 'excerpt', '--label', 'bt_easiness', ...SHORT, '--set', 'maxLength=64'], metric: 'pearson' },
  { name: 'wnut17', task: 'token-classification', files: ['wnut17_train.jsonl', 'wnut17_test.jsonl'], rows: 700, options: TAGS, metric: 'f1' },
  { name: 'msra_ner', task: 'token-classification', files: ['msra_ner_train.jsonl', 'msra_ner_test.jsonl'], rows: 400, options: [...TAGS, '--model', 'bge-small-zh-v1.5'], metric: 'f1' },
];

/** `wanted` of the rows, evenly spread over the file, so that no order of the file's shows. */
function spread(rows, wanted) {
  return rows.length <= wanted ? rows : Array.from({ length: wanted }, (_, index) => rows[Math.floor((index * rows.length) / wanted)]);
}

function drawn(text, file, wanted) {
  if (file.endsWith('.jsonl')) return `${spread(text.split('\n').filter(Boolean), wanted).join('\n')}\n`;
  const [header, ...rows] = Papa.parse(text, { skipEmptyLines: true }).data;
  return `${Papa.unparse([header, ...spread(rows, wanted)], { newline: '\n' })}\n`;
}

/** Writes the drawn training rows to `out` and returns the options of the headless run. */
export function headlessOptions({ name, task, files: [train, test], rows, options }, data, out, seed) {
  const path = join(out, `${name}-${train}`);
  writeFileSync(path, drawn(readFileSync(join(data, train), 'utf8'), train, rows));
  return ['--data', path, '--test', join(data, test), '--task', task, '--backend', 'wasm', '--set', `seed=${seed}`, ...options];
}
