/** Small files of the packed formats, made for tests. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { bytesOf } from './testTable';

export async function zipOf(files: Record<string, string | Uint8Array>, level = 6): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, level, extendedTimestamp: false });
  for (const [name, content] of Object.entries(files)) {
    await writer.add(name, new Uint8ArrayReader(typeof content === 'string' ? bytesOf(content) : content), { lastModDate: new Date(2024, 0, 1) });
  }
  return writer.close();
}

export const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface TestSheet {
  name: string;
  /** Rows of inline texts, or the XML inside `sheetData` as it stands. */
  rows: string[][] | string;
  state?: string;
}

export function sheetXml(rows: string[][] | string): string {
  const data =
    typeof rows === 'string'
      ? rows
      : rows
          .map((cells, row) => {
            const written = cells.map((cell, column) => `<c r="${columnName(column)}${row + 1}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`);
            return `<row r="${row + 1}">${written.join('')}</row>`;
          })
          .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`;
}

interface WorkbookParts {
  texts?: string;
  styles?: string;
  properties?: string;
  level?: number;
}

export function xlsxOf(sheets: TestSheet[], { texts, styles, properties = '', level = 6 }: WorkbookParts = {}): Promise<Uint8Array> {
  const relations = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`);
  if (texts !== undefined) relations.push(`<Relationship Id="rIdT" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/>`);
  if (styles !== undefined) relations.push(`<Relationship Id="rIdS" Type="${office}/styles" Target="styles.xml"/>`);
  const listed = sheets.map(({ name, state }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" ${state === undefined ? '' : `state="${state}" `}r:id="rId${index + 1}"/>`);
  const package_ = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return zipOf(
    {
      '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
      '_rels/.rels': `<Relationships xmlns="${package_}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}">${properties}<sheets>${listed.join('')}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${package_}">${relations.join('')}</Relationships>`,
      ...(texts !== undefined && { 'xl/sharedStrings.xml': `<sst xmlns="${main}">${texts}</sst>` }),
      ...(styles !== undefined && { 'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>` }),
      ...Object.fromEntries(sheets.map(({ rows }, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows)])),
    },
    level,
  );
}

type ParquetColumns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];
type ParquetOptions = Omit<Parameters<typeof parquetWriteBuffer>[0], 'columnData'>;

export function parquetOf(columnData: ParquetColumns, options: ParquetOptions = {}): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ ...options, columnData }));
}
