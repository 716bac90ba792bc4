import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32';

describe('crc32', () => {
  it('gives the published values, at lengths that are no multiple of four too', () => {
    const of = (text: string) => crc32(new TextEncoder().encode(text));
    expect(of('123456789')).toBe(0xcbf43926);
    expect(of('')).toBe(0);
    expect(of('a')).toBe(0xe8b7be43);
    expect(of('The quick brown fox jumps over the lazy dog')).toBe(0x414fa339);
  });
});
