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

describe('a tokenizer that keeps the end (parity/golden/tokenizer-left.json)', () => {
  const { cases } = json('parity/golden/tokenizer-left.json') as Golden;
  const right = packaged('all-MiniLM-L6-v2');
  const left = right.cutting({ truncationSide: 'left' });

  it("gives the ids of transformers' truncation_side='left', for texts and pairs", () => {
    expect(cases.filter(({ textPair }) => textPair !== undefined).length).toBeGreaterThan(5);
    let differ = 0;
    for (const { text, textPair, encodings } of cases) {
      for (const { maxLength, inputIds, tokenTypeIds } of encodings) {
        const encoded = left.encode(text, textPair ?? null, maxLength ?? Infinity);
        expect(encoded.inputIds, `${text.slice(0, 40)}, maxLength ${maxLength}`).toEqual(inputIds);
        expect(encoded.tokenTypeIds).toEqual(tokenTypeIds);
        if (right.encode(text, textPair ?? null, maxLength ?? Infinity).inputIds.join() !== inputIds.join()) differ += 1;
      }
    }
    expect(differ).toBeGreaterThan(10);
  });

  it('labels no word whose beginning was cut off', () => {
    const words = ['unbelievably', 'embedding', 'end'];
    const whole = left.encodeWords(words, Infinity);
    const [, , last] = whole.firstTokens;
    const cut = left.encodeWords(words, whole.inputIds.length - 1);
    expect(whole.firstTokens.map(({ word }) => word)).toEqual([0, 1, 2]);
    expect(cut.firstTokens.map(({ word }) => word)).toEqual([1, 2]);
    expect(cut.firstTokens.at(-1)?.token).toBe((last?.token ?? 0) - 1);
    // The last word is one token.
    expect(right.encodeWords(words, whole.inputIds.length - 1).firstTokens.map(({ word }) => word)).toEqual([0, 1]);
    expect(left.cutting({}).encode('one two', null, 3).inputIds).toEqual(right.encode('one two', null, 3).inputIds);
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
