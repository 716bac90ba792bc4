/** The compact Thrift encoding of a page header, read with every length checked. */

export type ThriftValue = number | bigint | boolean | null | ThriftStruct;
export type ThriftStruct = Map<number, ThriftValue>;

const deepest = 20;

export class ThriftReader {
  constructor(
    private readonly bytes: Uint8Array,
    public position: number,
  ) {}

  private byte(): number {
    const byte = this.bytes[this.position];
    if (byte === undefined) throw new RangeError('header past the end');
    this.position += 1;
    return byte;
  }

  /** At most ten bytes, as 64 bits take. */
  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('number too long');
  }

  private zigzag(): number {
    const value = this.varint();
    return Number(value & 1n ? -(value >> 1n) - 1n : value >> 1n);
  }

  private skip(length: number): null {
    if (length < 0 || this.position + length > this.bytes.length) throw new RangeError('length past the end');
    this.position += length;
    return null;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > deepest) throw new RangeError('too deep');
    const fields: ThriftStruct = new Map();
    let field = 0;
    for (;;) {
      const head = this.byte();
      const type = head & 0x0f;
      if (type === 0) return fields;
      field = head >> 4 === 0 ? this.zigzag() : field + (head >> 4);
      fields.set(field, this.value(type, depth));
    }
  }

  private value(type: number, depth: number): ThriftValue {
    if (type === 1 || type === 2) return type === 1;
    if (type === 3) return this.byte();
    if (type >= 4 && type <= 6) return this.zigzag();
    if (type === 7) return this.skip(8);
    if (type === 8) return this.skip(Number(this.varint()));
    if (type === 9 || type === 10) {
      const head = this.byte();
      const size = head >> 4 === 15 ? Number(this.varint()) : head >> 4;
      if (size > this.bytes.length) throw new RangeError('list too long');
      for (let index = 0; index < size; index += 1) this.value(head & 0x0f || 3, depth + 1);
      return null;
    }
    if (type === 12) return this.struct(depth + 1);
    throw new RangeError('unknown type');
  }
}
