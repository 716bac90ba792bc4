/** The shared real data sets: row counts as their README states them, and the columns a person would choose. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitWords } from './formats/conll/sentence';
import { guessColumns } from './guessColumns';
import { importTable } from './importTable';

const folder = join(process.cwd(), '..', 'shared', 'data');

const files: [file: string, rows: number, text: string | null, label: string | null][] = [
  ['imdb_train', 700, 'text', 'label'],
  ['imdb_test', 700, 'text', 'label'],
  ['sst2_train', 6920, 'text', 'label'],
  ['sst2_dev', 872, 'text', 'label'],
  ['sst2_test', 1821, 'text', 'label'],
  ['trec_train', 5452, 'text', 'coarse_label'],
  ['trec_test', 500, 'text', 'coarse_label'],
  ['banking77_train', 10003, 'text', 'category'],
  ['banking77_test', 3080, 'text', 'category'],
  ['financial_phrasebank', 3877, 'sentence', 'sentiment'],
  ['chnsenticorp_train', 3000, 'text', 'label'],
  ['chnsenticorp_dev', 1200, 'text', 'label'],
  ['chnsenticorp_test', 1200, 'text', 'label'],
  ['waimai_10k', 8990, 'review', 'label'],
  ['stsb_train', 5749, 'sentence1', 'genre'],
  ['stsb_dev', 1500, 'sentence1', 'genre'],
  ['stsb_test', 1379, 'sentence1', 'genre'],
  ['clear_readability_train', 850, 'excerpt', 'category'],
  ['clear_readability_test', 350, 'excerpt', 'category'],
  ['mrpc_train', 3576, 'sentence1', 'label'],
  ['mrpc_dev', 500, 'sentence1', 'label'],
  ['mrpc_test', 1725, 'sentence1', 'label'],
  ['afqmc_train', 5000, 'sentence1', 'label'],
  ['afqmc_dev', 4316, 'sentence1', 'label'],
  ['afqmc_test_unlabelled', 1000, 'sentence1', null],
  ['goemotions_train', 6000, 'text', 'labels'],
  ['goemotions_dev', 2500, 'text', 'labels'],
  ['goemotions_test', 5427, 'text', 'labels'],
  ['goemotions_ekman_onehot_train', 3000, 'text', 'anger'],
  ['goemotions_ekman_onehot_test', 1500, 'text', 'anger'],
  ['toxic_comments_sample', 101, 'comment_text', 'toxic'],
  ['sms_spam', 4472, 'text', 'label'],
];

/** Sentences with tags: rows, and the same sentences as JSON Lines where both are there. */
const tagged: [file: string, rows: number][] = [
  ['wnut17_train.conll', 3394],
  ['wnut17_dev.conll', 1009],
  ['wnut17_test.conll', 1287],
  ['weibo_ner_train.conll', 1350],
  ['weibo_ner_dev.conll', 270],
  ['weibo_ner_test.conll', 270],
  ['wnut17_train.jsonl', 3394],
  ['wnut17_dev.jsonl', 1009],
  ['wnut17_test.jsonl', 1287],
  ['weibo_ner_train.jsonl', 1350],
  ['weibo_ner_dev.jsonl', 270],
  ['weibo_ner_test.jsonl', 270],
  ['msra_ner_train.jsonl', 1600],
  ['msra_ner_test.jsonl', 700],
];

const readFile = (file: string) => importTable({ name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) });

describe.skipIf(!existsSync(folder))('shared/data (skipped where ../shared/data is not there)', () => {
  it.each(files)('%s.csv has %i rows, text in %s, label in %s', async (name, rows, text, label) => {
    const file = `${name}.csv`;
    const table = await importTable({ name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) });
    expect(table.rowsInFile).toBe(rows);
    expect(table.setAside).toEqual([]);
    expect(table.dialect).toMatchObject({ encoding: 'utf-8', delimiter: ',', hasHeader: true, skippedLines: 0 });
    const guess = guessColumns(table);
    // Either of a pair of texts will do.
    expect(guess.textColumn?.replace('sentence2', 'sentence1')).toBe(text);
    expect(guess.labelColumn).toBe(label);
  });

  it.each(tagged)('%s has %i sentences, each with as many tags as words', async (file, rows) => {
    const table = await readFile(file);
    expect(table.rowsInFile).toBe(rows);
    expect(table.setAside).toEqual([]);
    expect(table.columns.map((column) => column.name)).toEqual(['tokens', 'tags']);
    const [tokens = [], tags = []] = table.columns.map(({ cells }) => [...cells].map(file.endsWith('.conll') ? splitWords : (cell) => JSON.parse(cell) as string[]));
    expect(tokens.map((words) => words.length)).toEqual(tags.map((words) => words.length));
    if (!file.endsWith('.conll')) return;
    const twin = await readFile(file.replace('.conll', '.jsonl'));
    const twins = twin.columns.map(({ cells }) => [...cells].map((cell) => JSON.parse(cell) as string[]));
    expect([tokens, tags]).toEqual(twins);
  });

  it('names every file of the folder', () => {
    const named = [...files.map(([name]) => `${name}.csv`), ...tagged.map(([file]) => file)];
    expect(readdirSync(folder).filter((file) => /\.(csv|jsonl|conll)$/.test(file)).sort()).toEqual(named.sort());
  });
});
