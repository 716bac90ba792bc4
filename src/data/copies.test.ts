import { expect, it } from 'vitest';
import { groupCopies } from './copies';

const rows = ['A text.', 'another', 'a  TEXT', '', 'Another!', 'third', 'a text'].map((text) => ({ text }));
const groups = [0, 1, 0, 2, 1, 3, 0];

it('numbers copies as they come', () => {
  expect([...groupCopies(rows)]).toEqual(groups);
  expect([...groupCopies([{ text: 'a', textPair: 'b' }, { text: 'a' }, { text: 'A', textPair: 'B' }])]).toEqual([0, 1, 0]);
});

it('takes no two texts for copies because their hashes meet', () => {
  expect([...groupCopies(rows, () => 7)]).toEqual(groups);
  expect([...groupCopies(rows, (key) => key.length % 2)]).toEqual(groups);
});

it('finds the same groups as comparing every text, among many', () => {
  const many = Array.from({ length: 20_000 }, (_, row) => ({ text: `row ${(row * 7919) % 15_000} of them` }));
  const ids = new Map<string, number>();
  const expected = many.map(({ text }) => {
    const id = ids.get(text) ?? ids.size;
    ids.set(text, id);
    return id;
  });
  expect([...groupCopies(many)]).toEqual(expected);
});
