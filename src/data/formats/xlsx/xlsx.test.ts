import { describe, expect, it } from 'vitest';
import { readTable, type ImportOptions } from '../../importTable';
import { xlsxOf, zipOf, type TestSheet } from '../../testFiles';
import { latin1, rowsOf } from '../../testTable';
import { dateText, isDateFormat, numberText } from './numbers';
import { attribute, decodeEntities, XmlReader } from './xml';

const name = 'a.xlsx';
const read = (bytes: Uint8Array, options: ImportOptions = {}, fileName = name) => readTable({ name: fileName, bytes }, options);
const sheet = (rows: TestSheet['rows']): TestSheet[] => [{ name: 'Sheet 1', rows }];
const damaged = (rule: string, facts: Record<string, unknown> = {}) => ({ code: 'data.damaged-file', facts: { file: name, rule, ...facts } });

describe('XLSX', () => {
  const rows = [
    ['text', 'label'],
    ['plain', 'a'],
    ['很好 😀 & <b> "q"', '=1+1'],
    [' spaces \n lines', '__proto__'],
  ];

  it.each(['a.xlsx', 'a.bin', 'a.zip', 'a.csv'])('gives back its cells: %s', async (fileName) => {
    for (const level of [0, 6]) {
      const table = await read(await xlsxOf(sheet(rows), { level }), {}, fileName);
      expect(table.columns.map((column) => column.name)).toEqual(['text', 'label']);
      expect(rowsOf(table)).toEqual(rows.slice(1));
      expect([...table.rowNumbers]).toEqual([2, 3, 4]);
      expect(table.dialect).toMatchObject({ format: 'xlsx', hasHeader: true, skippedLines: 0, sheet: 'Sheet 1', sheets: ['Sheet 1'] });
    }
  });

  it('reads every kind of cell', async () => {
    const bytes = await xlsxOf(
      sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' +
          '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>0.10000000000000001</v></c></row>' +
          '<row r="3"><c r="A3" t="str"><f>A1&amp;"x"</f><v>made</v></c><c r="B3" s="1"><v>45292</v></c></row>' +
          '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" s="2"><v>45292.75</v></c></row>' +
          '<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="B5" t="d"><v>2024-01-01</v></c></row>' +
          '<row r="6"><c r="A6" s="1"/><c r="B6"><v>1E-2</v></c></row>',
      ),
      {
        texts: '<si><t>text</t></si><si><r><t>la</t></r><r><rPr><b/></rPr><t xml:space="preserve">bel </t></r><rPh><t>no</t></rPh></si><si><t>a_x000D_b &#x4e2d;</t></si>',
        styles: '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>',
      },
    );
    const table = await read(bytes);
    expect(table.columns.map((column) => column.name)).toEqual(['text', 'label']);
    expect(rowsOf(table)).toEqual([
      ['a\rb 中', '0.1'],
      ['made', '2024-01-01'],
      ['TRUE', '2024-01-01 18:00:00'],
      ['#N/A', '2024-01-01'],
      ['', '0.01'],
    ]);
  });

  it('counts rows as the spreadsheet does: gaps, titles, empty cells that are not written', async () => {
    const bytes = await xlsxOf(
      sheet(
        '<row r="2"><c r="A2" t="str"><v>Reviews of 2024</v></c></row>' +
          '<row r="4"><c r="A4" t="str"><v>text</v></c><c r="B4" t="str"><v>label</v></c><c r="C4" t="str"><v>by</v></c></row>' +
          '<row r="7"><c r="A7" t="str"><v>a</v></c></row><row r="8"/><row r="9"><c r="C9" t="str"><v>c</v></c><c r="D9" s="1"/></row>' +
          '<row r="10"><c r="A10" t="str"><v>a</v></c><c r="D10" t="str"><v>extra</v></c></row>',
      ),
    );
    const table = await read(bytes);
    expect(rowsOf(table)).toEqual([
      ['a', '', ''],
      ['', '', 'c'],
    ]);
    expect([...table.rowNumbers]).toEqual([7, 9]);
    expect(table.setAside).toEqual([{ row: 10, reason: 'too-many-cells', cells: ['a', '', '', 'extra'] }]);
    expect(table.notices).toEqual([
      { kind: 'skipped-lines', lines: 3 },
      { kind: 'blank-lines', lines: 1 },
    ]);
  });

  it('names the sheets, takes the first visible one that holds anything, or the one asked for', async () => {
    const sheets: TestSheet[] = [
      { name: 'Hidden', rows, state: 'hidden' },
      { name: 'Empty', rows: [] },
      { name: '数据 & more', rows },
      { name: 'Other', rows: [['x', 'y'], ['1', '2']] },
    ];
    const bytes = await xlsxOf(sheets);
    const table = await read(bytes);
    expect(table.dialect.sheet).toBe('数据 & more');
    expect(table.dialect.sheets).toEqual(['Hidden', 'Empty', '数据 & more', 'Other']);
    expect((await read(bytes, { choice: { sheet: 'Hidden' } })).rowsInFile).toBe(3);
    expect(rowsOf(await read(bytes, { choice: { sheet: 'Other', hasHeader: false } }))).toHaveLength(2);
    await expect(read(bytes, { choice: { sheet: 'Empty' } })).rejects.toMatchObject({ code: 'data.no-rows' });
    await expect(read(bytes, { choice: { sheet: 'None' } })).rejects.toMatchObject(damaged('missing-sheet', { part: 'None' }));
  });

  it('tells a file without rows', async () => {
    await expect(read(await xlsxOf(sheet([['text', 'label']])))).rejects.toMatchObject({
      code: 'data.no-rows',
      facts: { kind: 'header-only', columns: ['text', 'label'] },
    });
    await expect(read(await xlsxOf(sheet([])))).rejects.toMatchObject({ code: 'data.no-rows', facts: { kind: 'blank-lines' } });
  });

  it('keeps a huge cell whole and reads many rows in linear time', async () => {
    const cell = '很好 '.repeat(100_000);
    expect((await read(await xlsxOf(sheet([['text', 'label'], [cell, 'x']])))).columns[0]?.cells.at(0)).toBe(cell);
    const many = await xlsxOf(sheet([['text', 'label'], ...Array.from({ length: 30_000 }, (_, index) => [`row ${index}`, index % 2 ? 'a' : 'b'])]));
    const begin = performance.now();
    expect((await read(many)).rowsInFile).toBe(30_000);
    expect(performance.now() - begin).toBeLessThan(8000);
  });
});

describe('XLSX: damaged files', () => {
  it.each([
    ['<row r="1"><c r="A1" t="s"><v>7</v></c></row>', 'bad-cell', { part: 'Sheet 1', row: 1, cell: 'A1' }],
    ['<row r="2"><c r="A2"><v>abc</v></c></row>', 'bad-cell', { row: 2, cell: 'A2' }],
    ['<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>', 'bad-cell', { row: 2, cell: 'A2' }],
    ['<row r="2"><c r="A3"><v>1</v></c></row>', 'bad-cell', { row: 2, cell: 'A3' }],
    ['<row r="2"/><row r="1"/>', 'bad-cell', {}],
    ['<row r="1"><c r="A1"><v>1</c></row>', 'not-xml', { part: 'xl/worksheets/sheet1.xml' }],
    ['<row r="1"><c r="A1"><v>&bomb;</v></c></row>', 'not-xml', {}],
    ['<!DOCTYPE x [<!ENTITY a "b">]><row r="1"/>', 'not-xml', {}],
  ])('gives the cell or part of %s', async (xml, rule, facts) => {
    await expect(read(await xlsxOf(sheet(xml)))).rejects.toMatchObject(damaged(rule, facts));
  });

  it('says that a part is missing, cut short or does not fit its checksum', async () => {
    await expect(read(await zipOf({ 'xl/x.xml': '<a/>' }))).rejects.toMatchObject(damaged('missing-part', { part: 'xl/workbook.xml' }));
    // Without its formats every date would turn into a number.
    const styled = await xlsxOf(sheet([['text', 'label'], ['a', 'b']]), { styles: '<cellXfs/>', level: 0 });
    const renamed = new TextDecoder('latin1').decode(styled).replaceAll('xl/styles.xml', 'xl/stiles.xml');
    await expect(read(latin1(renamed))).rejects.toMatchObject(damaged('missing-part', { part: 'xl/styles.xml' }));
    const bytes = await xlsxOf(sheet([['text', 'label'], ['a', 'b']]), { level: 0 });
    await expect(read(bytes.subarray(0, bytes.length - 30))).rejects.toMatchObject(damaged('cut-short', { byte: bytes.length - 30 }));
    const flipped = Uint8Array.from(bytes);
    const at = flipped.findIndex((byte, index) => byte === 0x6c && String.fromCharCode(...flipped.subarray(index, index + 5)) === 'label');
    flipped[at] = 0x4c;
    await expect(read(flipped)).rejects.toMatchObject(damaged('checksum', { part: 'xl/worksheets/sheet1.xml' }));
  });

  it('refuses what would fill the memory', async () => {
    const wide = await xlsxOf(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row><row r="2"><c r="XFD2"><v>1</v></c></row>'));
    await expect(read(wide)).rejects.toMatchObject(damaged('too-many-columns', { part: 'Sheet 1' }));
    const endless = await xlsxOf(sheet(`<row r="1" x="${' '.repeat(2_000_000)}"/>`));
    await expect(read(endless)).rejects.toMatchObject(damaged('not-xml', { part: 'xl/worksheets/sheet1.xml' }));
    await expect(read(await xlsxOf(sheet('<a>'.repeat(1000))))).rejects.toMatchObject(damaged('not-xml'));
  });
});

describe('numbers and XML of spreadsheets', () => {
  it('shows numbers and dates as the sheet does', () => {
    expect(['0.30000000000000004', '1.0', '1E3', '-5', '123456789012'].map(numberText)).toEqual(['0.30000000000000004', '1', '1000', '-5', '123456789012']);
    expect([1, 59, 61, 45292, 0.5, 45292.99999].map((serial) => dateText(serial, false))).toEqual([
      '1900-01-01', '1900-02-28', '1900-03-01', '2024-01-01', '12:00:00', '2024-01-01 23:59:59',
    ]);
    expect(dateText(43830, true)).toBe('2024-01-01');
    expect([-1, NaN, 1e9].map((serial) => dateText(serial, false))).toEqual([null, null, null]);
    expect([[14, undefined], [0, undefined], [164, 'yyyy"年"m'], [165, '[Red]0.00'], [166, '0.0"days"'], [167, '[h]:mm'], [168, 'General']].map(([id, code]) => isDateFormat(id as number, code as string | undefined))).toEqual([true, false, true, false, false, true, false]);
  });

  it('reads the same events wherever the text is cut, and refuses what is not well formed', () => {
    const text = '<?xml version="1.0"?>\n<!-- <x> --><a:b c="1>2" d=\'"\'><t>1 &lt; 2 &#65;</t><![CDATA[<&>]]><e/></a:b>\n';
    const join = (cut: number) => {
      const reader = new XmlReader();
      const events = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))];
      reader.finish();
      return events.map((event) => (event.kind === 'text' ? event.text : `<${event.kind} ${event.name}>`)).join('');
    };
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(join(cut)).toBe('<open b><open t>1 < 2 A<close t><&><open e><close e><close b>');
    }
    for (const wrong of ['<a>', '<a></b>', '<a/><b/>', 'x', '<a &>', '<a>&no;</a>', '<a><', '', '<a b="</a>']) {
      expect(() => {
        const reader = new XmlReader();
        reader.push(wrong);
        reader.finish();
      }, wrong).toThrow();
    }
    expect(attribute(' r="A1" xr:r="B" s=\'2\'', 'r')).toBe('A1');
    expect(attribute(' xr="B"', 'r')).toBeNull();
    expect(decodeEntities('&quot;&#x1F600;')).toBe('"😀');
  });
});
