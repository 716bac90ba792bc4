import { describe, expect, it } from 'vitest';
import { readTable } from '../../importTable';
import { zipOf } from '../../testFiles';
import { fromHex, latin1, rowsOf } from '../../testTable';

const read = (bytes: Uint8Array, name = 'a.zip') => readTable({ name, bytes });

describe('an archive of text files', () => {
  it('takes the folder as the label, in any encoding, and keeps the name', async () => {
    const big = 'word '.repeat(200_000);
    const bytes = await zipOf({
      'train/pos/1.txt': 'good\nfood',
      'train/neg/很差.txt': '很差 😀',
      'train/neg/2.txt': latin1('tr\xe8s d\xe9j\xe0 vu'),
      'train/neg/3': big,
      'train/pos/empty.txt': '',
      'train/pos/.DS_Store': 'x',
      '__MACOSX/train/pos/1.txt': 'x',
    });
    const table = await read(bytes);
    expect(table.columns.map((column) => column.name)).toEqual(['text', 'label', 'file']);
    expect(rowsOf(table)).toEqual([
      ['good\nfood', 'pos', 'train/pos/1.txt'],
      ['很差 😀', 'neg', 'train/neg/很差.txt'],
      ['très déjà vu', 'neg', 'train/neg/2.txt'],
      [big, 'neg', 'train/neg/3'],
      ['', 'pos', 'train/pos/empty.txt'],
    ]);
    expect(table.dialect.format).toBe('text-zip');
    expect(rowsOf(await read(bytes, 'a.csv'))).toEqual(rowsOf(table));
  });

  it('sets aside what is no text, each counted', async () => {
    const table = await read(await zipOf({ 'a/1.txt': 'x', 'a/2.png': fromHex('89504e470d0a1a0a00'), 'b/3.txt': fromHex('e5a5bde5a5bde5a5') }));
    expect(rowsOf(table)).toHaveLength(1);
    expect(table.setAside).toEqual([
      { row: 2, reason: 'undecodable', cells: ['', 'a', 'a/2.png'] },
      { row: 3, reason: 'undecodable', cells: ['', 'b', 'b/3.txt'] },
    ]);
    expect(table.rowsInFile).toBe(3);
  });

  it('fault 1: refuses an archive without class folders', async () => {
    const facts = { kind: 'not-a-table', looksLike: 'ZIP' };
    await expect(read(await zipOf({ 'a.csv': 'x,y' }))).rejects.toMatchObject({ code: 'data.no-rows', facts });
    await expect(read(await zipOf({}))).rejects.toMatchObject({ code: 'data.no-rows', facts });
  });

  it('says which file is damaged', async () => {
    const bytes = await zipOf({ 'a/1.txt': 'first file', 'a/2.txt': 'second file' }, 0);
    const at = new TextDecoder('latin1').decode(bytes).indexOf('second');
    const flipped = Uint8Array.from(bytes);
    flipped[at] = 0x53;
    await expect(read(flipped)).rejects.toMatchObject({ code: 'data.damaged-file', facts: { rule: 'checksum', part: 'a/2.txt' } });
    await expect(read(bytes.subarray(0, 90))).rejects.toMatchObject({ code: 'data.damaged-file', facts: { rule: 'cut-short', byte: 90 } });
  });
});
