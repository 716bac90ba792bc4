/**
 * The JSON of a safetensors header, read by a parser that knows only that one shape.
 *
 * `JSON.parse` is not used for the whole: it hides names given twice, treats `__proto__` specially on later copies, and
 * builds whatever a hostile header nests before anyone can count it. Here each rule is met at the first character that
 * breaks it, and nothing is kept but the entries themselves.
 */
import { brokenRule, MAXIMUM_RANK, MAXIMUM_TENSORS, type SafetensorsRule } from './rules';

/** One tensor as its header states it; numbers may still be anything a JSON integer can be, negative included. */
export interface StatedEntry {
  dtype: string;
  shape: number[];
  /** Bytes from the buffer's start, end exclusive. */
  dataOffsets: [number, number];
}

export interface StatedHeader {
  entries: Map<string, StatedEntry>;
  metadata: Map<string, string>;
}

/**
 * @param text the header, decoded; trailing white space is allowed
 * @throws AnnealError `model.bad-file`: header-not-json, duplicate-name, bad-metadata, too-many-tensors, bad-entry,
 *   bad-shape
 */
export function parseHeaderText(text: string, file: string): StatedHeader {
  return new HeaderParser(text, file).parse();
}

const JSON_SPACE = /[ \t\n\r]*/y;
const JSON_INTEGER = /-?(?:0|[1-9][0-9]*)(?![0-9.eE])/y;

class HeaderParser {
  private position = 0;
  /** Of the entry being read, for the error. */
  private tensor: string | undefined;

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  parse(): StatedHeader {
    const entries = new Map<string, StatedEntry>();
    const metadata = new Map<string, string>();
    let metadataSeen = false;
    this.readObject('header-not-json', (name) => {
      if (name === '__metadata__') {
        if (metadataSeen) throw this.broken('duplicate-name', name);
        metadataSeen = true;
        this.readMetadata(metadata);
        return;
      }
      if (entries.has(name)) throw this.broken('duplicate-name', name);
      if (entries.size === MAXIMUM_TENSORS) throw this.broken('too-many-tensors', undefined, MAXIMUM_TENSORS);
      this.tensor = name;
      entries.set(name, this.readEntry());
      this.tensor = undefined;
    });
    this.skipSpace();
    if (this.position !== this.text.length) throw this.broken('header-not-json');
    return { entries, metadata };
  }

  private readMetadata(metadata: Map<string, string>): void {
    this.readObject('bad-metadata', (key) => {
      if (metadata.has(key)) throw this.broken('duplicate-name', '__metadata__');
      if (metadata.size === MAXIMUM_TENSORS) throw this.broken('bad-metadata');
      metadata.set(key, this.readString('bad-metadata'));
    });
  }

  private readEntry(): StatedEntry {
    let dtype: string | undefined;
    let shape: number[] | undefined;
    let offsets: number[] | undefined;
    this.readObject('bad-entry', (field) => {
      if (field === 'dtype' && dtype === undefined) dtype = this.readString('bad-entry');
      else if (field === 'shape' && shape === undefined) shape = this.readIntegers(MAXIMUM_RANK, 'bad-shape');
      else if (field === 'data_offsets' && offsets === undefined) offsets = this.readIntegers(2, 'bad-entry');
      // A field given twice, or one the format does not have.
      else throw this.broken('bad-entry', this.tensor);
    });
    const [begin, end] = offsets ?? [];
    if (dtype === undefined || shape === undefined || begin === undefined || end === undefined) {
      throw this.broken('bad-entry', this.tensor);
    }
    return { dtype, shape, dataOffsets: [begin, end] };
  }

  /** `readValue` is called after each `"name":` and must leave the position behind the value. */
  private readObject(rule: SafetensorsRule, readValue: (name: string) => void): void {
    this.expect('{', rule);
    if (this.accept('}')) return;
    do {
      this.skipSpace();
      const name = this.readString(rule);
      this.expect(':', rule);
      this.skipSpace();
      readValue(name);
    } while (this.accept(','));
    this.expect('}', rule);
  }

  private readIntegers(maximum: number, rule: SafetensorsRule): number[] {
    this.expect('[', rule);
    const values: number[] = [];
    if (this.accept(']')) return values;
    do {
      if (values.length === maximum) throw this.broken(rule, this.tensor);
      this.skipSpace();
      JSON_INTEGER.lastIndex = this.position;
      const found = JSON_INTEGER.exec(this.text);
      if (found === null) throw this.broken(rule, this.tensor);
      this.position = JSON_INTEGER.lastIndex;
      values.push(Number(found[0]));
    } while (this.accept(','));
    this.expect(']', rule);
    return values;
  }

  private readString(rule: SafetensorsRule): string {
    const start = this.position;
    if (this.text[start] !== '"') throw this.broken(rule, this.tensor);
    // The end is searched for by hand: a pattern's repetition could exhaust the stack on a name of many megabytes.
    let end = this.text.indexOf('"', start + 1);
    while (end !== -1 && this.backslashesBefore(end) % 2 === 1) end = this.text.indexOf('"', end + 1);
    if (end === -1) throw this.broken(rule, this.tensor);
    this.position = end + 1;
    const plain = this.text.slice(start + 1, end);
    if (!/[\\\u0000-\u001f]/.test(plain)) return plain;
    try {
      return String(JSON.parse(`"${plain}"`));
    } catch {
      throw this.broken(rule, this.tensor);
    }
  }

  private backslashesBefore(position: number): number {
    let count = 0;
    while (this.text[position - 1 - count] === '\\') count += 1;
    return count;
  }

  private skipSpace(): void {
    const code = this.text.charCodeAt(this.position);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    JSON_SPACE.lastIndex = this.position;
    JSON_SPACE.exec(this.text);
    this.position = JSON_SPACE.lastIndex;
  }

  private accept(sign: string): boolean {
    this.skipSpace();
    if (this.text[this.position] !== sign) return false;
    this.position += 1;
    return true;
  }

  private expect(sign: string, rule: SafetensorsRule): void {
    if (!this.accept(sign)) throw this.broken(rule, this.tensor);
  }

  private broken(rule: SafetensorsRule, tensor?: string, expected?: number) {
    return brokenRule(this.file, rule, {
      begin: this.position,
      ...(tensor === undefined ? {} : { tensor }),
      ...(expected === undefined ? {} : { expected }),
    });
  }
}
