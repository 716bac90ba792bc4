/** Cuts a text into the JSON values of a list, or that follow one another, without reading what is in them. */

export interface ValueText {
  text: string;
  /** The first value is 1. */
  row: number;
  /** Character offset in the whole text. */
  begin: number;
}

export interface ValueFault {
  rule: 'not-json' | 'cut-short';
  row: number;
  begin: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
function opens(unit: number): boolean {
  return unit === 0x7b || unit === 0x5b;
}
function closes(unit: number): boolean {
  return unit === 0x7d || unit === 0x5d;
}

type State = 'before-list' | 'first-value' | 'value' | 'after-value' | 'inside' | 'after-list';

/** One linear pass over pieces of text; a string or a bare value may be cut anywhere between two pieces. */
export class ValueReader {
  fault: ValueFault | null = null;
  private state: State;
  private row = 1;
  private offset = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private isBare = false;
  private parts: string[] = [];
  private begin = 0;

  /** `list`: the values stand in one pair of brackets, with commas between them. */
  constructor(private readonly list: boolean) {
    this.state = list ? 'before-list' : 'value';
  }

  push(text: string, last: boolean): ValueText[] {
    const values: ValueText[] = [];
    let from = this.state === 'inside' ? 0 : -1;
    for (let index = 0; index < text.length && this.fault === null; index += 1) {
      const unit = text.charCodeAt(index);
      if (this.state !== 'inside') {
        if (isSpace(unit)) continue;
        if (!this.begins(unit, this.offset + index)) continue;
        from = index;
        this.begin = this.offset + index;
        this.isBare = unit !== quote && !opens(unit);
        if (this.isBare) continue;
      } else if (this.isBare) {
        if (!isSpace(unit) && unit !== comma && !closes(unit) && !opens(unit)) continue;
        values.push(this.take(text.slice(from, index)));
        index -= 1;
        continue;
      }
      if (!this.passes(unit)) continue;
      values.push(this.take(text.slice(from, index + 1)));
    }
    if (this.state === 'inside' && this.fault === null) this.parts.push(text.slice(Math.max(from, 0)));
    this.offset += text.length;
    if (last) this.finish(values);
    return values;
  }

  /** Whether a value begins with this sign; a bracket or comma of the list itself moves on, anything else is a fault. */
  private begins(unit: number, place: number): boolean {
    const isEnd = this.list && unit === 0x5d;
    if (this.state === 'before-list' && unit === 0x5b) this.state = 'first-value';
    else if (isEnd && (this.state === 'first-value' || this.state === 'after-value')) this.state = 'after-list';
    else if (this.state === 'after-value' && unit === comma) this.state = 'value';
    else if ((this.state === 'first-value' || this.state === 'value') && unit !== comma && !closes(unit)) {
      this.state = 'inside';
      return true;
    } else this.fault = { rule: 'not-json', row: this.row, begin: place };
    return false;
  }

  /** Takes one sign of a string, list or object; true where the value ends with it. */
  private passes(unit: number): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (unit === backslash) this.escaped = true;
      else if (unit === quote) this.inString = false;
      return !this.inString && this.depth === 0;
    }
    if (unit === quote) this.inString = true;
    else if (opens(unit)) this.depth += 1;
    else if (closes(unit)) this.depth -= 1;
    return this.depth === 0 && !this.inString;
  }

  private take(end: string): ValueText {
    const text = this.parts.length === 0 ? end : this.parts.join('') + end;
    this.parts = [];
    this.isBare = false;
    this.state = this.list ? 'after-value' : 'value';
    return { text, row: this.row++, begin: this.begin };
  }

  private finish(values: ValueText[]): void {
    if (this.fault !== null) return;
    if (this.state === 'inside' && this.isBare && !this.list) values.push(this.take(''));
    else if (this.state === 'inside') this.fault = { rule: 'cut-short', row: this.row, begin: this.begin };
    else if (this.list && this.state !== 'after-list') this.fault = { rule: 'cut-short', row: this.row, begin: this.offset };
  }
}
