/** Shown names of columns: clean, never empty, each once. */
import type { ImportNotice } from '../domain';
import { trimInvisible } from './cells';

/** Names that say what a column is, as `guessColumns` and the search for a header use them. */
export const textNames: ReadonlySet<string> = new Set(
  (
    'text texts sentence sentences sentence1 sentence2 review reviews message messages comment comments comment_text ' +
    'content body excerpt document description question query utterance tweet title 评论 评价 消息 文本 内容 句子 正文 标题'
  ).split(' '),
);
export const labelNames: ReadonlySet<string> = new Set(
  (
    'label labels category categories class intent sentiment target topic tag type emotion coarse_label fine_label ' +
    '标签 意图 类别 分类 情感 类型'
  ).split(' '),
);
const otherNames = new Set('id index name score rating date genre row key value'.split(' '));

export function normalizeName(name: string): string {
  return trimInvisible(name)
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

export function isKnownName(name: string): boolean {
  const normalized = normalizeName(name);
  return textNames.has(normalized) || labelNames.has(normalized) || otherNames.has(normalized);
}

function freeName(taken: ReadonlySet<string>, base: string): string {
  for (let number = 2; ; number += 1) {
    const name = `${base} (${number})`;
    if (!taken.has(name)) return name;
  }
}

/** `column 1`, `column 2`, ... for a file without a header. */
export function numberedNames(width: number): string[] {
  return Array.from({ length: width }, (_, index) => `column ${index + 1}`);
}

/** Names of header cells, with a notice for each that had to be changed beyond trimming. */
export function columnNames(header: readonly string[]): { names: string[]; notices: ImportNotice[] } {
  const trimmed = header.map(trimInvisible);
  const reserved = new Set(trimmed);
  const taken = new Set<string>();
  const notices: ImportNotice[] = [];
  const names = trimmed.map((name, index) => {
    let shownAs = name;
    if (name === '') {
      shownAs = `column ${index + 1}`;
      if (reserved.has(shownAs) || taken.has(shownAs)) shownAs = freeName(new Set([...reserved, ...taken]), shownAs);
      notices.push({ kind: 'unnamed-header', column: index + 1, shownAs });
    } else if (taken.has(name)) {
      shownAs = freeName(new Set([...reserved, ...taken]), name);
      notices.push({ kind: 'duplicate-header', name, shownAs });
    }
    taken.add(shownAs);
    return shownAs;
  });
  return { names, notices };
}
