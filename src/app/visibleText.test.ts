import { describe, expect, it } from 'vitest';
import { shortText, visibleText } from './visibleText';

describe('visibleText', () => {
  it('leaves ordinary text of any script alone, with tabs and line breaks', () => {
    const text = 'Grüße, 你好 👋🏽\tzwei\nZeilen <b>&amp;</b> عربي';
    expect(visibleText(text)).toBe(text);
  });

  it('shows what hides: direction overrides, NUL, zero-width characters, BOM', () => {
    expect(visibleText('abc\u202egpj.exe')).toBe('abc⟨U+202E⟩gpj.exe');
    expect(visibleText('a\u0000b\u001b')).toBe('a␀b␛');
    expect(visibleText('pay\u200bpal\ufeff')).toBe('pay⟨U+200B⟩pal⟨U+FEFF⟩');
    expect(visibleText('x\u{e0041}')).toBe('x⟨U+E0041⟩');
  });
});

describe('shortText', () => {
  it('cuts at the limit and says so', () => {
    expect(shortText('abc', 3)).toEqual({ text: 'abc', cut: false });
    expect(shortText('abcd', 3)).toEqual({ text: 'abc…', cut: true });
  });

  it('never cuts a surrogate pair', () => {
    expect(shortText('ab👋c', 3).text).toBe('ab…');
  });
});
