import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../../domain';
import { countOf, RecordReader, type RecordOptions } from './records';

function read(text: string, options: Partial<RecordOptions> = {}, pieces = 1) {
  const reader = new RecordReader({ delimiter: ',', quoted: true, ...options });
  const size = Math.max(1, Math.ceil(text.length / pieces));
  const records = [];
  for (let begin = 0; begin < Math.max(1, text.length); begin += size) {
    records.push(...reader.push(text.slice(begin, begin + size), begin + size >= text.length));
  }
  return { records, cells: records.map((record) => record.cells), openQuote: reader.openQuote, rest: reader.rest };
}

describe('RecordReader', () => {
  it.each(['\n', '\r\n', '\r'])('reads line ends %j, quotes, doubled quotes and line breaks in cells', (end) => {
    const text = ['a,b', '1,"x ""y"", z"', `"two${end}lines",`, '', '"",last'].join(end);
    const expected = [['a', 'b'], ['1', 'x "y", z'], [`two${end}lines`, ''], [''], ['', 'last']];
    expect(read(text).cells).toEqual(expected);
    expect(read(text + end).cells).toEqual(expected);
    expect(read(text).records.map(({ row, blank }) => [row, blank])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
      [5, false],
    ]);
  });

  it('reads several kinds of line ends in one text', () => {
    expect(read('a,b\r\n1,2\n3,4\r5,6').cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
  });

  it('gives the same records however the text is cut', () => {
    const text = 'a,b\r\n"x ""q"" \r\ny", "sp, aced" \r\n \r\n1,"2"\r\n"",""';
    const whole = read(text).records;
    for (let pieces = 2; pieces <= text.length; pieces += 1) expect(read(text, {}, pieces).records).toEqual(whole);
  });

  it('keeps quotes inside unquoted cells and text after a closing quote', () => {
    expect(read('5" disk,a\n"Great" film,b\n "no" end,c\n  "6,000" ,d').cells).toEqual([
      ['5" disk', 'a'],
      ['Great film', 'b'],
      [' "no" end', 'c'],
      ['6,000', 'd'],
    ]);
  });

  it('fault 6: says where a quote opened that does not close, by end, next quote, length and lines', () => {
    expect(read('a,b\n"x",1\n2,"y\n3,z').openQuote).toEqual({ row: 3, cell: 1, quotesBefore: 2, offset: 12 });
    const byNextQuote = read('a,b\n"never,1\n"this, and that",2\n3,4');
    expect(byNextQuote.openQuote).toMatchObject({ row: 2, cell: 0 });
    expect(byNextQuote.cells).toEqual([['a', 'b']]);
    expect(read(`a,b\n"${'x'.repeat(1_100_000)}",1`).openQuote).toMatchObject({ row: 2 });
    expect(read(`a,b\n"${'x\n'.repeat(1_001)}",1`).openQuote).toMatchObject({ row: 2 });
    expect(read(`a,b\n"${'x\n'.repeat(900)}${'y'.repeat(300_000)}",1`).openQuote).toBeNull();
  });

  it('fault 6: reads quotes that do not close on their line as characters', () => {
    expect(read('a,b\n"never,1\n"this, and that",2', { quoted: false }).cells).toEqual([
      ['a', 'b'],
      ['"never', '1'],
      ['this, and that', '2'],
    ]);
    expect(read('"a,1\n"",x"\n', { quoted: false }).cells).toEqual([
      ['"a', '1'],
      ['', 'x"'],
    ]);
    expect(read(' "a,"" "c" x,"",d').cells).toEqual([[' "a', ' "c" x', '', 'd']]);
  });

  it('equals PapaParse on well-formed text', () => {
    const alphabet = ['a', ',', '"', '\n', ' ', '评', ';', 'x y'];
    for (let seed = 0; seed < 300; seed += 1) {
      const words = Array.from({ length: 30 }, (_, index) => philox4x32([index, 0, 0, 0], [seed, 0]));
      const rows = words.map(([first, second, third]) => {
        const pick = (word: number) =>
          Array.from({ length: word % 4 }, (_, at) => alphabet[(word >>> (at * 3 + 2)) % 8]).join('');
        return [pick(first), pick(second), `end${third % 10}`];
      });
      const text = Papa.unparse(rows, { newline: '\n', quotes: seed % 2 === 0 });
      expect(read(text, {}, 1 + (seed % 5)).cells).toEqual(Papa.parse(text, { newline: '\n', delimiter: ',' }).data);
    }
  });

  it('counts line breaks in a quoted cell without looking beyond it', () => {
    // Text that says how far it was looked at: a string's own methods work on what `slice` gives.
    const seen: [number, number][] = [];
    const text = { slice: (begin: number, end: number) => (seen.push([begin, end]), 'x\nx'.slice(0, end - begin)) } as unknown as string;
    expect(countOf(text, '\n', 5, 8)).toBe(1);
    expect(seen).toEqual([[5, 8]]);
  });

  it('is linear where every cell opens a quote', () => {
    const begin = performance.now();
    read(`a,b\n${'"a,"b," c,'.repeat(200_000)}\n`);
    read(`a,b\n${' "a, "b,'.repeat(200_000)}\n`, { quoted: false });
    read('"'.repeat(500_000));
    expect(performance.now() - begin).toBeLessThan(30_000);
  });
});
