import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../importTable';
import { parquetOf } from '../../testFiles';
import { rowsOf } from '../../testTable';

const name = 'a.parquet';
const read = (bytes: Uint8Array, fileName = name) => readTable({ name: fileName, bytes });
const columns = [
  { name: 'text', data: ['plain', '很好 😀', null, '', 'a\nb'], type: 'STRING' as const },
  { name: 'label', data: ['a', 'b', 'a', 'b', 'a'], type: 'STRING' as const },
];
const rows = [
  ['plain', 'a'],
  ['很好 😀', 'b'],
  ['', 'a'],
  ['', 'b'],
  ['a\nb', 'a'],
];
const damaged = (facts: Record<string, unknown>) => ({ code: 'data.damaged-file', facts: { file: name, ...facts } });

describe('Parquet', () => {
  it.each(['a.parquet', 'a.csv', 'data'])('gives back its cells: %s', async (fileName) => {
    for (const codec of ['SNAPPY', 'UNCOMPRESSED'] as const) {
      const table = await read(parquetOf(columns, { codec }), fileName);
      expect(table.columns.map((column) => column.name)).toEqual(['text', 'label']);
      expect(rowsOf(table)).toEqual(rows);
      expect([...table.rowNumbers]).toEqual([1, 2, 3, 4, 5]);
      expect(table.dialect.format).toBe('parquet');
      expect(table.notices).toEqual([]);
    }
  });

  it('reads other codecs, whose code is fetched then', async () => {
    const compressors = {
      GZIP: (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes)),
      BROTLI: (bytes: Uint8Array) => Uint8Array.from(brotliCompressSync(bytes)),
    };
    for (const codec of ['GZIP', 'BROTLI'] as const) {
      const many = Array.from({ length: 2000 }, (_, index) => `很好 ${index % 50}`);
      const table = await read(parquetOf([{ name: 'text', data: many, type: 'STRING' }], { codec, compressors }));
      expect([...(table.columns[0]?.cells ?? [])]).toEqual(many);
    }
  });

  it('reads many groups of rows, each value where it belongs', async () => {
    const texts = Array.from({ length: 12_345 }, (_, index) => (index % 7 === 0 ? null : `text ${index}`));
    const labels = texts.map((_, index) => `label ${index % 3}`);
    const bytes = parquetOf([{ name: 't', data: texts, type: 'STRING' }, { name: 'l', data: labels, type: 'STRING' }], { rowGroupSize: 1000 });
    const table = await read(bytes);
    expect([...(table.columns[0]?.cells ?? [])]).toEqual(texts.map((text) => text ?? ''));
    expect([...(table.columns[1]?.cells ?? [])]).toEqual(labels);
  });

  it('writes every type as a person would', async () => {
    const table = await read(
      parquetOf([
        { name: 'int', data: [1, -2], type: 'INT32' },
        { name: 'big', data: [12345678901234567n, -1n], type: 'INT64' },
        { name: 'float', data: [0.1, 1e-7], type: 'FLOAT' },
        { name: 'double', data: [0.1, NaN], type: 'DOUBLE' },
        { name: 'bool', data: [true, false], type: 'BOOLEAN' },
        { name: 'time', data: [new Date('2024-01-02T03:04:05.678Z'), new Date('1969-12-31T23:59:59Z')], type: 'TIMESTAMP' },
        { name: 'json', data: [{ a: [1, '好'] }, null], type: 'JSON' },
      ]),
    );
    expect(rowsOf(table)).toEqual([
      ['1', '12345678901234567', '0.1', '0.1', 'true', '2024-01-02T03:04:05.678Z', '{"a":[1,"好"]}'],
      ['-2', '-1', '1e-7', 'NaN', 'false', '1969-12-31T23:59:59Z', ''],
    ]);
  });

  it('writes lists as JSON', async () => {
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'tokens', repetition_type: 'OPTIONAL' as const, num_children: 1, converted_type: 'LIST' as const },
      { name: 'list', repetition_type: 'REPEATED' as const, num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL' as const, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const },
    ];
    const table = await read(parquetOf([{ name: 'tokens', data: [['a', 'b'], [], null, ['c', null]] }], { schema }));
    expect(rowsOf(table)).toEqual([['["a","b"]'], ['[]'], [''], ['["c",null]']]);
  });

  it('keeps a huge cell whole, and tells that there are no rows', async () => {
    const cell = '很好 '.repeat(200_000);
    expect((await read(parquetOf([{ name: 'a', data: [cell], type: 'STRING' }]))).columns[0]?.cells.at(0)).toEqual(cell);
    await expect(read(parquetOf([{ name: 'a', data: [], type: 'STRING' }, { name: 'b', data: [], type: 'STRING' }]))).rejects.toMatchObject({
      code: 'data.no-rows',
      facts: { kind: 'header-only', columns: ['a', 'b'] },
    });
  });
});

describe('Parquet: damaged files', () => {
  const bytes = parquetOf(columns, { codec: 'UNCOMPRESSED' });

  it('says where it is cut short, and that its end does not fit', async () => {
    await expect(read(bytes.subarray(0, 100))).rejects.toMatchObject(damaged({ rule: 'cut-short', byte: 100 }));
    const long = Uint8Array.from(bytes);
    new DataView(long.buffer).setUint32(long.length - 8, 1e9, true);
    await expect(read(long)).rejects.toMatchObject(damaged({ rule: 'bad-structure', byte: bytes.length - 8 }));
    const footer = Uint8Array.from(bytes).fill(0xff, bytes.length - 60, bytes.length - 8);
    await expect(read(footer)).rejects.toMatchObject(damaged({ rule: 'bad-structure' }));
  });

  it('gives column and byte of a page that does not hold together, for every byte of it', async () => {
    const [text] = ['plain'];
    const place = new TextDecoder('latin1').decode(bytes).indexOf(text);
    // The length of the first value, made to reach past its page.
    const value = Uint8Array.from(bytes);
    new DataView(value.buffer).setUint32(place - 4, 5000, true);
    await expect(read(value)).rejects.toMatchObject(damaged({ rule: 'bad-structure', part: 'text', byte: 4 }));
    let refused = 0;
    for (let at = 4; at < place - 4; at += 1) {
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x55;
      const table = await read(flipped).catch((error: unknown) => error);
      if (table instanceof Error) {
        refused += 1;
        expect(table).toMatchObject(damaged({ part: 'text', byte: 4 }));
      } else expect((table as Awaited<ReturnType<typeof read>>).rowsInFile).toBe(5);
    }
    expect(refused).toBeGreaterThan(5);
  });

  it('sets a row aside whose bytes are no text', async () => {
    const place = new TextDecoder('latin1').decode(bytes).indexOf('plain');
    const broken = Uint8Array.from(bytes);
    broken[place] = 0xff;
    const table = await read(broken);
    expect(table.setAside).toEqual([{ row: 1, reason: 'undecodable', cells: ['\ufffdlain', 'a'] }]);
    expect(table.rowsInFile).toBe(5);
  });
});
