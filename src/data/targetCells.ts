/** What a cell says where it is more than one label: a number, a set of labels, a tag a word. */
import type { Cells } from '../domain';
import { trimInvisible } from './cells';

/** A decimal number, with a comma for the point where there is no point; null for anything else, infinities included. */
export function readNumber(cell: string): number | null {
  const text = trimInvisible(cell);
  const plain = /^[-+]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/**
 * What stands in single or double quotes, a backslash before a sign taken off. One pass, also where quotes never close:
 * `looked` is how many signs were looked at.
 */
export function quotedItems(text: string): { items: string[]; looked: number } {
  const items: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text[at];
    at += 1;
    if (quote !== "'" && quote !== '"') continue;
    const parts: string[] = [];
    let begin = at;
    while (at < text.length && text[at] !== quote) {
      if (text[at] === '\\') {
        parts.push(text.slice(begin, at));
        begin = at + 1;
        at += 1;
      }
      at += 1;
    }
    if (at >= text.length) break;
    items.push(parts.join('') + text.slice(begin, at));
    at += 1;
  }
  return { items, looked: Math.min(at, text.length) };
}

function listed(text: string): string[] | null {
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.filter((item) => typeof item === 'string' || typeof item === 'number').map(String);
  } catch {
    // Python writes a list with single quotes, which is no JSON.
    const items = quotedItems(text).items;
    if (items.length > 0) return items;
  }
  return null;
}

const separators = ['|', ';', ','] as const;

/** How the cells of a column list their labels: the first separator that any of them has; null for one label a cell. */
export function labelSeparator(cells: Cells): string | null {
  const found = new Set<string>();
  for (const cell of cells) {
    const own = separators.filter((separator) => !found.has(separator) && cell.includes(separator));
    if (own.length === 0 || listed(trimInvisible(cell)) !== null) continue;
    for (const separator of own) found.add(separator);
    if (found.has(separators[0])) break;
  }
  return separators.find((separator) => found.has(separator)) ?? null;
}

/** Reads the label sets of a column: JSON or Python lists, or labels joined by | or ; or a comma. Each label once. */
export function readLabelSet(cells: Cells): (cell: string) => string[] {
  const separator = labelSeparator(cells);
  return (cell) => {
    const text = trimInvisible(cell);
    const items = listed(text) ?? (separator === null ? [text] : text.split(separator));
    return [...new Set(items.map(trimInvisible).filter((item) => item !== ''))];
  };
}

const tag = /^(O|[BIESLUM]-\S+)$/;

/** Whether all of a cell's words are tags. */
export const isTagged = (cell: string): boolean => trimInvisible(cell) !== '' && wordsOf(trimInvisible(cell)).every((one) => tag.test(one));

/** Words joined by spaces, or a list of them. */
export function wordsOf(cell: string): string[] {
  return listed(cell) ?? cell.split(' ').filter((word) => word !== '');
}

/** Words and tags, one tag a word; null where they do not pair. */
export function readTags(text: string, tags: string): { words: string[]; tags: string[] } | null {
  const words = wordsOf(text);
  const own = wordsOf(trimInvisible(tags));
  return words.length > 0 && words.length === own.length ? { words, tags: own } : null;
}
