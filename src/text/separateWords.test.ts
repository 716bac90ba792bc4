import { Tokenizer } from '@huggingface/tokenizers';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SeparateWords } from './separateWords';
import { TextTokenizer } from './tokenizer';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const samples = ['en', 'zh'].map((language) => readFileSync(`public/samples/support-intents-${language}.csv`, 'utf8'));
const shared = '../shared/data';

describe.each(['all-MiniLM-L6-v2', 'bge-small-zh-v1.5'])('word by word, %s gives the ids of the library', (id) => {
  const files = [json(`public/models/${id}/tokenizer.json`), json(`public/models/${id}/tokenizer_config.json`)] as const;
  const library = new Tokenizer(...files);
  const tokenizer = new TextTokenizer(...files);
  const expected = (text: string) => library.encode(text.replaceAll('Σ', 'σ'), { add_special_tokens: false }).ids;
  const actual = (text: string) => tokenizer.encode(text, null, Infinity).inputIds.slice(1, -1);

  /** Once when it is new and once when it is remembered. */
  function check(text: string): void {
    const ids = expected(text);
    // Compared as texts first, for `expect` takes longer than all the rest.
    for (const found of [actual(text), actual(text)]) if (found.join() !== ids.join()) expect(found, JSON.stringify(text)).toEqual(ids);
  }

  it('whatever UTF-16 unit stands in, before and behind a word', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    for (let first = 0; first < units.length; first += 64) check(units.slice(first, first + 64).map((unit) => `ab${unit}ba 中${unit}\u0301`).join(' '));
  });

  it.each([
    '中\u0301国\u0301a\u0301b!\u0301c',
    'a\ud83d中\ude00b \ud83d\ude00中\ud83d',
    '𠀀𠀁中a𝐀𐄀b',
    '[CLS]中[SEP] [MASK]a[mask] [UNK',
    'ΟΔΟΣ ΟΔΟΣ中 Σ',
    `${'a'.repeat(101)} ${'b'.repeat(100)}中${'c'.repeat(40)}`,
    'İstanbul ǅ ﬁ Å 각 ≠ ; ·',
    '',
    ' 　\u0000\u200b\ufeff\ufffd',
  ])('of %j', (text) => check(text));

  it('of every line of the samples', () => samples.flatMap((text) => text.split('\n')).forEach(check));

  const present = existsSync(shared);
  it.skipIf(!present)(`of every hundredth line of the shared files${present ? '' : ' (skipped: ../shared is missing)'}`, () => {
    const names = readdirSync(shared).filter((name) => /\.(csv|jsonl|conll)$/.test(name));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const lines = readFileSync(`${shared}/${name}`, 'utf8').split('\n');
      for (let line = 0; line < lines.length; line += 100) check(lines[line] ?? '');
    }
  });
});

describe('a tokenizer that looks at more than a word', () => {
  const file = json('public/models/all-MiniLM-L6-v2/tokenizer.json');
  const normalizer = file.normalizer as Record<string, unknown>;
  const config = json('public/models/all-MiniLM-L6-v2/tokenizer_config.json');

  it.each([
    ['leaves Chinese characters together', { ...file, normalizer: { ...normalizer, handle_chinese_chars: false } }, '中国 hello'],
    ['parts at white space alone', { ...file, pre_tokenizer: { type: 'WhitespaceSplit' } }, 'hello! don\'t'],
    ['finds its own tokens after lower-casing', { ...file, added_tokens: [...(file.added_tokens as unknown[]), { id: 7, content: 'new york', normalized: true, special: false }] }, 'in New York'],
  ])('is asked for the whole text: it %s', (_, changed, text) => {
    const usual = new TextTokenizer(file, config).encode(text, null, Infinity).inputIds;
    const { inputIds } = new TextTokenizer(changed, config).encode(text, null, Infinity);
    expect(inputIds.slice(1, -1)).toEqual(new Tokenizer(changed, config).encode(text, { add_special_tokens: false }).ids);
    expect(inputIds).not.toEqual(usual);
  });
});

describe('SeparateWords', () => {
  it('asks once for a word and for a character, and again when too many are remembered', () => {
    const asked: string[] = [];
    const words = new SeparateWords((text) => {
      asked.push(text);
      return [text.length];
    });
    expect(words.ids('one 中two, one中')).toEqual([3, 1, 3, 1, 3, 1]);
    expect(asked).toEqual(['one', '中', 'two', ',']);
    for (let index = 0; index < 50_000; index += 1) words.ids(String(index));
    asked.length = 0;
    expect(words.ids('one中')).toEqual([3, 1]);
    expect(asked).toEqual(['one']);
  });

  it('does not remember a long word', () => {
    let asked = 0;
    const words = new SeparateWords(() => [(asked += 1)]);
    const long = 'x'.repeat(33);
    expect([words.ids(long), words.ids(long), words.ids('twelve-units'), words.ids('thirteenunits'), words.ids('thirteenunits')]).toEqual([[1], [2], [3, 4, 5], [6], [6]]);
  });
});
