/**
 * Checks the pages of a column before they are decoded. The library that decodes trusts the counts that a page states:
 * a wrong one makes it fill memory, or leave rows empty without a word. Here every count is held against the bytes, and
 * page checksums, which it does not look at, are compared where they are there.
 */
import type { ColumnMetaData, CompressionCodec } from 'hyparquet';
import { crc32 } from '../../../domain';
import { ThriftReader, type ThriftStruct } from './thrift';

export type Decompress = (codec: CompressionCodec, bytes: Uint8Array, length: number) => Uint8Array;

export interface CheckedColumn {
  meta: ColumnMetaData;
  rows: number;
  /** How deep values may be absent or repeated, by the schema. */
  definitionLevels: number;
  repetitionLevels: number;
  typeLength: number;
}

/** `checksum`, `unsupported` and `bad-structure` as in `FileDamage`; `byte` is where the page begins. */
export class PageFault extends Error {
  constructor(
    readonly rule: 'bad-structure' | 'checksum' | 'too-large' | 'cut-short',
    readonly byte: number,
  ) {
    super(rule);
  }
}

const mostPageBytes = 1 << 30;
/** What the best packers reach on text that repeats itself. */
const mostRatio = 20_000;

const bitWidth = (value: number): number => 32 - Math.clz32(value);

/** Numbers packed as runs; calls back with each run's value, or for packed ones with each value. */
function walkRuns(bytes: Uint8Array, begin: number, end: number, width: number, count: number, take: (value: number, times: number) => void): void {
  let position = begin;
  let left = count;
  const byte = () => {
    if (position >= end) throw new RangeError('runs past the end');
    return bytes[position++] ?? 0;
  };
  while (left > 0) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (shift > 28) throw new RangeError('run too long');
      const next = byte();
      head += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) break;
    }
    if (head % 2 === 0) {
      const times = head / 2;
      let value = 0;
      for (let index = 0; index < (width + 7) >> 3; index += 1) value += byte() * 2 ** (8 * index);
      if (times > left || times === 0) throw new RangeError('run of another length');
      take(value, times);
      left -= times;
      continue;
    }
    const groups = (head - 1) / 2;
    const values = Math.min(left, groups * 8);
    if (groups === 0 || groups * 8 >= left + 8) throw new RangeError('run of another length');
    let data = 0;
    let bits = 0;
    const runEnd = position + groups * width;
    for (let index = 0; index < values; index += 1) {
      for (; bits < width; bits += 8) data += byte() * 2 ** bits;
      const value = width === 0 ? 0 : data % 2 ** width;
      data = Math.floor(data / 2 ** width);
      bits -= width;
      take(value, 1);
    }
    position = Math.min(runEnd, end);
    left -= values;
  }
}

const plainBytes: Partial<Record<ColumnMetaData['type'], number>> = { INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8 };

function checkPlain(bytes: Uint8Array, begin: number, count: number, column: CheckedColumn): void {
  const { type } = column.meta;
  const fixed = type === 'FIXED_LEN_BYTE_ARRAY' ? column.typeLength : plainBytes[type];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = begin;
  if (type === 'BOOLEAN') end += Math.ceil(count / 8);
  else if (fixed !== undefined) end += count * fixed;
  else for (let index = 0; index < count && end <= bytes.length; index += 1) end += 4 + view.getUint32(end, true);
  if (end > bytes.length) throw new RangeError('values past the end');
}

const encodings = { plain: 0, plainDictionary: 2, runs: 3, dictionary: 8 };

class ColumnChecker {
  private dictionary = -1;
  private values = 0;
  private rows = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly column: CheckedColumn,
    private readonly decompress: Decompress,
  ) {}

  check(): void {
    const { meta, rows } = this.column;
    const begin = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const end = begin + Number(meta.total_compressed_size);
    const wanted = Number(meta.num_values);
    if (!(begin >= 4) || !(end <= this.bytes.length) || end <= begin) throw new PageFault('cut-short', Math.max(0, begin) || 0);
    if (!(wanted >= 0) || (this.column.repetitionLevels === 0 && wanted !== rows)) throw new PageFault('bad-structure', begin);
    let position = begin;
    while (position < end && this.values < wanted) {
      const pageBegin = position;
      try {
        position = this.page(position, end);
      } catch (error) {
        throw error instanceof PageFault ? error : new PageFault('bad-structure', pageBegin);
      }
    }
    if (this.values !== wanted || this.rows !== rows || position !== end) throw new PageFault('bad-structure', begin);
  }

  private page(begin: number, end: number): number {
    const reader = new ThriftReader(this.bytes, begin);
    const header = reader.struct();
    const number = (struct: ThriftStruct, field: number): number => {
      const value = struct.get(field);
      if (typeof value !== 'number' || value < 0) throw new RangeError('no number');
      return value;
    };
    const unpacked = number(header, 2);
    const packed = number(header, 3);
    const pageEnd = reader.position + packed;
    if (pageEnd > end) throw new RangeError('page past the end');
    const content = this.bytes.subarray(reader.position, pageEnd);
    const crc = header.get(4);
    if (typeof crc === 'number' && (crc >>> 0) !== crc32(content)) throw new PageFault('checksum', begin);
    if (unpacked > mostPageBytes || unpacked > 65_536 + packed * mostRatio) throw new PageFault('too-large', begin);
    const part = (field: number): ThriftStruct => {
      const value = header.get(field);
      if (!(value instanceof Map)) throw new RangeError('no page');
      return value;
    };
    const type = header.get(1);
    if (type === 0) this.dataPage(this.unpack(content, unpacked), number(part(5), 1), number(part(5), 2));
    else if (type === 2) {
      const page = this.unpack(content, unpacked);
      this.dictionary = number(part(7), 1);
      checkPlain(page, 0, this.dictionary, this.column);
    } else if (type === 3) this.dataPageV2(content, unpacked, part(8), number);
    else throw new RangeError('unknown page');
    return pageEnd;
  }

  private unpack(content: Uint8Array, length: number): Uint8Array {
    const page = this.decompress(this.column.meta.codec, content, length);
    if (page.length !== length) throw new RangeError('unpacks to another length');
    return page;
  }

  /** Levels of a page: how many values are there, and how many of them begin a row. */
  private levels(page: Uint8Array, begin: number, end: number, most: number, count: number): { top: number; zero: number } {
    const found = { top: 0, zero: 0 };
    walkRuns(page, begin, end, bitWidth(most), count, (value, times) => {
      if (value > most) throw new RangeError('level too high');
      if (value === most) found.top += times;
      if (value === 0) found.zero += times;
    });
    return found;
  }

  private dataPage(page: Uint8Array, count: number, encoding: number): void {
    const { definitionLevels, repetitionLevels } = this.column;
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    let position = 0;
    const block = (most: number) => {
      const begin = position + 4;
      const end = begin + view.getUint32(position, true);
      if (end > page.length) throw new RangeError('levels past the end');
      position = end;
      return this.levels(page, begin, end, most, count);
    };
    this.count(count);
    const rows = repetitionLevels > 0 ? block(repetitionLevels).zero : count;
    const present = definitionLevels > 0 ? block(definitionLevels).top : count;
    this.rows += rows;
    this.content(page, position, present, encoding);
  }

  private dataPageV2(content: Uint8Array, unpacked: number, header: ThriftStruct, number: (struct: ThriftStruct, field: number) => number): void {
    const { definitionLevels, repetitionLevels } = this.column;
    const count = number(header, 1);
    const definitions = number(header, 5);
    const repetitions = number(header, 6);
    const begin = definitions + repetitions;
    if (begin > content.length || begin > unpacked) throw new RangeError('levels past the end');
    this.count(count);
    const rows = repetitionLevels > 0 ? this.levels(content, 0, repetitions, repetitionLevels, count).zero : count;
    const present = definitionLevels > 0 ? this.levels(content, repetitions, begin, definitionLevels, count).top : count;
    if (present !== count - number(header, 2) || rows !== number(header, 3)) throw new RangeError('another count');
    this.rows += rows;
    const body = content.subarray(begin);
    const page = header.get(7) === false ? body : this.unpack(body, unpacked - begin);
    this.content(page, 0, present, number(header, 4));
  }

  private count(values: number): void {
    this.values += values;
    if (this.values > Number(this.column.meta.num_values)) throw new RangeError('too many values');
  }

  private content(page: Uint8Array, begin: number, count: number, encoding: number): void {
    if (encoding === encodings.plain) checkPlain(page, begin, count, this.column);
    else if (encoding === encodings.plainDictionary || encoding === encodings.dictionary) {
      if (count === 0) return;
      const width = page[begin];
      if (this.dictionary < 0 || width === undefined || width > 32) throw new RangeError('no dictionary');
      walkRuns(page, begin + 1, page.length, width, count, (value) => {
        if (value >= this.dictionary) throw new RangeError('not in the dictionary');
      });
    } else if (encoding === encodings.runs) {
      if (this.column.meta.type !== 'BOOLEAN') throw new RangeError('runs of another type');
      walkRuns(page, begin + 4, page.length, 1, count, () => undefined);
    }
  }
}

/** Throws a `PageFault` with the byte of the first page that does not hold together. */
export function checkColumn(bytes: Uint8Array, column: CheckedColumn, decompress: Decompress): void {
  new ColumnChecker(bytes, column, decompress).check();
}
