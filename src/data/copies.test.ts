import { expect, it } from 'vitest';
import { CopyGroups, groupCopies, hashText } from './copies';

const rows = ['A text.', 'another', 'a  TEXT', '', 'Another!', 'third', 'a text'].map((text) => ({ text }));
const groups = [0, 1, 0, 2, 1, 3, 0];

it('numbers copies as they come', () => {
  expect([...groupCopies(rows)]).toEqual(groups);
  expect([...groupCopies([{ text: 'a', textPair: 'b' }, { text: 'a' }, { text: 'A', textPair: 'B' }])]).toEqual([0, 1, 0]);
});

it('takes no two texts for copies because they meet in one of two hashes', () => {
  for (const same of [0, 1]) {
    const hash = (text: string, into: Float64Array) => {
      hashText(text, into);
      into[same] = 7;
    };
    expect([...groupCopies(rows, new CopyGroups(rows.length, hash))]).toEqual(groups);
  }
});

it('hashes a text in two ways that know nothing of each other', () => {
  const hashes = Array.from({ length: 20_000 }, (_, index) => {
    const into = new Float64Array(2);
    hashText(`text ${index}`, into);
    return into;
  });
  for (const bits of [8, 12]) {
    // Of texts that agree in the low bits of one hash, as many agree in the other as chance has it.
    const meets = (which: 0 | 1) => hashes.filter((hash) => (hash[which] ?? 0) % 2 ** bits === 1);
    const both = meets(0).filter((hash) => (hash[1] ?? 0) % 2 ** bits === 1).length;
    expect(both).toBeLessThan(20 + (4 * hashes.length) / 4 ** bits);
    for (const which of [0, 1] as const) expect(meets(which).length).toBeGreaterThan(0.5 * (hashes.length / 2 ** bits) - 5);
  }
  for (const which of [0, 1]) expect(new Set(hashes.map((hash) => hash[which])).size).toBe(hashes.length);
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
