import { expect, it } from 'vitest';
import type { Dataset, Example } from '../domain';
import { receiveDataset, sendInPieces } from './datasetMessages';

const examples = (count: number, from: number): Example[] => Array.from({ length: count }, (_, index) => ({ text: `text ${from + index}`, target: { kind: 'class', label: index % 2 }, row: from + index }));
const counts = { rows: { file: 2_700, used: 2_700, setAside: 0, train: 2_500, validation: 0, test: 200 }, labels: [], setAside: [], tidiedLabels: { rows: 0, firstRow: null }, rareLabels: [] };
const dataset: Dataset = { labels: ['a', 'b'], scaler: null, train: examples(2_500, 2), validation: [], test: examples(200, 2_502), counts };
const noPause = () => null;

it('brings every row in its order, and everything else', async () => {
  const { port1, port2 } = new MessageChannel();
  const received = receiveDataset(port2);
  await sendInPieces(port1, dataset, noPause);
  expect(await received).toEqual(dataset);
});

it('leaves the list of rows set aside behind, and their number in place', async () => {
  const { port1, port2 } = new MessageChannel();
  const received = receiveDataset(port2);
  const setAside = [{ row: 9, reason: 'empty-text' as const, cells: ['', 'a'] }];
  await sendInPieces(port1, { ...dataset, counts: { ...counts, rows: { ...counts.rows, setAside: 1 }, setAside } }, noPause);
  expect((await received).counts).toMatchObject({ setAside: [], rows: { setAside: 1 } });
});

it('brings a sample of each side, in file order, that says how many rows there are', async () => {
  const { port1, port2 } = new MessageChannel();
  const received = receiveDataset(port2);
  await sendInPieces(port1, dataset, noPause, 300);
  const { train, test, counts: told } = await received;
  expect([train.length, test.length]).toEqual([300, 200]);
  expect(told).toEqual(counts);
  const rows = train.map(({ row }) => row);
  expect(rows).toEqual([...new Set(rows)].sort((left, right) => left - right));
  // Spread over the whole side: about half of it from its first half.
  expect(rows.filter((row) => row < 1_252).length).toBeGreaterThan(110);
  expect(rows.filter((row) => row < 1_252).length).toBeLessThan(190);
});

it('ends on both sides when the receiver or the sender gives up', async () => {
  const stop = new AbortController();
  const waiting = receiveDataset(new MessageChannel().port2, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow('cancelled');
  await expect(receiveDataset(new MessageChannel().port2, stop.signal)).rejects.toThrow('cancelled');
  let pauses = 0;
  const pause = () => ((pauses += 1) === 2 ? Promise.reject(new Error('enough')) : null);
  await expect(sendInPieces(new MessageChannel().port1, dataset, pause)).rejects.toThrow('enough');
});
