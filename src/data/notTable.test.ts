import { describe, expect, it } from 'vitest';
import { looksLikeOther } from './notTable';
import { bytesOf, fromHex, joined, utf16 } from './testTable';

describe('looksLikeOther', () => {
  it.each([
    ['PNG', '89504e470d0a1a0a 0000000d'],
    ['JPEG', 'ffd8ffe0 00104a46'],
    ['GIF', '474946383961'],
    ['PDF', '255044462d312e37'],
    ['ZIP', '504b0304 1400'],
    ['GZIP', '1f8b0800'],
    ['Parquet', '50415231 1504'],
    ['ELF', '7f454c46 0201'],
    ['SQLite', '53514c69746520666f726d6174203300'],
    ['safetensors', '4000000000000000 7b22'],
  ])('fault 1: tells %s', (looksLike, digits) => {
    expect(looksLikeOther('reviews.csv', fromHex(digits))).toBe(looksLike);
  });

  it('fault 1: tells a spreadsheet, a page, JSON and other binary data', () => {
    expect(looksLikeOther('a.csv', joined(fromHex('504b0304 1400'), bytesOf('[Content_Types].xml')))).toBe('XLSX');
    expect(looksLikeOther('a.csv', bytesOf('\n<!DOCTYPE html><html>'))).toBe('HTML');
    expect(looksLikeOther('a.jsonl', bytesOf('{"text":"a"}\n'))).toBe('JSON');
    expect(
      looksLikeOther(
        'a.csv',
        Uint8Array.from({ length: 2000 }, (_, index) => (index * 197) % 251),
      ),
    ).toBe('binary data');
  });

  it('lets tables pass', () => {
    for (const text of ['text,label\n', '{"a"},b\n', '\0,1\n', '评论,标签\n', '<b>html</b>,x\n']) {
      expect(looksLikeOther('a.csv', bytesOf(text))).toBeNull();
    }
    expect(looksLikeOther('a.csv', utf16('text,label\n'.repeat(50), true))).toBeNull();
    expect(looksLikeOther('a.csv', new Uint8Array())).toBeNull();
  });
});
