/**
 * Cell text as it is shown: characters that hide or turn others round become visible signs, so that a text cannot look
 * like another one. The stored cell is never changed.
 */

/** Control characters except line feed and tab, zero-width marks, bidirectional controls and isolates, BOM, tags. */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode has pictures for the ASCII controls; everything else is named by its number.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(hidden, sign);
}

/** The first characters for a table cell; never cuts a surrogate pair in two. */
export function shortText(text: string, limit = 200): { text: string; cut: boolean } {
  if (text.length <= limit) return { text: visibleText(text), cut: false };
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return { text: `${visibleText(text.slice(0, end))}…`, cut: true };
}
