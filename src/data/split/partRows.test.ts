import { describe, expect, it } from 'vitest';
import type { Dataset, Recipe, SetAsideReason } from '../../domain';
import { copyKey } from '../copies';
import { prepareDataset } from '../prepareDataset';
import { read, recipeOf } from '../testTable';
import { splitByTime } from './partRows';

const sides = ['train', 'validation', 'test'] as const;
const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

async function prepare(text: string, by: Recipe['split']['by'], { seed = 42, test, ...split }: Partial<Recipe['split']> & { seed?: number; test?: string } = {}): Promise<Dataset> {
  const recipe = recipeOf({ seed, split: { ...split, ...(by && { by }) } });
  const choice = { hasHeader: true };
  const dataset = await prepareDataset(await read(text, { choice }), recipe, { testTable: test === undefined ? undefined : await read(test, { choice }) });
  const { rows, setAside } = dataset.counts;
  expect(rows.used + rows.setAside).toBe(rows.file);
  expect(setAside).toHaveLength(rows.setAside);
  return dataset;
}

const reasons = ({ counts }: Dataset): [number, SetAsideReason][] => counts.setAside.map(({ row, reason }) => [row, reason]);

function expectCopiesTogether(dataset: Dataset): void {
  const sideOf = new Map<string, string>();
  for (const side of sides) {
    for (const example of dataset[side]) {
      const key = copyKey(example);
      expect(sideOf.get(key) ?? side, example.text).toBe(side);
      sideOf.set(key, side);
    }
  }
}

describe('by group', () => {
  const by = { kind: 'group', column: 'person' } as const;
  const header = 'text,label,person\n';
  const rowsOf = (count: number) => lines(count, (index) => `words ${index} here,${index % 3 === 0 ? 'b' : 'a'},p${index % 23}`);

  it('keeps every group on one side, its labels alike, for many seeds', async () => {
    const text = header + rowsOf(230);
    const table = await read(text, { choice: { hasHeader: true } });
    for (let seed = 0; seed < 20; seed += 1) {
      const dataset = await prepareDataset(table, recipeOf({ seed, split: { by, validationFraction: 0.15, testFraction: 0.2 } }));
      const sideOf = new Map<number, string>();
      for (const side of sides) {
        for (const { row } of dataset[side]) {
          const person = (row - 2) % 23;
          expect(sideOf.get(person) ?? side).toBe(side);
          sideOf.set(person, side);
        }
        const share = dataset[side].filter(({ target }) => target.kind === 'class' && target.label === 1).length / dataset[side].length;
        expect(share).toBeGreaterThan(0.2);
        expect(share).toBeLessThan(0.5);
      }
      expect(dataset.counts.split).toMatchObject({ kind: 'group', column: 'person' });
      expect(dataset.test.length).toBeGreaterThanOrEqual(30);
      expect(dataset.test.length).toBeLessThanOrEqual(60);
    }
  });

  it('puts a row aside whose text another side has, and one without a group', async () => {
    const copies = lines(46, (index) => `${index % 2 ? 'Thank you!' : 'thank you'},a,p${index % 23}`);
    const dataset = await prepare(`${header}${rowsOf(230)}${copies}alone,a,\n`, by);
    expectCopiesTogether(dataset);
    const counts = reasons(dataset).map(([, reason]) => reason);
    expect(counts.filter((reason) => reason === 'empty-group')).toHaveLength(1);
    expect(counts.filter((reason) => reason === 'copy-elsewhere').length).toBeGreaterThan(0);
    expect(new Set(counts)).toEqual(new Set(['empty-group', 'copy-elsewhere']));
    // Those of the training side stay.
    expect(dataset.train.filter(({ text }) => /thank you/i.test(text)).length).toBeGreaterThan(20);
  });

  it('needs a group for each side', async () => {
    const two = header + lines(40, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},p${index % 4 < 2 ? 1 : 2}`);
    await expect(prepare(two, by)).rejects.toMatchObject({ code: 'data.empty-side', facts: { column: 'person', kind: 'group', side: 'test' } });
    expect((await prepare(two, by, { testSource: 'file', test: 'text,label\nnew words,a\n' })).counts.split).toMatchObject({ groups: { train: 1, validation: 1, test: 0 } });
    await expect(prepare(header + lines(20, (index) => `words ${index},${index % 2 ? 'a' : 'b'},`), by)).rejects.toMatchObject({ code: 'data.empty-side', facts: { kind: 'group', side: 'train' } });
    await expect(prepare(two, { kind: 'group', column: 'nobody' })).rejects.toMatchObject({ code: 'data.missing-column' });
  });
});

describe('by time', () => {
  const by = { kind: 'time', column: 'day' } as const;
  const header = 'text,label,day\n';
  const day = (index: number) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);
  /** Not in order of time. */
  const place = (index: number) => (index * 37) % 100;
  const hundred = header + lines(100, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},${day(place(index))}`);

  it('tests on the last rows and steers by those before them', async () => {
    const dataset = await prepare(hundred, by, { validationFraction: 0.1, testFraction: 0.2 });
    const placesOn = (side: (typeof sides)[number]) => dataset[side].map(({ row }) => place(row - 2)).sort((left, right) => left - right);
    expect(placesOn('test')).toEqual(Array.from({ length: 20 }, (_, index) => 80 + index));
    expect(placesOn('validation')).toEqual(Array.from({ length: 10 }, (_, index) => 70 + index));
    expect(dataset.counts.split).toEqual({ kind: 'time', column: 'day', from: { train: Date.UTC(2024, 0, 1), validation: Date.UTC(2024, 0, 71), test: Date.UTC(2024, 0, 81) }, dateOrder: null, ambiguous: false });
  });

  it('keeps rows of one time together, at the nearer edge', () => {
    const fractions = { validation: 0.1, test: 0.1 };
    const times = [...Array<number>(80).fill(1), ...Array<number>(8).fill(2), ...Array<number>(6).fill(3), ...Array<number>(6).fill(4)];
    const count = (split: readonly string[]) => sides.map((side) => split.filter((own) => own === side).length);
    // 12 are as near to 10 as 6 are to it not; then 8.
    expect(count(splitByTime(times, fractions))).toEqual([80, 8, 12]);
    expect(count(splitByTime([1, 2, 3], fractions))).toEqual([1, 1, 1]);
    expect(count(splitByTime([1, 1, 1], fractions))).toEqual([0, 0, 3]);
  });

  it('reads day and month as it is told, and puts aside what is no time', async () => {
    const text = header + lines(60, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},${1 + (index % 12)}/${1 + (index % 5)}/2024`) + 'one more,a,soon\nanother,b,\n';
    const dayFirst = await prepare(text, by);
    expect(dayFirst.counts.split).toMatchObject({ dateOrder: 'day-month', ambiguous: true });
    expect(reasons(dayFirst)).toEqual([[62, 'unreadable-time'], [63, 'unreadable-time']]);
    const monthFirst = await prepare(text, { ...by, dateOrder: 'month-day' });
    expect(monthFirst.counts.split).toMatchObject({ dateOrder: 'month-day', ambiguous: true });
    expect(monthFirst.test.map(({ row }) => row)).not.toEqual(dayFirst.test.map(({ row }) => row));
  });

  it('puts aside later copies of an earlier text, and labels that come up later', async () => {
    const late = 'Words 0 here!,a,2030-01-01\nsomething new,c,2030-01-02\nsomething newer,a,2030-01-03\n';
    const dataset = await prepare(hundred + late, by);
    expectCopiesTogether(dataset);
    expect(reasons(dataset)).toEqual([[102, 'copy-elsewhere'], [103, 'unknown-label']]);
    expect(dataset.labels).toEqual(['a', 'b']);
  });

  it('needs more than one time', async () => {
    const text = header + lines(20, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},2024-01-01`);
    await expect(prepare(text, by)).rejects.toMatchObject({ code: 'data.empty-side', facts: { kind: 'time', side: 'train' } });
  });
});

describe('as a column says', () => {
  const by = { kind: 'side', column: 'part' } as const;
  const header = 'text,label,part\n';
  const named = ['训练', 'train', 'Training', 'dev', 'test'];
  const fifty = header + lines(50, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},${named[index % 5]}`);

  it('moves nothing, copies included, marks leaked rows, and puts aside what names no side', async () => {
    const dataset = await prepare(`${fifty}Words 4 here,a,train\nwords 3 here,a,dev\nmore words,a,unsure\nyet more,b,\n`, by);
    expect(dataset.counts.rows).toMatchObject({ train: 31, validation: 11, test: 10, setAside: 2 });
    expect(reasons(dataset)).toEqual([[54, 'unknown-side'], [55, 'unknown-side']]);
    expect(dataset.test.filter(({ leaked }) => leaked).map(({ text }) => text)).toEqual(['words 4 here']);
    expect(dataset.counts.split).toEqual({ kind: 'side', column: 'part', splitOff: [] });
  });

  it('splits off the sides that it does not name', async () => {
    const dataset = await prepare(header + lines(100, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},${index < 20 ? 'test' : 'train'}`), by);
    expect(dataset.counts.rows).toMatchObject({ train: 72, validation: 8, test: 20 });
    expect(dataset.counts.split).toMatchObject({ splitOff: ['validation'] });
    const other = await prepare(header + lines(100, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},${index < 20 ? 'val' : 'train'}`), by);
    expect(other.counts.rows).toMatchObject({ train: 72, validation: 20, test: 8 });
  });

  it('does not test on its test rows where a test file is given', async () => {
    const dataset = await prepare(fifty, by, { testSource: 'file', test: 'text,label\nwords 1 here,a\nnew words,b\n' });
    expect(dataset.counts.rows).toMatchObject({ train: 30, validation: 10, test: 2 });
    expect(reasons(dataset).map(([, reason]) => reason)).toEqual(Array(10).fill('other-test'));
    expect(dataset.test.map(({ leaked }) => leaked)).toEqual([true, undefined]);
  });

  it('needs rows to learn from', async () => {
    await expect(prepare(header + lines(20, (index) => `words ${index} here,${index % 2 ? 'a' : 'b'},${index % 2 ? 'dev' : 'test'}`), by)).rejects.toMatchObject({
      code: 'data.empty-side',
      facts: { column: 'part', kind: 'side', side: 'train' },
    });
  });
});
