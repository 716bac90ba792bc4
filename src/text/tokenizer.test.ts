import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnealError } from '../domain';
import { longestFirst, TextTokenizer } from './tokenizer';

interface Golden {
  cases: { text: string; textPair?: string; encodings: { maxLength: number | null; inputIds: number[]; tokenTypeIds: number[] }[] }[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The tokenizer of a model in the box. */
function packaged(id: string): TextTokenizer {
  const folder = `public/models/${id}`;
  return new TextTokenizer(json(`${folder}/tokenizer.json`), json(`${folder}/tokenizer_config.json`));
}

describe.each([
  ['all-MiniLM-L6-v2', 'tokenizer.json'],
  ['bge-small-zh-v1.5', 'tokenizer-chinese.json'],
])('TextTokenizer of %s gives the ids of transformers (parity/golden/%s)', (id, file) => {
  const golden = json(`parity/golden/${file}`) as Golden;
  const tokenizer = packaged(id);

  it('has enough cases', () => expect(golden.cases.length).toBeGreaterThan(70));

  it.each(golden.cases.map((one) => [JSON.stringify(one.text).slice(0, 60), one] as const))('%s', (_, { text, textPair, encodings }) => {
    for (const { maxLength, inputIds, tokenTypeIds } of encodings) {
      const encoded = tokenizer.encode(text, textPair ?? null, maxLength ?? Infinity);
      expect(encoded.inputIds, `maxLength ${maxLength}`).toEqual(inputIds);
      expect(encoded.tokenTypeIds).toEqual(tokenTypeIds);
    }
  });
});

describe('longestFirst', () => {
  it('cuts the longer text first, then both alike', () => {
    expect(longestFirst(10, 4, 10)).toEqual([6, 4]);
    expect(longestFirst(3, 9, 6)).toEqual([3, 3]);
    expect(longestFirst(2, 0, 5)).toEqual([2, 0]);
    expect(longestFirst(5, 5, 0)).toEqual([0, 0]);
  });
});

describe('a tokenizer that cannot be used', () => {
  it('is refused by its field', () => {
    expect(() => new TextTokenizer({ model: 1 }, {})).toThrow(AnnealError);
    expect(() => new TextTokenizer(null, {})).toThrow(AnnealError);
  });
});
