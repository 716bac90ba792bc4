import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { philox4x32, type Dataset, type Recipe } from '../domain';
import { foldCell } from './cells';
import { prepareDataset } from './prepareDataset';
import { plainDataset, read, recipeOf } from './testTable';

const header = 'text,label\n';
const sides = ['train', 'validation', 'test'] as const;

/** Rows `[label, count]` with texts of their own. */
const labelled = (...counts: [string, number][]) =>
  counts
    .map(([label, count]) =>
      Array.from({ length: count }, (_, index) => `words ${index} of ${label.trim()},${label}\n`).join(''),
    )
    .join('');

function expectAccounted(dataset: Dataset): void {
  const { rows, setAside, labels } = dataset.counts;
  expect(rows.used + rows.setAside).toBe(rows.file);
  expect(rows.train + rows.validation + rows.test).toBe(rows.used);
  expect(setAside).toHaveLength(rows.setAside);
  for (const side of sides) {
    expect(dataset[side]).toHaveLength(rows[side]);
    expect(labels.reduce((sum, count) => sum + count[side], 0)).toBe(rows[side]);
    const order = dataset[side].map((example) => example.row);
    expect(order).toEqual([...order].sort((left, right) => left - right));
  }
  const sideOfText = new Map<string, string>();
  for (const side of sides) {
    for (const { text } of dataset[side]) {
      const key = foldCell(text);
      expect(sideOfText.get(key) ?? side).toBe(side);
      sideOfText.set(key, side);
    }
  }
}

async function prepare(text: string, recipe: Recipe = recipeOf()): Promise<Dataset> {
  const dataset = await prepareDataset(await read(text, { choice: { hasHeader: true } }), recipe);
  expectAccounted(dataset);
  return plainDataset(dataset);
}

const failure = async (text: string, recipe?: Recipe): Promise<unknown> =>
  prepare(text, recipe).catch((error: unknown) => error);

describe('fault 2: too few classes, rare classes', () => {
  it('refuses one class and lists other columns', async () => {
    const text = `text,label,kind\n${Array.from({ length: 10 }, (_, index) => `words ${index},same,${index % 2}\n`).join('')}`;
    expect(await failure(text)).toMatchObject({
      code: 'data.too-few-classes',
      facts: { column: 'label', rows: 10, value: 'same', candidates: ['kind'] },
    });
  });

  it('refuses a label column whose values all differ, and too few rows', async () => {
    expect(
      await failure(header + labelled(...Array.from({ length: 8 }, (_, at): [string, number] => [`id ${at}`, 1]))),
    ).toMatchObject({
      code: 'data.too-many-classes',
      facts: { column: 'label', rows: 8, classes: 8 },
    });
    expect(await failure(header + labelled(['a', 3], ['b', 2]))).toMatchObject({
      code: 'data.too-few-rows',
      facts: { rows: 5, needed: 6 },
    });
  });

  it('keeps a label of one row for training, leaves it out, or merges it', async () => {
    const text = header + labelled(['a', 20], ['b', 20], ['y', 1]);
    const kept = await prepare(text);
    expect(kept.counts.rareLabels).toEqual([{ label: 'y', rows: 1 }]);
    expect(kept.counts.labels.at(-1)).toEqual({ label: 'y', train: 1, validation: 0, test: 0 });
    const choose = (choice: Recipe['data']['rareLabels'][string]) =>
      prepare(text, recipeOf({ data: { rareLabels: { y: choice } } }));
    const chosen = await choose({ action: 'keep-for-training' });
    expect(chosen.counts.rareLabels).toEqual([]);
    expect(chosen.train).toEqual(kept.train);
    const left = await choose({ action: 'leave-out' });
    expect(left.labels).toEqual(['a', 'b']);
    expect(left.counts.setAside).toEqual([{ row: 42, reason: 'rare-label', cells: ['words 0 of y', 'y'] }]);
    const merged = await choose({ action: 'merge', into: 'b' });
    expect(merged.labels).toEqual(['a', 'b']);
    expect(merged.counts.rows).toMatchObject({ used: 41, setAside: 0 });
  });
});

describe('fault 5: rows set aside and labels tidied', () => {
  it('gives each row its reason', async () => {
    const dataset = await prepare(
      `${header}${labelled(['a', 10], ['b', 10])},a\nsome text,\n" \u00a0 ",b\nalone\nx,a,more\nother text," \u200b"\n`,
    );
    expect(dataset.counts.setAside.map(({ row, reason }) => [row, reason])).toEqual([
      [22, 'empty-text'],
      [23, 'empty-label'],
      [24, 'blank-text'],
      [25, 'too-few-cells'],
      [26, 'too-many-cells'],
      [27, 'empty-label'],
    ]);
    expect(dataset.counts.rows).toMatchObject({ file: 26, used: 20, setAside: 6 });
  });

  it('joins spellings of one label to the commonest, and only if asked', async () => {
    const text =
      header +
      labelled(['spam', 5], [' Spam ', 2], ['SPAM', 2], ['ｓｐａｍ', 1], ['ham\u00a0', 1], ['ham', 4], ['null', 3]);
    const dataset = await prepare(text);
    expect(dataset.labels).toEqual(['ham', 'null', 'spam']);
    expect(dataset.counts.tidiedLabels).toEqual({ rows: 6, firstRow: 7 });
    const raw = await prepare(text, recipeOf({ data: { tidyLabels: false } }));
    expect(raw.labels).toHaveLength(7);
    expect(raw.counts.tidiedLabels).toEqual({ rows: 0, firstRow: null });
  });

  it('orders labels by code point, whole numbers by value', async () => {
    expect((await prepare(header + labelled(['b', 3], ['B', 0], ['\uff5e', 3], ['😀', 3], ['Z', 3]))).labels).toEqual([
      'Z',
      'b',
      '\uff5e',
      '😀',
    ]);
    expect((await prepare(header + labelled(['10', 3], ['9', 3], ['-1', 3]))).labels).toEqual(['-1', '9', '10']);
  });

  it('names columns that are missing together with those there', async () => {
    expect(await failure(header + labelled(['a', 9]), recipeOf({ data: { labelColumn: 'kind' } }))).toMatchObject({
      code: 'data.missing-column',
      facts: { file: 'test.csv', column: 'kind', columns: ['text', 'label'] },
    });
    expect(await failure(`${header},a\n,b\n`)).toMatchObject({
      code: 'data.nothing-usable',
      facts: { file: 'test.csv', rows: 2, setAside: 2 },
    });
    const padded = recipeOf({ data: { labelColumn: '\ufeff label\u00a0' } });
    expect((await prepare(header + labelled(['a', 9], ['b', 9]), padded)).labels).toEqual(['a', 'b']);
  });
});

describe('split', () => {
  it('is stratified, seeded, and gives each label of three rows or more a row a side', async () => {
    const text = header + labelled(['a', 600], ['b', 50], ['c', 3], ['d', 2]);
    const dataset = await prepare(text);
    expect(dataset.counts.labels).toEqual([
      { label: 'a', train: 480, validation: 60, test: 60 },
      { label: 'b', train: 40, validation: 5, test: 5 },
      { label: 'c', train: 1, validation: 1, test: 1 },
      { label: 'd', train: 2, validation: 0, test: 0 },
    ]);
    expect(await prepare(text)).toEqual(dataset);
    expect((await prepare(text, recipeOf({ seed: 43 }))).test).not.toEqual(dataset.test);
  });

  it('keeps copies of a text on one side, also with other labels, cases, widths and spaces', async () => {
    const copies = Array.from({ length: 40 }, (_, index) => [
      `Same words ${index},a\nSAME  words ${index},a\nsame words ${index},b\n`,
      `ｓame words ${index} ,${index % 4 === 0 ? 'rare' : 'a'}\n`,
    ]).flat();
    const dataset = await prepare(
      header + copies.join('') + labelled(['b', 30]),
      recipeOf({ split: { testFraction: 0.3 } }),
    );
    expect(dataset.counts.rows.test).toBeGreaterThan(20);
  });

  it('never tests a label that it does not train, whatever the copies', async () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const lines = Array.from({ length: 60 }, (_, index) => {
        const [text, label] = philox4x32([index, 0, 0, 0], [seed, 7]);
        return `text ${text % 25},label ${Math.floor(Math.sqrt(label % 64))}\n`;
      });
      const dataset = await prepare(
        header + lines.join(''),
        recipeOf({ seed, split: { testFraction: 0.4, validationFraction: 0.4 } }),
      );
      for (const count of dataset.counts.labels) expect(count.train).toBeGreaterThan(0);
    }
  });

  it('gives a label a row a side though all its texts have copies', async () => {
    const copies = Array.from({ length: 3 }, (_, index) => `twice ${index},c\nTwice ${index},c\n`).join('');
    const dataset = await prepare(header + labelled(['a', 30]) + copies);
    expect(dataset.counts.labels[1]).toEqual({ label: 'c', train: 2, validation: 2, test: 2 });
  });

  it('never tests a label that shares every text with others and is trained nowhere', async () => {
    const shared = ['c0', 'c1', 'c2', 'c3'].map((label) => {
      const rows = labelled([label, 3]);
      return rows + rows.replace(`,${label}\n`, ',b\n');
    });
    const text = header + labelled(['a', 20]) + shared.join('');
    for (let seed = 0; seed < 40; seed += 1) {
      const dataset = await prepare(text, recipeOf({ seed }));
      for (const count of dataset.counts.labels) expect(count.train, `${count.label}, seed ${seed}`).toBeGreaterThan(0);
    }
  });

  it('takes a balanced sample of the training rows and counts the rest', async () => {
    const text = header + labelled(['a', 500], ['b', 60], ['c', 10]);
    const whole = await prepare(text);
    const sampled = await prepare(text, recipeOf({ sample: { kind: 'balanced', rows: 100 } }));
    expect(sampled.test).toEqual(whole.test);
    expect(sampled.counts.labels.map(({ train }) => train)).toEqual([46, 46, 8]);
    expect(sampled.counts.setAside.every(({ reason }) => reason === 'not-in-sample')).toBe(true);
    expect(await prepare(text, recipeOf({ sample: { kind: 'balanced', rows: 100 } }))).toEqual(sampled);
  });

  it('holds the cells of some rows that a sample leaves out, and the reason of all', async () => {
    const table = await read(`${header}${Array.from({ length: 3_000 }, (_, row) => `text number ${row},${row % 2}\n`).join('')}`);
    const { counts } = await prepareDataset(table, recipeOf({ sample: { kind: 'balanced', rows: 100 } }));
    expect(counts.setAside).toHaveLength(counts.rows.setAside);
    expect(counts.setAside.filter(({ cells }) => cells.length > 0)).toHaveLength(1_000);
  });

  it('takes test rows from a second file and puts unknown labels aside', async () => {
    const table = await read(header + labelled(['a', 30], ['b', 30], ['y', 1]));
    const test = await read(`${header}one,A \ntwo,b\nthree,new\nfour,\nfive,y\n`);
    const recipe = recipeOf({
      split: { testSource: 'file' },
      data: { rareLabels: { y: { action: 'merge', into: 'b' } } },
    });
    const dataset = plainDataset(await prepareDataset(table, recipe, { testTable: test }));
    expectAccounted(dataset);
    expect(dataset.test).toEqual([
      { text: 'one', target: { kind: 'class', label: 0 }, row: 2 },
      { text: 'two', target: { kind: 'class', label: 1 }, row: 3 },
      { text: 'five', target: { kind: 'class', label: 1 }, row: 6 },
    ]);
    expect(dataset.counts.rows).toMatchObject({ file: 66, used: 64, setAside: 2, validation: 6, test: 3 });
    expect(dataset.counts.setAside.map(({ row, reason }) => [row, reason])).toEqual([
      [4, 'unknown-label'],
      [5, 'empty-label'],
    ]);
  });
});

describe('fault 11: labels that are names of the language', () => {
  it('are labels like others', async () => {
    const dataset = await prepare(header + labelled(['__proto__', 5], ['constructor', 5], ['toString', 1]));
    expect(dataset.labels).toEqual(['__proto__', 'constructor', 'toString']);
    expect(dataset.counts.rareLabels).toEqual([{ label: 'toString', rows: 1 }]);
  });
});

const derived = join(process.cwd(), '..', 'shared', 'data', 'nasty', 'derived');

describe.skipIf(!existsSync(derived))('shared fixtures (skipped where ../shared/data/nasty is not there)', () => {
  const fixture = async (name: string, labelColumn: string) => {
    const table = await read(new Uint8Array(readFileSync(join(derived, `${name}.csv`))));
    return prepareDataset(table, recipeOf({ data: { labelColumn } }));
  };

  it('fault 2: banking77_single_class.csv', async () => {
    await expect(fixture('banking77_single_class', 'category')).rejects.toMatchObject({
      code: 'data.too-few-classes',
      facts: { column: 'category', rows: 50, value: 'extra_charge_on_statement', candidates: [] },
    });
  });

  it('fault 5: banking77_ragged_and_dirty.csv has the counts of its message', async () => {
    const dataset = await fixture('banking77_ragged_and_dirty', 'category');
    expectAccounted(dataset);
    const first = new Map<string, number>();
    const counts = new Map<string, number>();
    for (const { reason, row } of dataset.counts.setAside) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      if (!first.has(reason)) first.set(reason, row);
    }
    expect(Object.fromEntries(counts)).toEqual({
      'empty-label': 20,
      'empty-text': 20,
      'too-few-cells': 20,
      'too-many-cells': 20,
      'blank-text': 20,
    });
    expect(Object.fromEntries(first)).toEqual({
      'empty-label': 2,
      'empty-text': 3,
      'too-few-cells': 4,
      'too-many-cells': 5,
      'blank-text': 7,
    });
    expect(dataset.counts.rows).toMatchObject({ file: 240, used: 140, setAside: 100 });
    expect(dataset.counts.tidiedLabels).toEqual({ rows: 20, firstRow: 6 });
  });

  it('numbers as labels are classes: sst2_numeric_labels.csv', async () => {
    const dataset = await fixture('sst2_numeric_labels', 'label');
    expectAccounted(dataset);
    expect(dataset.labels).toEqual(['0', '1']);
  });
});

describe('a large file', () => {
  const rows = 3_000;
  const text = `${header}${Array.from({ length: rows }, (_, row) => `text number ${row},${row % 2}\n`).join('')}`;

  it('is prepared with breaks, and can be given up in any of them', async () => {
    const table = await read(text);
    let asked = 0;
    await prepareDataset(table, recipeOf(), { pause: () => ((asked += 1), Promise.resolve()) });
    // Reading and comparing go over every row.
    expect(asked).toBeGreaterThanOrEqual((2 * rows) / 1_000);
    for (const last of [1, Math.floor(asked / 2), asked]) {
      let count = 0;
      const pause = () => ((count += 1) === last ? Promise.reject(new Error('enough')) : null);
      await expect(prepareDataset(table, recipeOf(), { pause })).rejects.toThrow('enough');
      expect(count).toBe(last);
    }
  });

  it('leaves its texts where they are', async () => {
    const table = await read(text);
    let suffix = '';
    const columns = table.columns.map((column) => ({
      ...column,
      cells: { length: column.cells.length, at: (index: number) => `${column.cells.at(index)}${suffix}`, [Symbol.iterator]: () => column.cells[Symbol.iterator]() },
    }));
    const { train } = await prepareDataset({ ...table, columns }, recipeOf());
    suffix = ' read again';
    expect(train[0]?.text).toMatch(/^text number \d+ read again$/);
    expect(train.every((example) => !Object.values(example).some((value) => typeof value === 'string'))).toBe(true);
  });
});
