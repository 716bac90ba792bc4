/** The headless run as a script sees it: files, exit codes, errors; on every backend with a tiny model. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeTinyModel, tinyTable } from './fixtures/tinyModel';

const folder = () => mkdtempSync(join(tmpdir(), 'anneal-headless-'));

function headless(...parameters: string[]) {
  const { status, stderr, stdout } = spawnSync('node', ['scripts/headless.mjs', ...parameters], { encoding: 'utf8', timeout: 280_000 });
  return { status, stdout, stderr, lastLine: stderr.trim().split('\n').at(-1) ?? '' };
}

function writeTable(rows: number): string {
  const path = join(folder(), 'table.csv');
  writeFileSync(path, tinyTable(rows));
  return path;
}

for (const [backend, model] of [['wasm', 'tiny-bert'], ['wasm', 'tiny-distilbert'], ['tfjs-wasm', 'tiny-bert'], ['cpu', 'tiny-bert'], ['webgpu', 'tiny-bert']] as const) {
  test(`trains ${model} on ${backend}, and its export predicts the same`, () => {
    const out = folder();
    const steps = backend === 'webgpu' ? ['--max-steps', '8'] : ['--set', 'numTrainEpochs=12'];
    const { status, stderr } = headless('--data', writeTable(80), '--model', makeTinyModel(model), '--backend', backend, '--set', 'learningRate=0.003', ...steps, '--out', out);
    expect(status, stderr).toBe(0);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    expect(report.run.backend).toBe(backend === 'cpu' ? 'tfjs-cpu' : backend);
    expect(report.labels).toEqual(['fruit', 'tool']);
    expect(report.rows.used + report.rows.setAside).toBe(report.rows.file);
    expect(report.predictions).toHaveLength(report.rows.test);
    // Every word belongs to one label: a trainer that works gets them all, guessing half.
    if (backend !== 'webgpu') expect(report.metrics.accuracy).toBeGreaterThanOrEqual(0.85);
    const events = readFileSync(join(out, 'events.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    expect(events.at(0).kind).toBe('started');
    expect(events.at(-1).kind).toBe('finished');
    if (backend === 'webgpu') {
      const losses = events.filter(({ kind }) => kind === 'stepped').map(({ loss }) => loss as number);
      expect(losses).toHaveLength(8);
      expect(losses.every(Number.isFinite)).toBe(true);
    }
    for (const name of ['model.safetensors', 'config.json', 'tokenizer.json', 'README.md']) expect(existsSync(join(out, 'export', name)), name).toBe(true);
    expect(stderr).toContain('read back');
  });
}

test('the same recipe gives the same run, bit for bit; fault 2: a label with one row is learnt from and has blank test figures', () => {
  const table = writeTable(40);
  appendFileSync(table, 'quince quince,rare\n');
  const model = makeTinyModel('tiny-bert');
  const losses = [1, 2].map(() => {
    const out = folder();
    const { status, stderr } = headless('--data', table, '--model', model, '--backend', 'wasm', '--max-steps', '6', '--out', out);
    expect(status, stderr).toBe(0);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    expect(report.labels).toEqual(['fruit', 'rare', 'tool']);
    expect(report.classes[1]).toMatchObject({ label: 'rare', recall: null, f1: null, support: 0 });
    return readFileSync(join(out, 'events.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'stepped').map(({ loss }) => loss as number);
  });
  expect(losses[0]).toHaveLength(6);
  expect(losses[1]).toEqual(losses[0]);
});

test('bad input ends with code 2 and one JSON line, without a stack trace', () => {
  const empty = join(folder(), 'empty.csv');
  writeFileSync(empty, '');
  for (const [parameters, code] of [
    [['--data', empty, '--out', folder()], 'data.no-rows'],
    [['--data', writeTable(10), '--label', 'nothing', '--out', folder()], 'data.missing-column'],
    [['--data', writeTable(40), '--set', 'learningRate=7', '--out', folder()], 'recipe.invalid'],
    [['--out', folder()], 'recipe.invalid'],
    [['--data', '/nowhere.csv', '--out', folder()], 'data.unreadable-file'],
  ] as const) {
    const { status, stdout, stderr, lastLine } = headless(...parameters);
    expect(status, stderr).toBe(2);
    expect(stdout).toBe('');
    expect(JSON.parse(lastLine).code).toBe(code);
    expect(stderr).not.toContain(' at ');
  }
});

test('fault 22: a damaged model file is named and not used', () => {
  const model = makeTinyModel('tiny-bert');
  const weights = readFileSync(join(model, 'model.safetensors'));
  writeFileSync(join(model, 'model.safetensors'), weights.subarray(0, weights.length - 100));
  const { status, lastLine } = headless('--data', writeTable(40), '--model', model, '--out', folder());
  expect(status).toBe(2);
  expect(JSON.parse(lastLine)).toMatchObject({ code: 'model.bad-file', facts: { file: 'model.safetensors' } });
});
