import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TextTokenizer } from './tokenizer';

const json = (name: string): unknown => JSON.parse(readFileSync(`public/models/all-MiniLM-L6-v2/${name}`, 'utf8'));
const tokenizer = new TextTokenizer(json('tokenizer.json'), json('tokenizer_config.json'));

it.each([
  ['prose', 'some words '.repeat(27_300), 54_602],
  // A word of more than 100 characters is unknown as a whole.
  ['one word', 'x'.repeat(300_000), 3],
  ['Chinese', '的一'.repeat(150_000), 300_002],
])('fault 8: 300 KB of %s are cut at the length and counted whole', (_, text, uncutLength) => {
  const encoded = tokenizer.encode(text, null, 512);
  expect(encoded.inputIds).toHaveLength(Math.min(512, uncutLength));
  expect(encoded.uncutLength).toBe(uncutLength);
});
