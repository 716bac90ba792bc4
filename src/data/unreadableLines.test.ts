import { describe, expect, it } from 'vitest';
import { sourceOf } from './fileSource';
import { linesOf, shownLine, unreadableLines } from './unreadableLines';

const utf8 = (text: string) => new TextEncoder().encode(text);
/** 你好 in GBK. */
const gbk = [0xc4, 0xe3, 0xba, 0xc3];

describe('lines that are not in the file’s encoding', () => {
  it('are counted, and the first is shown in the likely one', async () => {
    const bytes = Uint8Array.from([...utf8('text,label\ngood,a\n'), ...gbk, 0x2c, 0x62, 0x0d, 0x0a, ...utf8('plain,b\n'), ...gbk]);
    const file = sourceOf({ name: 'a.csv', bytes });
    expect(await unreadableLines(file, 11, 'utf-8', 'gb18030')).toEqual({ lines: 2, sample: '你好,b' });
    expect(await unreadableLines(file, 11, 'utf-8', null)).toEqual({ lines: 2, sample: null });
    expect(await unreadableLines(file, 11, 'gb18030', null)).toEqual({ lines: 0, sample: null });
  });

  it('has no empty lines', () => {
    expect([...linesOf(utf8('a\r\n\r\nb'))].map((line) => line.length)).toEqual([1, 1]);
  });

  it('cuts a long line between characters', () => {
    expect(shownLine(utf8('😀'.repeat(121)), 'utf-8')).toBe(`${'😀'.repeat(120)}…`);
    expect(shownLine(utf8('short '), 'utf-8')).toBe('short');
  });
});
