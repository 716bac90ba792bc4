import { describe, expect, it } from 'vitest';
import { guessColumns, labelCandidates } from './guessColumns';
import { read } from './testTable';

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join('\n');

describe('guessColumns', () => {
  it('goes by content where names say nothing', async () => {
    const table = await read(
      `a,b,c,d\n${rows(40, (index) => `${index},${index % 3 ? 'up' : 'down'},what happened on day ${index},https://x.example/${'path/'.repeat(9)}${index}`)}`,
    );
    const guess = guessColumns(table);
    expect(guess).toMatchObject({ textColumn: 'c', labelColumn: 'b' });
    expect(guess.candidates.map(({ column, distinct }) => [column, distinct])).toEqual([
      ['a', 40],
      ['b', 2],
      ['c', 40],
      ['d', 40],
    ]);
  });

  it('goes by names where content leaves it open', async () => {
    const table = await read(
      `rating,标签,评论\n${rows(30, (index) => `${index % 4},${index % 2 ? '好评' : '差评'},今天的第${index}份外卖送得很快`)}`,
    );
    expect(guessColumns(table)).toMatchObject({ textColumn: '评论', labelColumn: '标签' });
  });

  it('proposes a label column by name though its values do not fit, and none where there is none', async () => {
    const one = await read(`text,category\n${rows(10, (index) => `some words ${index},same`)}`);
    expect(guessColumns(one).labelColumn).toBe('category');
    const none = await read(`a,b\n${rows(10, (index) => `some words ${index},other words ${index}`)}`);
    expect(guessColumns(none).labelColumn).toBeNull();
  });

  it('lists other columns that could be labels', async () => {
    const table = await read(`text,label,kind,id\n${rows(60, (index) => `words ${index},same,${index % 5},${index}`)}`);
    expect(labelCandidates(table, ['text', 'label'])).toEqual(['kind']);
  });
});
