/**
 * Remembers the token ids of words. What `BertNormalizer` and `BertPreTokenizer` do to a text can be done to its parts:
 * they take away characters, part it at white space, and make each Chinese character and each punctuation mark a word.
 * So a text is cut at those three here, and the library is asked only for what was not seen before; its answers for the
 * parts, one behind another, are its answer for the text. Most characters of Chinese are then one look into a table.
 */

/** Words remembered; when there are more, all are forgotten and the remembering begins anew. */
const mostWords = 50_000;
/** UTF-16 units; longer words are seldom seen twice. */
const longestWord = 32;
/** From this length on V8 makes a slice a view of the whole text. */
const shortestView = 13;

/** What a UTF-16 unit is to a text; 0 where that was not asked yet. */
const letter = 1;
/** A word by itself. */
const alone = 2;
const space = 3;
const roles = new Uint8Array(0x10000);

/** Taken out before anything else is looked at: control and format characters but tab and line breaks. */
const removed = /^(?![\t\n\r])[\p{Cc}\p{Cf}]$/u;
const single = /^[!-/:-@[-`{-~\p{P}\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff]$/u;

/** Halves of a pair count as letters, whatever the character is: the library parts those. */
function roleOf(unit: number): number {
  const known = roles[unit] ?? 0;
  if (known > 0) return known;
  const character = String.fromCharCode(unit);
  const isSpace = /^\s$/.test(character);
  return (roles[unit] = removed.test(character) ? letter : isSpace ? space : single.test(character) ? alone : letter);
}

export class SeparateWords {
  private readonly words = new Map<string, readonly number[]>();
  /** By UTF-16 unit: the id + 1, or 0 where it is not known yet. */
  private readonly singles = new Int32Array(0x10000);

  /** @param ask the library: the ids of a text, without special tokens */
  constructor(private readonly ask: (text: string) => readonly number[]) {}

  /** The ids of a text that holds none of the tokenizer's special tokens. */
  ids(text: string): number[] {
    const ids: number[] = [];
    let begin = 0;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const role = roleOf(unit);
      if (role === letter) continue;
      if (begin < at) this.addWord(text.slice(begin, at), ids);
      if (role === alone) this.addSingle(unit, ids);
      begin = at + 1;
    }
    if (begin < text.length) this.addWord(text.slice(begin), ids);
    return ids;
  }

  private addSingle(unit: number, into: number[]): void {
    const known = this.singles[unit] ?? 0;
    if (known > 0) {
      into.push(known - 1);
      return;
    }
    const ids = this.ask(String.fromCharCode(unit));
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) this.singles[unit] = only + 1;
    for (const id of ids) into.push(id);
  }

  private addWord(word: string, into: number[]): void {
    let ids = this.words.get(word);
    if (ids === undefined) {
      ids = this.ask(word);
      if (word.length <= longestWord) this.remember(word, ids);
    }
    for (const id of ids) into.push(id);
  }

  private remember(word: string, ids: readonly number[]): void {
    if (this.words.size >= mostWords) this.words.clear();
    // A copy: a view would keep the whole text in memory.
    const key = word.length < shortestView ? word : String.fromCharCode(...Array.from({ length: word.length }, (_, at) => word.charCodeAt(at)));
    this.words.set(key, ids);
  }
}
