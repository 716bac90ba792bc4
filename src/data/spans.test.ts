import { describe, expect, it } from 'vitest';
import { areSpanLists, areSpans, readSpans, spanUnit, tagSpans, writeSpans, type Span } from './spans';

const tagged = (text: string, spans: Span[], unit: 'code-point' | 'utf-16' = 'code-point') => {
  const result = tagSpans(text, spans, unit);
  return result && result.words.map((word, index) => `${word}/${result.tags[index]}`).join(' ');
};
const person = (start: number, end: number): Span => ({ start, end, label: 'PER' });

describe('readSpans', () => {
  it('reads what annotation tools write, in the order of the text', () => {
    const both = [{ start: 0, end: 4, label: 'PER' }, { start: 14, end: 19, label: 'LOC' }];
    expect(readSpans('[{"start":14,"end":19,"label":"LOC","token_end":3},{"start":0,"end":4,"label":"PER"}]')).toEqual(both);
    expect(readSpans('[[0, 4, "PER"], [14, 19, "LOC"]]')).toEqual(both);
    expect(readSpans('[{"start":0,"end":4,"text":"Anna","labels":["PER"]}]')).toEqual([both[0]]);
    expect(readSpans(' [] ')).toEqual([]);
  });

  it.each(['', 'B-PER O', '["B-PER"]', '[[0, 4]]', '[[0.5, 4, "PER"]]', '[[-1, 4, "PER"]]', '[[0, 4, ""]]', '[[0, 4, "PER"]', '{"start":0}', '[{"start":0,"end":4,"labels":["A","B"]}]'])(
    'says that %s is none',
    (cell) => expect(readSpans(cell)).toBeNull(),
  );
});

describe('tagSpans', () => {
  it('tags words and signs', () => {
    expect(tagged('Anna Berg lives in Bonn.', [person(0, 9), { start: 19, end: 23, label: 'LOC' }])).toBe('Anna/B-PER Berg/I-PER lives/O in/O Bonn/B-LOC ./O');
    expect(tagged('Anna Bo', [person(0, 4), person(5, 7)])).toBe('Anna/B-PER Bo/B-PER');
    expect(tagged('nobody here', [])).toBe('nobody/O here/O');
  });

  it('tags Chinese by character', () => expect(tagged('张三住在北京', [person(0, 2), { start: 4, end: 6, label: 'LOC' }])).toBe('张/B-PER 三/I-PER 住/O 在/O 北/B-LOC 京/I-LOC'));

  it('leaves the space at the ends of a span out', () => expect(tagged('so Anna went', [person(2, 8)])).toBe('so/O Anna/B-PER went/O'));

  it('keeps a type with a space in one tag', () => expect(tagged('Anna', [{ start: 0, end: 4, label: 'First Name' }])).toBe('Anna/B-First_Name'));

  it.each([
    ['cuts a word', 'Annabel', [person(0, 4)]],
    ['begins within a word', 'Annabel', [person(4, 7)]],
    ['overlaps', 'Anna Berg', [person(0, 9), person(5, 9)]],
    ['stands twice', 'Anna', [person(0, 4), person(0, 4)]],
    ['ends behind the text', 'Anna', [person(0, 5)]],
    ['begins behind the text', 'Anna', [person(9, 12)]],
    ['is empty', 'Anna', [person(2, 2)]],
    ['is of spaces only', 'Anna  Bo', [person(4, 6)]],
    ['is in a text without words', '  ', [person(0, 1)]],
  ])('refuses a span that %s', (_, text, spans) => expect(tagged(text, spans)).toBeNull());

  it('counts emoji as told', () => {
    expect(tagged('👍 Anna', [person(2, 6)], 'code-point')).toBe('👍/O Anna/B-PER');
    expect(tagged('👍 Anna', [person(3, 7)], 'utf-16')).toBe('👍/O Anna/B-PER');
    expect(tagged('👍 Anna', [person(3, 7)], 'code-point')).toBeNull();
  });
});

describe('writeSpans', () => {
  it('writes nothing rather than less than the tags say', () => {
    expect(writeSpans('Anna Berg', ['S-PER', 'O'], 'utf-16')).toBeNull();
    expect(writeSpans('Anna Berg', ['PER', 'O'], 'utf-16')).toBeNull();
  });

  it.each([
    ['Anna Berg lives in Bonn.', 'utf-16', [person(0, 9), { start: 19, end: 23, label: 'LOC' }]],
    ['Anna Bo', 'utf-16', [person(0, 4), person(5, 7)]],
    ['张三住在北京', 'code-point', [person(0, 2), { start: 4, end: 6, label: 'LOC' }]],
    ['👍 Anna', 'code-point', [person(2, 6)]],
    ['👍 Anna', 'utf-16', [person(3, 7)]],
    ['nobody here', 'code-point', []],
  ] as const)('writes what tagSpans read: %s, %s', (text, unit, spans) => {
    const tags = tagSpans(text, spans, unit)?.tags ?? [];
    expect(readSpans(writeSpans(text, tags, unit) ?? '')).toEqual(spans);
  });

  it('begins a span where an inner tag follows none of its type', () => {
    const tags = ['I-PER', 'I-LOC', 'O', 'I-LOC'];
    expect(readSpans(writeSpans('a b c d', tags, 'code-point') ?? '')).toEqual([person(0, 1), { start: 2, end: 3, label: 'LOC' }, { start: 6, end: 7, label: 'LOC' }]);
  });
});

describe('spanUnit', () => {
  it('is what fits more rows', () => {
    expect(spanUnit(['👍 Anna', 'Anna'], ['[[2,6,"PER"]]', '[[0,4,"PER"]]'])).toBe('code-point');
    expect(spanUnit(['👍 Anna', '👍 Bo'], ['[[3,7,"PER"]]', '[[3,5,"PER"]]'])).toBe('utf-16');
    expect(spanUnit(['Anna'], ['[[0,4,"PER"]]'])).toBe('code-point');
    // A thousand rows with an emoji decide; those behind them are not asked.
    const rows = Array.from({ length: 3_000 }, (_, row) => (row < 1_000 ? '[[3,7,"PER"]]' : '[[2,6,"PER"]]'));
    expect(spanUnit(rows.map(() => '👍 Anna'), rows)).toBe('utf-16');
  });
});

describe('areSpans', () => {
  it('wants a list in every cell and a span in one', () => {
    expect(areSpans(['[]', '[[0,4,"PER"]]'])).toBe(true);
    expect(areSpans(['[]', '[]'])).toBe(false);
    expect(areSpans(['[[0,4,"PER"]]', 'PER'])).toBe(false);
    expect(areSpans([])).toBe(false);
  });

  it('needs no span where the column is said to hold tags', () => {
    expect(areSpanLists(['[]', ' [ ] '])).toBe(true);
    expect(areSpanLists(['[]', 'O O'])).toBe(false);
    expect(areSpanLists([])).toBe(false);
  });
});
