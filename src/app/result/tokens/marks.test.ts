import { describe, expect, it } from 'vitest';
import { joinWords } from './joinedWords';
import { markWords, piecesOf, type Piece } from './marks';

const labels = ['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O'];
const ids = (tags: string) => tags.split(' ').map((tag) => labels.indexOf(tag));

function pieces(words: string[], truth: string | null, found: string): Piece[] {
  return piecesOf(markWords({ tags: { labels, scheme: 'IOB2' }, ...joinWords(words), truth: truth === null ? null : ids(truth), found: ids(found) }));
}

const kinds = (list: Piece[]) => list.map(({ kind }) => kind);
const textOf = (list: Piece[]) => list.map((piece) => (piece.kind === 'plain' ? piece.text : piece.parts.map(({ text }) => text).join(''))).join('');

describe('joinWords', () => {
  it('puts spaces between English words and none between Chinese ones', () => {
    expect(joinWords(['I', 'met', 'Tim', '.']).text).toBe('I met Tim .');
    expect(joinWords([...'我在北京。']).text).toBe('我在北京。');
    expect(joinWords(['I', 'like', '北', '京', 'duck']).text).toBe('I like 北京 duck');
    // Tagged by character: the letters of a Latin word are words too.
    expect(joinWords([...'我用iOS系统']).text).toBe('我用iOS系统');
    expect(joinWords([])).toEqual({ text: '', ranges: [] });
  });

  it('says where each word stands', () => {
    const { text, ranges } = joinWords(['I', 'like', '北', '京', '😀']);
    expect(ranges.map(({ begin, end }) => text.slice(begin, end))).toEqual(['I', 'like', '北', '京', '😀']);
  });
});

describe('piecesOf', () => {
  const words = ['Ann', 'Lee', 'saw', 'New', 'York'];

  it('tells right, missed, extra and differing spans apart', () => {
    expect(kinds(pieces(words, 'B-PER I-PER O B-LOC I-LOC', 'B-PER I-PER O B-LOC I-LOC'))).toEqual(['right', 'plain', 'right']);
    expect(kinds(pieces(words, 'B-PER I-PER O B-LOC I-LOC', 'O O O O O'))).toEqual(['missed', 'plain', 'missed']);
    expect(kinds(pieces(words, 'O O O O O', 'B-PER I-PER O O O'))).toEqual(['extra', 'plain']);
    const [type] = pieces(words, 'B-PER I-PER O O O', 'B-LOC I-LOC O O O');
    expect(type).toMatchObject({ kind: 'differs', truth: ['PER'], found: ['LOC'] });
    expect(kinds(pieces(words, null, 'B-PER I-PER O O O'))).toEqual(['found', 'plain']);
  });

  it('cuts spans that only overlap where each begins and ends', () => {
    const [span, rest] = pieces(words, 'B-PER I-PER O O O', 'O B-PER I-PER O O');
    expect(span).toEqual({
      kind: 'differs',
      truth: ['PER'],
      found: ['PER'],
      parts: [
        { text: 'Ann ', inTruth: true, inFound: false },
        { text: 'Lee', inTruth: true, inFound: true },
        { text: ' saw', inTruth: false, inFound: true },
      ],
    });
    expect(rest).toEqual({ kind: 'plain', text: ' New York' });
  });

  it('loses no character, and keeps spans apart that only touch', () => {
    const chinese = pieces([...'王军和李明'], 'B-PER I-PER O B-PER I-PER', 'B-PER I-PER B-PER I-PER I-PER');
    expect(textOf(chinese)).toBe('王军和李明');
    expect(kinds(chinese)).toEqual(['right', 'differs']);
    expect(textOf(pieces(words, 'B-PER B-PER I-PER B-LOC O', 'O B-LOC O B-LOC I-LOC'))).toBe('Ann Lee saw New York');
  });
});
