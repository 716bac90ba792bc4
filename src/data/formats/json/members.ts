/** The members of a JSON object as cells. */

/**
 * Numbers that JavaScript would write in another way than the file: more digits than it keeps, or with an exponent.
 * Ids of 17 digits and more are common, and two of them must not become one.
 */
const mayChange = /\d{16}|\d\.\d{14}|\d[eE]|-0|\.\d*0(?!\d)/;

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** End of the value that begins at `begin` in a valid JSON text. */
function valueEnd(text: string, begin: number): number {
  let depth = 0;
  for (let index = begin; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') {
      for (index += 1; text[index] !== '"'; index += 1) if (text[index] === '\\') index += 1;
      if (depth === 0) return index + 1;
    } else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') {
      if (depth === 0) return index;
      depth -= 1;
      if (depth === 0) return index + 1;
    } else if (depth === 0 && (sign === ',' || sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t')) return index;
  }
  return text.length;
}

/** Members as they are written, from a text known to be a valid JSON object. */
function* writtenMembers(text: string): Generator<[name: string, cell: string]> {
  let position = text.indexOf('{') + 1;
  for (;;) {
    position = text.indexOf('"', position);
    if (position === -1) return;
    const nameEnd = valueEnd(text, position);
    const name = JSON.parse(text.slice(position, nameEnd)) as string;
    let begin = text.indexOf(':', nameEnd) + 1;
    while (/\s/.test(text[begin] ?? '')) begin += 1;
    const end = valueEnd(text, begin);
    const written = text.slice(begin, end);
    yield [name, /^["ntf]/.test(written) ? cellOf(JSON.parse(written)) : written];
    position = end;
  }
}

/** Names and cells of one object; null where the text is valid JSON but no object. Throws where it is not JSON. */
export function membersOf(text: string): [name: string, cell: string][] | null {
  const value = JSON.parse(text) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (mayChange.test(text)) return [...new Map(writtenMembers(text))];
  return Object.entries(value).map(([name, member]) => [name, cellOf(member)]);
}
