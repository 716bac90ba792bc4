/** Words of a sentence as one cell, so that they can be had back exactly. */

/** Joined by spaces where that can be undone, otherwise as a JSON list; a cell that begins with `[` is always a list. */
export function joinWords(words: readonly string[]): string {
  const plain = words.join(' ');
  const isPlain = !plain.startsWith('[') && words.every((word) => word !== '' && !word.includes(' '));
  return isPlain ? plain : JSON.stringify(words);
}

/** The words that `joinWords` joined. */
export function splitWords(cell: string): string[] {
  return cell.startsWith('[') ? (JSON.parse(cell) as string[]) : cell.split(' ');
}
