import { expect, it } from 'vitest';
import { prepareDataset } from './prepareDataset';
import { read, recipeOf } from './testTable';

const rows = (count: number, labels: number) => Array.from({ length: count }, (_, row) => `message number ${row} of them,title ${row % labels}`).join('\n');

it('fault 9: 5,000 labels in 8,000 rows go on, every row accounted for and no label tested that is not learnt', async () => {
  const table = await read(`text,label\n${rows(8_000, 5_000)}\n`);
  const { labels, counts } = await prepareDataset(table, recipeOf());
  expect(labels).toHaveLength(5_000);
  expect(counts.rows.used + counts.rows.setAside).toBe(8_000);
  expect(counts.labels.every(({ train }) => train > 0)).toBe(true);
  expect(counts.rareLabels).toHaveLength(5_000);
});

it('fault 9: a column in which every value differs is refused', async () => {
  const table = await read(`text,label\n${rows(8_000, 8_000)}\n`);
  await expect(prepareDataset(table, recipeOf())).rejects.toThrowError(expect.objectContaining({ code: 'data.too-many-classes', facts: expect.objectContaining({ rows: 8_000, classes: 8_000 }) }));
});

it('fault 8: a cell of 300 KB is stored whole, in prose, as one word and in Chinese', async () => {
  const cells = ['some words '.repeat(27_300), 'x'.repeat(300_000), '一直很快'.repeat(75_000)];
  const table = await read(`text,label\n${cells.map((cell) => `${cell},a`).join('\n')}\n`);
  expect([...(table.columns[0]?.cells ?? [])]).toEqual(cells);
});
