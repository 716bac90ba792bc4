import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TextTokenizer } from './tokenizer';
import { splitWords } from './words';

interface Golden {
  cases: { text: string; words: [number, number][] }[];
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const golden = json('parity/golden/words.json') as Golden;
const folder = 'public/models/all-MiniLM-L6-v2';
const tokenizer = new TextTokenizer(json(`${folder}/tokenizer.json`), json(`${folder}/tokenizer_config.json`));
const wordsOf = (text: string) => splitWords(text).map(({ begin, end }) => text.slice(begin, end));

/** Accents behind a word's last letter lie in no token of transformers; here they are shown with the word. */
function withMarks(text: string, [begin, end]: readonly [number, number]): [number, number] {
  const marks = /^\p{Mn}+/u.exec(text.slice(end))?.[0] ?? '';
  return [begin, end + marks.length];
}

describe('splitWords gives the words of transformers (parity/golden/words.json)', () => {
  it('has enough cases', () => expect(golden.cases.length).toBeGreaterThan(70));

  it.each(golden.cases.map((one) => [JSON.stringify(one.text).slice(0, 60), one] as const))('%s', (_, { text, words }) => {
    expect(splitWords(text).map(({ begin, end }) => [begin, end])).toEqual(words.map((word) => withMarks(text, word)));
  });

  it.each(golden.cases.map((one) => [JSON.stringify(one.text).slice(0, 60), one.text] as const))('has the ids of the whole text word by word: %s', (_, text) => {
    expect(tokenizer.encodeWords(wordsOf(text), Infinity).inputIds).toEqual(tokenizer.encode(text, null, Infinity).inputIds);
  });
});

describe('splitWords', () => {
  it('parts Chinese by character and English by word', () => {
    expect(wordsOf('李雷 met Han Meimei在北京。')).toEqual(['李', '雷', 'met', 'Han', 'Meimei', '在', '北', '京', '。']);
  });

  it('never cuts an emoji or an accent in two', () => {
    expect(wordsOf('cafe\u0301s 👨‍👩‍👧! ❤️')).toEqual(['cafe\u0301s', '👨‍👩‍👧', '!', '❤️']);
  });

  it('has no words of nothing', () => expect(splitWords(' \t\u0000\u200b')).toEqual([]));
});
