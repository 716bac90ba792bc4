/**
 * The XML that spreadsheets are written in, in pieces: elements, their attributes and text. No document types, so that
 * nothing expands; anything that is not well formed is an error.
 */

export type XmlEvent =
  | { kind: 'open'; name: string; attributes: string }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string };

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12});?/g, (whole: string, name: string) => {
    const code = /^#(?:x([0-9a-fA-F]+)|(\d+))$/.exec(name);
    const point = code === null ? -1 : Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16);
    const sign = code === null ? entities[name] : point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
    if (sign === undefined || !whole.endsWith(';')) throw new SyntaxError('unknown entity');
    return sign;
  });
}

const patterns = new Map<string, RegExp>();

/** An attribute's value, null where it is absent. `name` is a pattern. */
export function attribute(attributes: string, name: string): string | null {
  let pattern = patterns.get(name);
  if (pattern === undefined) patterns.set(name, (pattern = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)));
  const found = pattern.exec(attributes);
  return found === null ? null : decodeEntities(found[1] ?? found[2] ?? '');
}

/** Without the prefix of its namespace: writers differ in which they use. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const deepest = 200;
/** Longest tag or remark; what goes on for longer is damage, and would be searched again with every piece. */
const longestMarkup = 1_048_576;

/** One linear pass; throws a `SyntaxError` where the text is not well formed. */
export class XmlReader {
  private rest = '';
  private readonly open: string[] = [];
  private hasRoot = false;

  push(piece: string): XmlEvent[] {
    const events: XmlEvent[] = [];
    const text = this.rest + piece;
    let position = 0;
    while (position < text.length) {
      const begin = text.indexOf('<', position);
      if (begin !== position) {
        // Text up to the next element; what may be an entity cut in two waits for the next piece.
        let end = begin === -1 ? text.length : begin;
        if (begin === -1 && text.lastIndexOf('&') > text.length - 14) end = Math.max(position, text.lastIndexOf('&'));
        if (end > position) this.text(decodeEntities(text.slice(position, end)), events);
        position = end;
        if (begin === -1) break;
      }
      const end = this.markup(text, begin, events);
      if (end === -1) break;
      position = end;
    }
    this.rest = text.slice(position);
    if (this.rest.length > longestMarkup) throw new SyntaxError('too long');
    return events;
  }

  /** Throws where the text ends too early. */
  finish(): void {
    if (this.rest.trim() !== '' || this.open.length > 0 || !this.hasRoot) throw new SyntaxError('cut short');
  }

  private text(text: string, events: XmlEvent[]): void {
    if (this.open.length > 0) events.push({ kind: 'text', text });
    else if (text.replace('\ufeff', '').trim() !== '') throw new SyntaxError('text outside');
  }

  /** End of the markup at `begin`, -1 where it goes on in the next piece. */
  private markup(text: string, begin: number, events: XmlEvent[]): number {
    for (const [start, stop] of [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const) {
      if (!text.startsWith(start, begin)) {
        if (start.startsWith(text.slice(begin))) return -1;
        continue;
      }
      const end = text.indexOf(stop, begin + start.length);
      if (end === -1) return -1;
      if (start === '<![CDATA[') this.text(text.slice(begin + start.length, end), events);
      return end + stop.length;
    }
    if (text[begin + 1] === '!') throw new SyntaxError('document type');
    const end = tagEnd(text, begin);
    if (end === -1) return -1;
    this.tag(text.slice(begin + 1, end), events);
    return end + 1;
  }

  private tag(content: string, events: XmlEvent[]): void {
    if (content.startsWith('/')) {
      const name = content.slice(1).trim();
      if (this.open.pop() !== name) throw new SyntaxError('closes another element');
      events.push({ kind: 'close', name: localName(name) });
      return;
    }
    const isEmpty = content.endsWith('/');
    const inner = isEmpty ? content.slice(0, -1) : content;
    const name = /^[^\s/<>"'=&]+/.exec(inner)?.[0];
    if (name === undefined || (this.open.length === 0 && this.hasRoot)) throw new SyntaxError('no element');
    this.hasRoot = true;
    const attributes = inner.slice(name.length);
    if (attributes.includes('<')) throw new SyntaxError('not closed');
    events.push({ kind: 'open', name: localName(name), attributes });
    if (isEmpty) events.push({ kind: 'close', name: localName(name) });
    else if (this.open.push(name) > deepest) throw new SyntaxError('too deep');
  }
}

/** Place of the `>` that ends a tag, quotes respected; -1 where there is none yet. */
function tagEnd(text: string, begin: number): number {
  let quote = '';
  for (let index = begin; index < text.length; index += 1) {
    const sign = text[index] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '>') return index;
    else if (sign === '"' || sign === "'") quote = sign;
  }
  return -1;
}
