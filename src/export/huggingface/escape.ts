/** A stranger's text inside Markdown: shown letter by letter, on one line, meaning nothing. */

const LONGEST = 80;

/**
 * Safe in a paragraph, a list or a table cell. By CommonMark (section 2.4) a backslash before any ASCII punctuation
 * makes it plain; `<`, `>` and `&` become entities, for renderers that look for HTML first.
 */
export function escapeMarkdown(text: string): string {
  const oneLine = text
    // Controls and line separators end blocks; bidirectional and invisible marks make one text look like another;
    // half a surrogate pair is no text.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const letters = [...oneLine];
  const shown = letters.length > LONGEST ? [...letters.slice(0, LONGEST - 1), '…'] : letters;
  return shown.map(escapeLetter).join('');
}

function escapeLetter(letter: string): string {
  if (letter === '<') return '&lt;';
  if (letter === '>') return '&gt;';
  if (letter === '&') return '&amp;';
  return /[!-/:-@[-`{-~]/.test(letter) ? `\\${letter}` : letter;
}
