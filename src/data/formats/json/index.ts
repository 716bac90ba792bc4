/** JSON: one object a line (JSON Lines), one list of objects, or objects one after the other. */
import { fileEndings } from '../../../domain';
import { damaged, byteOfCharacter } from '../../damage';
import { detectEncoding } from '../../encoding';
import { readLines } from '../../lines';
import { openText } from '../../textInput';
import { UndecodableRanges } from '../../undecodable';
import { batchRows, hasExtension, mostColumns, sure, type FileFormat, type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';
import { membersOf } from './members';
import { ValueReader } from './values';

const sampledLines = 20;

type Layout = 'lines' | 'list' | 'values';

interface ValuePlace {
  text: string;
  row: number;
  begin: number;
  undecodable: boolean;
}

function isObject(text: string): boolean {
  try {
    return membersOf(text) !== null;
  } catch {
    return false;
  }
}

function layoutOf(sample: string, isWhole: boolean): Layout {
  const start = sample.trimStart();
  if (start.startsWith('[')) return 'list';
  const lines = start.split(/\r\n|\n|\r/, sampledLines + 1);
  if (!isWhole && lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '');
  if (!start.startsWith('{')) return 'lines';
  return filled.filter(isObject).length * 2 >= filled.length ? 'lines' : 'values';
}

/** Why a value is no row; its place in the file is worked out by whoever catches this. */
class ValueFault extends Error {
  constructor(
    readonly rule: 'not-json' | 'not-object' | 'too-many-columns',
    readonly value: ValuePlace,
  ) {
    super(rule);
  }
}

/** Collects objects into rows; a name seen for the first time opens a column. */
class ObjectRows {
  readonly header: string[] = [];
  private readonly columns = new Map<string, number>();
  private rows: SourceRow[] = [];
  private width = 0;

  constructor(private readonly input: FormatInput) {}

  get isFull(): boolean {
    return this.rows.length >= batchRows;
  }

  add(value: ValuePlace): void {
    const { row, text } = value;
    const blank = text.trim() === '';
    if (blank || value.undecodable) {
      this.rows.push({ row, cells: blank ? [] : [text], blank, problem: value.undecodable ? 'undecodable' : null });
      return;
    }
    let members: ReturnType<typeof membersOf> = null;
    let rule: 'not-json' | 'not-object' = 'not-object';
    try {
      members = membersOf(text);
    } catch {
      rule = 'not-json';
    }
    if (members === null) {
      if (this.input.choice.damagedRows !== 'leave-out') throw new ValueFault(rule, value);
      this.rows.push({ row, cells: [text], blank: false, problem: 'damaged' });
      return;
    }
    const cells = new Array<string>(this.header.length).fill('');
    for (const [name, cell] of members) cells[this.column(name, value)] = cell;
    this.rows.push({ row, cells, blank: false, problem: null });
  }

  private column(name: string, value: ValuePlace): number {
    const known = this.columns.get(name);
    if (known !== undefined) return known;
    if (this.header.length >= mostColumns) throw new ValueFault('too-many-columns', value);
    this.columns.set(name, this.header.length);
    return this.header.push(name) - 1;
  }

  take(bytesRead: number): RowBatch {
    const { rows } = this;
    this.rows = [];
    for (const { cells, problem } of rows) if (problem === null) while (cells.length < this.header.length) cells.push('');
    if (this.header.length === this.width) return { rows, bytesRead };
    this.width = this.header.length;
    return { rows, bytesRead, header: [...this.header] };
  }
}

interface Piece {
  values: ValuePlace[];
  bytesRead: number;
}

async function open(input: FormatInput): Promise<RowSource> {
  const { file } = input;
  const { encoding, hasByteOrderMark, notices, chunks, sample } = await openText(input);
  const layout = layoutOf(sample.text, sample.last);
  const placeOf = async ({ row, begin }: { row: number; begin: number }) => ({ row, byte: await byteOfCharacter(file, encoding, begin) });

  async function* linePieces(): AsyncGenerator<Piece> {
    for await (const { lines, bytesRead } of readLines(chunks())) yield { values: lines, bytesRead };
  }

  async function* valuePieces(): AsyncGenerator<Piece> {
    const reader = new ValueReader(layout === 'list');
    const ranges = new UndecodableRanges();
    for await (const chunk of chunks()) {
      ranges.add(chunk);
      const values = reader.push(chunk.text, chunk.last).map((value) => ({
        ...value,
        undecodable: ranges.touches({ begin: value.begin, end: value.begin + value.text.length }),
      }));
      yield { values, bytesRead: chunk.bytesRead };
      if (reader.fault !== null) throw damaged(file.name, reader.fault.rule, await placeOf(reader.fault));
    }
  }

  async function* rows(): AsyncGenerator<RowBatch> {
    const objects = new ObjectRows(input);
    try {
      for await (const { values, bytesRead } of layout === 'lines' ? linePieces() : valuePieces()) {
        for (const value of values) {
          objects.add(value);
          if (objects.isFull) yield objects.take(bytesRead);
        }
        yield objects.take(bytesRead);
      }
    } catch (thrown) {
      if (!(thrown instanceof ValueFault)) throw thrown;
      const { rule, value } = thrown;
      throw damaged(file.name, rule, { ...(await placeOf(value)), canLeaveOut: rule !== 'too-many-columns' });
    }
  }

  return {
    dialect: { format: 'json', encoding, hasByteOrderMark, delimiter: ',', quoted: true, hasHeader: true, skippedLines: 0 },
    header: [],
    width: 0,
    notices,
    rows,
  };
}

function sniff(fileName: string, sample: Uint8Array): number {
  const text = new TextDecoder(detectEncoding(sample).encoding).decode(sample).replace(/^\ufeff/, '').trimStart();
  const named = hasExtension(fileName, fileEndings.json);
  if (named) return /^[[{]/.test(text) ? 0.96 : 0.85;
  if (/^\[\s*\{\s*["}]/.test(text)) return sure;
  if (!text.startsWith('{')) return 0;
  const [line = ''] = text.split(/[\r\n]/, 1);
  if (isObject(line)) return sure;
  return /^\{\s*"[^"\n]*"\s*:/.test(text) ? 0.7 : 0;
}

export const json: FileFormat = { id: 'json', extensions: fileEndings.json, sniff, open };
