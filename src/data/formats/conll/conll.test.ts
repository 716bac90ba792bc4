import { describe, expect, it } from 'vitest';
import { readTable, type ImportOptions } from '../../importTable';
import { bytesOf, latin1, rowsOf } from '../../testTable';
import { joinWords, splitWords } from './sentence';

const read = (text: string | Uint8Array, options: ImportOptions = {}, name = 'a.conll') =>
  readTable({ name, bytes: typeof text === 'string' ? bytesOf(text) : text }, options);

describe('CoNLL', () => {
  const text = 'Anna\tB-PER\nlives\tO\nhere\tO\n\n\n很\tO\n好\tO\n😀\tO\n';

  it.each(['a.conll', 'a.bio', 'a.txt', 'a.tsv', 'pasted text'])('reads one sentence a row: %s', async (name) => {
    const table = await read(text, {}, name);
    expect(table.columns.map((column) => column.name)).toEqual(['tokens', 'tags']);
    expect(rowsOf(table)).toEqual([
      ['Anna lives here', 'B-PER O O'],
      ['很 好 😀', 'O O O'],
    ]);
    expect([...table.rowNumbers]).toEqual([1, 6]);
    expect(table.dialect).toMatchObject({ format: 'conll', delimiter: '\t' });
    expect(table.notices).toEqual([]);
  });

  it('reads spaces, CR LF, document starts, remarks and columns between', async () => {
    const old = '-DOCSTART- -X- -X- O\r\n\r\nEU NNP B-NP B-ORG\r\nrejects VBZ B-VP O\r\n\r\n# NN O O\r\n';
    const table = await read(old);
    expect(table.columns.map((column) => column.name)).toEqual(['tokens', 'column 2', 'column 3', 'tags']);
    expect(rowsOf(table)).toEqual([
      ['EU rejects', 'NNP VBZ', 'B-NP B-VP', 'B-ORG O'],
      ['#', 'NN', 'O', 'O'],
    ]);
    expect(rowsOf(await read('# id 7\nx\tO\n#\tO\n'))).toEqual([['x #', 'O O']]);
  });

  it('loses no word: spaces inside, empty words and brackets come back', () => {
    for (const words of [['a', 'b'], ['a b', 'c'], [''], ['', ''], ['['], ['[1,2]'], ['["a"]', 'x'], ['\u00a0', '\u3000'], ['"']]) {
      expect(splitWords(joinWords(words))).toEqual(words);
    }
    expect(joinWords(['New', 'York'])).toBe('New York');
  });

  it('keeps words with spaces, other encodings and a huge sentence', async () => {
    const table = await read('New York\tB-LOC\n\tO\n\nx\tO\n');
    expect(splitWords(rowsOf(table)[0]?.[0] ?? '')).toEqual(['New York', '']);
    expect(rowsOf(await read(latin1('caf\xe9\tO\n\xe9t\xe9\tO\n')))).toEqual([['café été', 'O O']]);
    const many = `${'word\tO\n'.repeat(100_000)}\nlast\tB-X\n`;
    const begin = performance.now();
    const long = await read(many);
    expect(long.rowsInFile).toBe(2);
    expect(long.columns[0]?.cells.at(0)).toHaveLength(499_999);
    expect(performance.now() - begin).toBeLessThan(30_000);
  });

  it('sets a sentence aside whose lines are not all alike', async () => {
    const table = await read('a\tO\nb\tO\n\nc\n\nd\tO\tx\n\ne\tO\n');
    expect(rowsOf(table)).toEqual([
      ['a b', 'O O'],
      ['e', 'O'],
    ]);
    expect(table.setAside).toEqual([
      { row: 4, reason: 'too-few-cells', cells: ['c'] },
      { row: 6, reason: 'too-many-cells', cells: ['d\tO\tx'] },
    ]);
    expect(table.rowsInFile).toBe(4);
  });

  it('says where there is no tag, and that there are no rows', async () => {
    await expect(read('just\n\nwords\n')).rejects.toMatchObject({ code: 'data.damaged-file', facts: { rule: 'not-tagged', row: 1, byte: 0 } });
    await expect(read('\n\n')).rejects.toMatchObject({ code: 'data.no-rows' });
    await expect(read('-DOCSTART- O\n\n')).rejects.toMatchObject({ code: 'data.no-rows', facts: { kind: 'header-only' } });
  });

  it('is not taken for CoNLL where it is a table of texts and labels', async () => {
    for (const table of ['text\tlabel\ngood food\tB-side\nbad\tO\n', 'a\tO\nb\tO\n', 'text,label\nx,O\n\ny,B-A\n']) {
      expect((await read(table, {}, 'a.tsv')).dialect.format).toBeUndefined();
    }
  });
});
