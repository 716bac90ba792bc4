import { describe, expect, it } from 'vitest';
import { readTable, type ImportOptions } from '../../importTable';
import { bytesOf, joined, fromHex, latin1, rowsOf, utf16 } from '../../testTable';
import { membersOf } from './members';
import { ValueReader } from './values';

const read = (text: string | Uint8Array, options: ImportOptions = {}, name = 'a.jsonl') =>
  readTable({ name, bytes: typeof text === 'string' ? bytesOf(text) : text }, options);
const namesOf = async (text: string, name?: string) => (await read(text, {}, name)).columns.map((column) => column.name);
const objects = [
  { text: 'plain, "quoted" and\nbroken', label: 'a' },
  { text: '很好 😀 \u2028', label: '__proto__' },
  { text: '', label: 'c' },
];

describe('JSON', () => {
  it.each([
    ['lines', objects.map((row) => JSON.stringify(row)).join('\n')],
    ['lines with CR LF and blank ones', `\ufeff${objects.map((row) => `${JSON.stringify(row)}\r\n\r\n`).join('')}`],
    ['one list', JSON.stringify(objects)],
    ['an indented list', JSON.stringify(objects, null, 2)],
    ['indented objects', objects.map((row) => JSON.stringify(row, null, 1)).join('\n')],
    ['objects on one line', objects.map((row) => JSON.stringify(row)).join('')],
  ])('gives back the cells of %s', async (_, text) => {
    for (const name of ['a.jsonl', 'a.json', 'pasted text', 'a.bin']) {
      const table = await read(text, {}, name);
      expect(rowsOf(table)).toEqual(objects.map(({ text: cell, label }) => [cell, label]));
      expect(table.dialect).toMatchObject({ format: 'json', encoding: 'utf-8', hasHeader: true });
      expect(table.setAside).toEqual([]);
    }
  });

  it('knows JSON Lines and lists under the name of a table', async () => {
    expect((await read('{"a":1}\n{"a":2}\n', {}, 'a.txt')).dialect.format).toBe('json');
    expect((await read('[{"a":1}]', {}, 'a.csv')).dialect.format).toBe('json');
  });

  it('counts lines as rows, and blank ones too', async () => {
    const table = await read('\n{"a":1}\n\n{"a":2}\n');
    expect([...table.rowNumbers]).toEqual([2, 4]);
    expect(table.notices).toContainEqual({ kind: 'blank-lines', lines: 2 });
    expect([...(await read('[{"a":1},\n{"a":2}]')).rowNumbers]).toEqual([1, 2]);
  });

  it('leaves missing names empty, and gives late ones a column', async () => {
    const table = await read('{"a":"1"}\n{"b":"2"}\n{"__proto__":"3","a":null}\n{"constructor":"4"}\n');
    expect(table.columns.map((column) => column.name)).toEqual(['a', 'b', '__proto__', 'constructor']);
    expect(rowsOf(table)).toEqual([
      ['1', '', '', ''],
      ['', '2', '', ''],
      ['', '', '3', ''],
      ['', '', '', '4'],
    ]);
    const many = Array.from({ length: 12_000 }, (_, index) => (index === 11_999 ? '{"a":"x","late":"y"}' : '{"a":"x"}')).join('\n');
    const late = await read(many);
    expect(late.columns[1]?.cells).toHaveLength(12_000);
    expect([...(late.columns[1]?.cells ?? [])].slice(-2)).toEqual(['', 'y']);
    expect(await namesOf('{" a":1,"a":2,"":3}')).toEqual(['a', 'a (2)', 'column 3']);
  });

  it('writes nested values as JSON, and numbers as they stand', async () => {
    const line = '{"a":{"x":[1,"y\\n"]},"b":[],"c":1.0,"d":12345678901234567890,"e":1e400,"f":true,"g":null,"h":-0,"i":0.1}';
    const table = await read(`${line}\n{"a":{"id":12345678901234567891}}\n`);
    expect(rowsOf(table)[0]).toEqual(['{"x":[1,"y\\n"]}', '[]', '1.0', '12345678901234567890', '1e400', 'true', '', '-0', '0.1']);
    expect(rowsOf(table)[1]?.[0]).toBe('{"id":12345678901234567891}');
    expect(membersOf('{ "a" : "x}" , "n" : 1e5 , "b" : { "c" : "]" } }')).toEqual([
      ['a', 'x}'],
      ['n', '1e5'],
      ['b', '{ "c" : "]" }'],
    ]);
  });

  it('reads other encodings', async () => {
    const text = '{"text":"一直很快","label":"好评"}\n';
    expect(rowsOf(await read(utf16(text, true)))).toEqual([['一直很快', '好评']]);
    expect(rowsOf(await read(latin1('{"a":"caf\xe9"}\n')))).toEqual([['café']]);
    const gbk = joined(bytesOf('{"a":"'), fromHex('badcbfecbadcb2bbb4ed'), bytesOf('"}\n'));
    expect(rowsOf(await read(gbk))).toEqual([['很快很不错']]);
    const mixed = joined(bytesOf('{"a":"很快很不错很快很不错"}\n'), gbk);
    await expect(read(mixed)).rejects.toMatchObject({ code: 'data.mixed-encoding', facts: { row: 2 } });
    const partly = await read(mixed, { choice: { mixedEncoding: 'leave-out' } });
    expect(partly.setAside).toMatchObject([{ row: 2, reason: 'undecodable' }]);
    expect(rowsOf(await read(mixed, { choice: { mixedEncoding: 'each-part' } }))).toHaveLength(2);
    const long = joined(bytesOf('{"a":"很快很不错很快很不错"}\n'.repeat(15_000)), gbk, bytesOf('{"a":"1"}\n'));
    const inSecondPiece = await read(long, { choice: { mixedEncoding: 'leave-out' } });
    expect(inSecondPiece.setAside.map(({ row }) => row)).toEqual([15_001]);
  });

  it('keeps a huge cell whole, and takes linear time', async () => {
    const cell = 'word '.repeat(400_000);
    const begin = performance.now();
    expect((await read(JSON.stringify({ a: cell }))).columns[0]?.cells.at(0)).toEqual(cell);
    expect((await read(JSON.stringify([{ a: cell }, { a: '\\'.repeat(100_000) }]))).columns[0]?.cells.at(1)).toHaveLength(100_000);
    expect(performance.now() - begin).toBeLessThan(30_000);
  });
});

describe('JSON: fault 1 and damaged files', () => {
  const damaged = (rule: string, row: number, byte: number) => ({
    code: 'data.damaged-file',
    facts: { file: 'a.jsonl', rule, row, byte, part: null, cell: null },
  });

  it('tells that there are no rows', async () => {
    await expect(read('[]')).rejects.toMatchObject({ code: 'data.no-rows', facts: { kind: 'empty-list' } });
    await expect(read('\n \n')).rejects.toMatchObject({ code: 'data.no-rows' });
  });

  it.each([
    ['{"a":"好"}\n{"a":\n', 'not-json', 2, 12],
    ['{"a":"好"}\n{"a":1}{"a":2}\n', 'not-json', 2, 12],
    ['{"a":"😀"}\n{"a":\n', 'not-json', 2, 13],
    ['{"a":1}\n[1,2]\n', 'not-object', 2, 8],
    ['{"a":1}\n"text"\n', 'not-object', 2, 8],
    ['[{"a":"好"},{"a":2}', 'cut-short', 3, 20],
    ['[{"a":1},{"a":"2', 'cut-short', 2, 9],
    ['[{"a":1} {"a":2}]', 'not-json', 2, 9],
    ['[{"a":1},{"a":2]', 'not-json', 2, 9],
    ['[{"a":1}] x', 'not-json', 2, 10],
    ['[{"a":1},2]', 'not-object', 2, 9],
    ['{\n"a":1\n}\n{"a":\n', 'cut-short', 2, 10],
  ])('gives the place in %j', async (text, rule, row, byte) => {
    await expect(read(text)).rejects.toMatchObject(damaged(rule, row, byte));
  });

  it('sets damaged rows aside where that was chosen, each counted', async () => {
    const table = await read('{"a":1}\n{"a":\n7\n{"a":2}\n', { choice: { damagedRows: 'leave-out' } });
    expect(rowsOf(table)).toEqual([['1'], ['2']]);
    expect(table.setAside).toEqual([
      { row: 2, reason: 'damaged', cells: ['{"a":'] },
      { row: 3, reason: 'damaged', cells: ['7'] },
    ]);
    expect(table.rowsInFile).toBe(4);
  });

  it('refuses a dictionary, which would be as wide as it is long', async () => {
    const text = Array.from({ length: 3000 }, (_, index) => `{"id${index}":1}`).join('\n');
    await expect(read(text)).rejects.toMatchObject({ code: 'data.damaged-file', facts: { rule: 'too-many-columns', row: 2001 } });
  });

  it('refuses rows of ever other names before they fill the memory', async () => {
    const text = Array.from({ length: 120_000 }, (_, index) => `{"n${index % 1500}":1}`).join('\n');
    await expect(read(text)).rejects.toMatchObject({ code: 'data.damaged-file', facts: { rule: 'too-large' } });
  });

  it('is not taken for JSON where it is a table', async () => {
    expect((await read('{"a"},b\n1,2\n', {}, 'a.csv')).dialect.format).toBeUndefined();
    expect((await read('[x],y\n1,2\n', {}, 'a.csv')).dialect.format).toBeUndefined();
  });
});

describe('ValueReader', () => {
  it('finds the same values wherever the text is cut', () => {
    const values = ['{"a":"}\\"]"}', '[1,{"b":"\\\\"}]', '"x\\\\"', '-1.5e3', 'true', '{}'];
    for (const [list, text] of [
      [true, ` [ ${values.join(' , ')} ] `],
      [false, values.join('\n')],
    ] as const) {
      for (let cut = 0; cut <= text.length; cut += 1) {
        const reader = new ValueReader(list);
        const found = [...reader.push(text.slice(0, cut), false), ...reader.push(text.slice(cut), true)];
        expect(reader.fault).toBeNull();
        expect(found.map((value) => value.text)).toEqual(values);
        expect(found.map((value) => text.slice(value.begin, value.begin + value.text.length))).toEqual(values);
      }
    }
  });
});
