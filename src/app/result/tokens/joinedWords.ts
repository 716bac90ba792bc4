/** Words put together again for reading: English with spaces, Chinese without. */

export interface JoinedWords {
  text: string;
  /** Characters [begin, end) of each word in `text`. */
  ranges: { begin: number; end: number }[];
}

/** Han, kana, and the punctuation that stands with them. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]+$/u;

/**
 * A text that is tagged by character has its Latin letters and figures one by one too, so it is joined as a whole:
 * without spaces where more than half of its words are Chinese, otherwise with a space unless both neighbours are.
 */
export function joinWords(words: readonly string[]): JoinedWords {
  const chinese = words.map((word) => unspaced.test(word));
  const mostly = chinese.filter(Boolean).length * 2 > words.length;
  let text = '';
  const ranges = words.map((word, index) => {
    const close = index === 0 || mostly || (chinese[index] === true && chinese[index - 1] === true);
    if (!close) text += ' ';
    const begin = text.length;
    text += word;
    return { begin, end: text.length };
  });
  return { text, ranges };
}
