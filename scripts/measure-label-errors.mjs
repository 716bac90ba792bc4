/**
 * Plants wrong labels in files of ../shared/data and says how many are found:
 *   node scripts/measure-label-errors.mjs [--sets trec,banking77,waimai] [--share 0.05] [--rows N] [--seed 1]
 * A seeded share of the rows gets another label, each other one as likely. The ranking is then made by the built page in
 * headless Chromium (`scripts/headless.mjs --label-errors`). Printed for each set: precision and recall over all rows
 * that are found, and precision over the first as many as were planted (recall is the same number there). Labels that
 * were wrong before count as not planted, so the true precision is higher.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'trec,banking77,waimai' },
    share: { type: 'string', default: '0.05' },
    rows: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const sets = {
  trec: { file: 'trec_train.csv', text: 'text', label: 'coarse_label' },
  banking77: { file: 'banking77_train.csv', text: 'text', label: 'category' },
  waimai: { file: 'waimai_10k.csv', text: 'review', label: 'label', baseModel: 'bge-small-zh-v1.5' },
  chnsenticorp: { file: 'chnsenticorp_train.csv', text: 'text', label: 'label', baseModel: 'bge-small-zh-v1.5' },
};

/** Records of a file as Python's csv module and spreadsheets write it. */
function readCsv(text) {
  const records = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match && match.index < text.length; match = cell.exec(text)) {
    records.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') records.push([]);
  }
  return records.filter((record) => record.length > 1);
}

const writeCsv = (records) => records.map((record) => `${record.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('');

/** Numbers in [0, 1), the same for the same seed (Steele, Lea & Flood's SplitMix, 32 bits). */
function random(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

function shuffled(items, next) {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** @returns the file's records with wrong labels, and the spreadsheet rows that have one */
function plant({ file, text, label }, share, next) {
  const [head, ...all] = readCsv(readFileSync(join('..', 'shared', 'data', file), 'utf8'));
  const [textAt, labelAt] = [head.indexOf(text), head.indexOf(label)];
  const most = values.rows ? Number(values.rows) : all.length;
  const rows = shuffled(all, next).slice(0, most).map((record) => [record[textAt], record[labelAt]]);
  const labels = [...new Set(rows.map(([, own]) => own))].sort();
  const wrong = new Set(shuffled(rows.keys(), next).slice(0, Math.round(rows.length * share)));
  const planted = rows.map(([own, truth], index) => {
    if (!wrong.has(index)) return [own, truth];
    const others = labels.filter((other) => other !== truth);
    return [own, others[Math.floor(next() * others.length)]];
  });
  return { csv: writeCsv([['text', 'label'], ...planted]), rows: rows.length, labels: labels.length, wrong: new Set([...wrong].map((index) => index + 2)) };
}

function look(csv, baseModel, folder) {
  const data = join(folder, 'planted.csv');
  writeFileSync(data, csv);
  const arguments_ = ['scripts/headless.mjs', '--data', data, '--text', 'text', '--label', 'label', '--task', 'single-label-classification', '--label-errors', '--out', folder];
  const { status } = spawnSync(process.execPath, [...arguments_, ...(baseModel ? ['--set', `baseModel=${baseModel}`] : [])], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`headless.mjs ended with ${status}`);
  return JSON.parse(readFileSync(join(folder, 'label-errors.json'), 'utf8'));
}

const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

console.log('| set | rows | labels | planted | found | precision | recall | precision in the first as many as planted | seconds |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const name of values.sets.split(',')) {
  const set = sets[name];
  if (!set || !existsSync(join('..', 'shared', 'data', set.file))) {
    console.log(`${name}: not there`);
    process.exitCode = 1;
    continue;
  }
  const folder = mkdtempSync(join(tmpdir(), 'anneal-labels-'));
  const { csv, rows, labels, wrong } = plant(set, Number(values.share), random(Number(values.seed)));
  const begin = performance.now();
  const { suspects } = look(csv, set.baseModel, folder);
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  const hits = (list) => list.filter(({ row }) => wrong.has(row)).length;
  const right = hits(suspects);
  console.log(`| ${name} | ${rows} | ${labels} | ${wrong.size} | ${suspects.length} | ${percent(right, suspects.length)} | ${percent(right, wrong.size)} | ${percent(hits(suspects.slice(0, wrong.size)), wrong.size)} | ${seconds} |`);
  rmSync(folder, { recursive: true, force: true });
}
