/** The same findings for pairs, sets of labels, numbers and tagged words: planted with known counts, and none on clean data. */
import { describe, expect, it } from 'vitest';
import type { Dataset, Finding, FindingId, FindingOf, Mend, Recipe, TaskId } from '../../domain';
import { prepareDataset } from '../prepareDataset';
import { read, recipeOf } from '../testTable';
import { examine } from './examine';
import { Examined } from './examined';

const words = 'amber birch cedar delta ember fjord grove harbour inlet juniper kelp lagoon meadow north'.split(' ');
const textOf = (index: number): string => `${words[index % 14]} ${words[Math.floor(index / 14) % 14]} place`;
const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

/** For each task a header, rows that no finding has anything to say of, and how the recipe reads them. */
const kinds = {
  pair: { task: 'text-pair-classification', header: 'text,other,label\n', clean: lines(80, (index) => `${textOf(index)},${textOf(index + 90)},${index % 2 ? 'same' : 'other'}`), data: { textPairColumn: 'other' } },
  scored: { task: 'text-pair-regression', header: 'text,other,label\n', clean: lines(80, (index) => `${textOf(index)},${textOf(index + 90)},${index / 20}`), data: { textPairColumn: 'other' } },
  labels: { task: 'multi-label-classification', header: 'text,label\n', clean: lines(80, (index) => `${textOf(index)},${['joy|hope', 'joy', 'hope', ''][index % 4]}`), data: {} },
  number: { task: 'regression', header: 'text,label\n', clean: lines(80, (index) => `${textOf(index)},${index / 8}`), data: {} },
  tokens: { task: 'token-classification', header: 'text,label\n', clean: lines(80, (index) => `${textOf(index)},${index % 2 ? 'B-PER I-PER O' : 'B-LOC O O'}`), data: {} },
} as const satisfies Record<string, { task: TaskId; header: string; clean: string; data: Partial<Recipe['data']> }>;
type Kind = keyof typeof kinds;
const all = Object.keys(kinds) as Kind[];

interface Options {
  mends?: Mend[];
  test?: string;
  data?: Partial<Recipe['data']>;
}

interface Looked {
  findings: Finding[];
  find: <Id extends FindingId>(id: Id) => FindingOf<Id> | undefined;
  dataset: Dataset;
}

/** In quotes, so that words and tags are not taken for a tagged file. */
const fileOf = (text: string): string => text.replace(/^([^",\n]+),([^",\n]+)$/gm, '"$1","$2"');

async function look(kind: Kind, planted: string, { mends = [], test, data }: Options = {}): Promise<Looked> {
  const { task, header, clean, data: own } = kinds[kind];
  const choice = { hasHeader: true, delimiter: ',' } as const;
  const recipe = { ...recipeOf({ data: { ...own, ...data, mends } }), task };
  const testTable = test === undefined ? undefined : await read(fileOf(header + test), { choice });
  const table = await read(fileOf(header + clean + planted), { choice });
  const dataset = await prepareDataset(table, recipe, { testTable });
  expect(dataset.counts.rows.used + dataset.counts.rows.setAside).toBe(dataset.counts.rows.file);
  const findings = await examine(new Examined(dataset, { labelColumn: 'label', fromTestFile: test !== undefined, tokens: null }), () => Promise.resolve());
  const find = <Id extends FindingId>(id: Id) => findings.find((finding) => finding.id === id) as FindingOf<Id> | undefined;
  return { findings, find, dataset };
}

const rowsOf = (finding: Finding | undefined) => finding?.examples.map(({ row }) => row);

describe.each(all)('the data doctor, %s', (kind) => {
  it('says nothing of clean data', async () => {
    expect((await look(kind, '')).findings).toEqual([]);
  });
});

/** Rows 82 to 85: a text, its copy to the character, a folded copy, and the text with another answer. */
const copied: Record<Kind, string> = {
  pair: 'Good day,fine rain,same\nGood day,fine rain,same\n"good  day!",FINE rain,same\nGood day,fine rain,other\nfine rain,Good day,other\n',
  scored: 'Good day,fine rain,1.5\nGood day,fine rain,1.50\n"good  day!",FINE rain,1.5\nGood day,fine rain,2\nfine rain,Good day,3\n',
  labels: 'Good day,hope|joy\nGood day,joy|hope\n"good  day!",joy|hope\nGood day,joy\nmore fine rain,joy\n',
  number: 'Good day,7.25\nGood day,7.25\n"good  day!",7.25\nGood day,7.5\nmore fine rain,3\n',
  tokens: 'Paris shines today,B-LOC O O\nParis shines today,B-LOC O O\nＰaris shines Today,B-LOC O O\nParis shines today,B-PER O O\nParis shines now,B-LOC O O\n',
};

describe.each(all)('copies, %s', (kind) => {
  it('counts exact and folded ones, keeps the first, and finds one text with several answers', async () => {
    const { find, dataset } = await look(kind, copied[kind]);
    expect(find('duplicates')).toMatchObject({ rows: 2, exact: 1, folded: 1 });
    expect(rowsOf(find('duplicates'))).toEqual([83, 84]);
    // Tags of words in other letters may well differ.
    const conflicting = kind === 'tokens' ? [82, 83, 85] : [82, 83, 84, 85];
    expect(find('conflicts')).toMatchObject({ texts: 1, rows: conflicting.length, target: dataset.train[0]?.target.kind });
    expect(rowsOf(find('conflicts'))).toEqual(conflicting);
    const first = await look(kind, copied[kind], { mends: [{ finding: 'duplicates' }] });
    expect(first.find('duplicates')).toBeUndefined();
    expect(first.dataset.counts.setAside.map(({ row, reason }) => [row, reason])).toEqual([[83, 'duplicate'], [84, 'duplicate']]);
    const none = await look(kind, copied[kind], { mends: [{ finding: 'conflicts' }] });
    expect(none.findings).toEqual([]);
    expect(none.dataset.counts.setAside.map(({ row }) => row)).toEqual(conflicting);
  });

  it('finds what a test file shares with the training file, marks it, and takes it out of either', async () => {
    const test = `${copied[kind].split('\n')[2]}\n${kinds[kind].clean.split('\n')[3]}\n${lines(20, (index) => (kinds[kind].clean.split('\n')[index] ?? '').replace(/place/g, 'spot'))}`;
    const { find, dataset } = await look(kind, copied[kind].split('\n').slice(0, 1).join('') + '\n', { test });
    expect(find('leaks')).toMatchObject({ rows: 2, test: { rows: 2, of: 22 }, fromTestFile: true, canMend: true });
    expect(find('leaks')?.examples.map(({ file, row }) => [file, row])).toEqual([['test', 2], ['test', 3]]);
    expect(dataset.test.map(({ leaked }) => leaked === true)).toEqual(Array.from({ length: 22 }, (_, index) => index < 2));
    for (const from of ['data', 'test'] as const) {
      const mended = await look(kind, copied[kind].split('\n').slice(0, 1).join('') + '\n', { test, mends: [{ finding: 'leaks', from }] });
      expect(mended.find('leaks')).toBeUndefined();
      expect(mended.dataset.counts.setAside.filter(({ reason }) => reason === 'leak')).toHaveLength(2);
      expect(mended.dataset.test.some(({ leaked }) => leaked)).toBe(false);
    }
  });
});

describe('names', () => {
  it('joins twins of labels and of types of entities, and keeps each tag its prefix', async () => {
    const labels = lines(12, (index) => `${textOf(index + 200)},${index < 6 ? 'Card-Payment|joy' : 'card payment'}`) + lines(12, (index) => `${textOf(index + 230)},card payment`);
    const several = await look('labels', labels);
    expect(several.find('label-twins')).toMatchObject({ rows: 6, twins: [['card payment', 'Card-Payment']] });
    expect((await look('labels', labels, { mends: [{ finding: 'label-twins' }] })).dataset.labels).toEqual(['card payment', 'hope', 'joy']);
    const tagged = lines(11, (index) => `${textOf(index + 200)},B-per I-per O`);
    const untidied = await look('tokens', tagged, { data: { tidyLabels: false } });
    expect(untidied.find('label-twins')).toMatchObject({ rows: 11, twins: [['PER', 'per']] });
    const tidied = await look('tokens', tagged);
    expect(tidied.find('label-twins')).toBeUndefined();
    expect(tidied.dataset.labels).toEqual(['B-LOC', 'B-PER', 'I-PER', 'O']);
    expect(tidied.dataset.counts.tidiedLabels).toEqual({ rows: 11, firstRow: 82 });
  });

  it('lists rare ones and those that a side lacks', async () => {
    const few = await look('labels', lines(9, (index) => `${textOf(index + 200)},joy|few`) + `${textOf(250)},hope|once\n`);
    expect(few.find('rare-classes')).toMatchObject({ rows: 10, labels: [{ label: 'once', rows: 1 }, { label: 'few', rows: 9 }] });
    expect(few.find('missing-from-side')).toMatchObject({ rows: 1, labels: [{ label: 'once', sides: ['validation', 'test'] }] });
    expect(few.dataset.counts.rareLabels).toEqual([{ label: 'once', rows: 1 }]);
    const types = await look('tokens', lines(2, (index) => `${textOf(index + 200)},B-ORG I-ORG B-LOC`));
    expect(types.find('rare-classes')).toMatchObject({ rows: 2, labels: [{ label: 'ORG', rows: 2 }] });
    expect(types.find('missing-from-side')).toMatchObject({ rows: 2, labels: [{ label: 'ORG', sides: ['validation', 'test'] }] });
    const pairs = await look('pair', 'quiet words here,other words there,maybe\n');
    expect(pairs.find('rare-classes')).toMatchObject({ rows: 1, labels: [{ label: 'maybe', rows: 1 }] });
  });

  it('takes a rare one out of its sets and tags, or merges it', async () => {
    const planted = `${textOf(250)},hope|once\n`;
    const left = await look('labels', planted, { data: { rareLabels: { once: { action: 'leave-out' } } } });
    expect(left.dataset.labels).toEqual(['hope', 'joy']);
    expect(left.dataset.counts.rows.setAside).toBe(0);
    const merged = await look('tokens', `${textOf(250)},B-CITY I-CITY O\n`, { data: { rareLabels: { CITY: { action: 'merge', into: 'LOC' } } } });
    expect(merged.dataset.labels).toEqual(['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O']);
    const out = await look('tokens', `${textOf(250)},B-CITY I-CITY O\n`, { data: { rareLabels: { CITY: { action: 'leave-out' } } } });
    expect(out.dataset.labels).toEqual(['B-LOC', 'B-PER', 'I-PER', 'O']);
  });

  it('says where they are out of balance', async () => {
    const labels = await look('labels', lines(130, (index) => `${textOf(index)} more,joy`) + lines(12, (index) => `${textOf(index + 30)} less,calm|joy`));
    expect(labels.find('imbalance')).toMatchObject({ commonest: { label: 'joy', rows: 182 }, rarest: { label: 'calm', rows: 12 }, rows: 12, target: 'labels' });
    const types = await look('tokens', lines(400, (index) => `${textOf(index % 196)} ${index},B-LOC O O O`));
    expect(types.find('imbalance')).toMatchObject({ commonest: { label: 'LOC', rows: 440 }, rarest: { label: 'PER', rows: 40 }, target: 'tokens' });
    expect((await look('number', lines(100, (index) => `${textOf(index)} more,1`))).find('imbalance')).toBeUndefined();
  });

  it('looks like an id also among several labels, and keeps the commonest', async () => {
    const planted = lines(60, (index) => `${textOf(index)} more,id ${index}|joy`);
    const { find } = await look('labels', planted);
    expect(find('label-like-id')).toMatchObject({ labels: 62, once: 60 });
    const kept = await look('labels', planted, { mends: [{ finding: 'label-like-id', keep: 2, other: 'rest' }] });
    expect(kept.dataset.labels).toEqual(['hope', 'joy', 'rest']);
    expect(kept.dataset.counts.mended).toEqual([{ finding: 'label-like-id', rows: 60 }]);
  });
});

describe('texts', () => {
  it('are short where either text of a pair is, or all words together', async () => {
    const pair = await look('pair', 'ok,a long enough text,same\na long enough text,!!,same\n');
    expect(rowsOf(pair.find('short-texts'))).toEqual([82, 83]);
    const tagged = await look('tokens', 'a b,O B-PER\na b c,O O B-PER\n');
    expect(rowsOf(tagged.find('short-texts'))).toEqual([82]);
    expect((await look('tokens', 'a b,O B-PER\n', { mends: [{ finding: 'short-texts' }] })).find('short-texts')).toBeUndefined();
  });

  it('are masked in both texts of a pair, and word by word where words are tagged', async () => {
    const pair = await look('pair', 'write to a@b.com today,or call 13800138000,same\nplain text here,mail c@d.org now,other\n');
    expect(pair.find('personal-data')).toMatchObject({ rows: 2, kinds: { email: 2, phone: 1 } });
    expect(pair.find('personal-data')?.examples[0]).toMatchObject({ text: 'write to [EMAIL] today', textPair: 'or call [PHONE]' });
    const mended = await look('pair', 'write to a@b.com today,or call 13800138000,same\n', { mends: [{ finding: 'personal-data' }] });
    expect([...mended.dataset.train, ...mended.dataset.validation, ...mended.dataset.test].find(({ row }) => row === 82)).toMatchObject({ text: 'write to [EMAIL] today', textPair: 'or call [PHONE]' });
    const planted = 'Call Anna : +44 20 7946 0958 or (a@b.com) today,O B-PER O O O O O O O O\n';
    const tagged = await look('tokens', planted);
    expect(tagged.find('personal-data')).toMatchObject({ rows: 1, kinds: { email: 1, phone: 1 } });
    const masked = await look('tokens', planted, { mends: [{ finding: 'personal-data' }] });
    expect(masked.find('personal-data')).toBeUndefined();
    const example = [...masked.dataset.train, ...masked.dataset.validation, ...masked.dataset.test].find(({ row }) => row === 82);
    expect(example?.target).toMatchObject({ words: ['Call', 'Anna', ':', '[PHONE]', '[PHONE]', '[PHONE]', '[PHONE]', 'or', '([EMAIL])', 'today'] });
    expect(example?.target.kind === 'tokens' && example.target.labels).toHaveLength(10);
  });
});

describe('what a spreadsheet did', () => {
  it('cells as long as a spreadsheet allows, in either text', async () => {
    const long = 'word '.repeat(6554).slice(0, 32_766) + 'x';
    const pair = await look('pair', `${long},something else,same\nsomething else,${long},same\n${long}y,something other,same\n`);
    expect(pair.find('spreadsheet-cut')).toMatchObject({ rows: 2, characters: 32_767 });
    expect(rowsOf(pair.find('spreadsheet-cut'))).toEqual([82, 83]);
  });

  it('labels that look like dates or scientific numbers', async () => {
    const made = ['02-Jan', 'Mar-21', '1E+05', '2024-01-02 00:00:00', '3/4/2024', '1月2日'];
    const planted = made.map((label, index) => `${textOf(index + 200)},joy|${label}\n`).join('');
    const { find } = await look('labels', planted);
    expect(find('spreadsheet-labels')).toMatchObject({ rows: 6 });
    expect(find('spreadsheet-labels')?.labels.map(({ label }) => label).sort()).toEqual([...made].sort());
    const fine = ['may', '12', '1.5', 'E5', 'mar', '24/7', 'v1-2'].map((label, index) => `${textOf(index + 200)},joy|${label}\n`).join('');
    expect((await look('labels', fine)).find('spreadsheet-labels')).toBeUndefined();
  });
});

describe('numbers', () => {
  it('far off the others are found by Tukey\'s outer fences, and left out of learning', async () => {
    // The clean numbers are 0 to 9.875 in eighths: quartiles near 2.5 and 7.4, fences near -12.2 and 22.1.
    const planted = `${textOf(190)},999\n${textOf(191)},-13\n${textOf(192)},22\n`;
    const { find } = await look('number', planted);
    const found = find('outliers');
    expect(rowsOf(found)).toEqual([82, 83]);
    // numpy.percentile([0, 1/8, ..., 79/8, 999, -13, 22], [25, 75])
    expect(found?.from).toBeCloseTo(2.4375 - 3 * (7.5625 - 2.4375), 10);
    expect(found?.to).toBeCloseTo(7.5625 + 3 * (7.5625 - 2.4375), 10);
    const mended = await look('number', planted, { mends: [{ finding: 'outliers', from: found?.from ?? 0, to: found?.to ?? 0 }] });
    expect(mended.findings).toEqual([]);
    expect(mended.dataset.counts.setAside.map(({ row, reason }) => [row, reason])).toEqual([[82, 'outlier'], [83, 'outlier']]);
  });

  it('that are few may be classes', async () => {
    const { task } = kinds.number;
    const text = `text,label\n${lines(60, (index) => `${textOf(index)},${(index % 3) / 2}`)}`;
    const dataset = await prepareDataset(await read(text), { ...recipeOf(), task });
    const findings = await examine(new Examined(dataset, { labelColumn: 'label', fromTestFile: false, tokens: null }), () => Promise.resolve());
    expect(findings).toMatchObject([{ id: 'few-numbers', rows: 60, numbers: [0, 0.5, 1] }]);
  });
});
