/** The parts of a workbook that say what its cells mean: sheets, shared texts, formats. */
import { openArchive, type Archive, type ArchivedFile } from '../../archive';
import { damaged } from '../../damage';
import { isDateFormat } from './numbers';
import { attribute, XmlReader, type XmlEvent } from './xml';

export interface Sheet {
  name: string;
  part: string;
  isHidden: boolean;
}

export interface Workbook {
  archive: Archive;
  sheets: Sheet[];
  texts: string[];
  /** By the index of a cell's style: its number is a date. */
  dateStyles: boolean[];
  from1904: boolean;
}

/** Elements of a part, in pieces. Throws `data.damaged-file` with the part where it cannot be read. */
export async function* partEvents(file: ArchivedFile, fileName: string): AsyncGenerator<{ events: XmlEvent[]; bytes: number }> {
  const reader = new XmlReader();
  let decoder: TextDecoder | null = null;
  let bytes = 0;
  for await (const chunk of file.unpack()) {
    bytes += chunk.length;
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield { events: parse(() => reader.push(decoder?.decode(chunk, { stream: true }) ?? '')), bytes };
  }
  yield {
    events: parse(() => {
      const events = reader.push(decoder?.decode() ?? '');
      reader.finish();
      return events;
    }),
    bytes,
  };

  function parse(read: () => XmlEvent[]): XmlEvent[] {
    try {
      return read();
    } catch {
      throw damaged(fileName, 'not-xml', { part: file.name });
    }
  }
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

async function* elements(file: ArchivedFile, fileName: string): AsyncGenerator<XmlEvent> {
  for await (const { events } of partEvents(file, fileName)) yield* events;
}

/** A part's path from the target of a relation: from the root, or beside the part that names it. */
function resolve(from: string, target: string): string {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '' && step !== '.') parts.push(step);
  }
  return parts.join('/');
}

interface Relation {
  id: string;
  type: string;
  part: string;
}

async function relationsOf(parts: ReadonlyMap<string, ArchivedFile>, part: string, fileName: string): Promise<Relation[]> {
  const folder = part.includes('/') ? part.slice(0, part.lastIndexOf('/') + 1) : '';
  const file = parts.get(`${folder}_rels/${part.slice(folder.length)}.rels`);
  if (file === undefined) return [];
  const relations: Relation[] = [];
  for await (const event of elements(file, fileName)) {
    if (event.kind !== 'open' || event.name !== 'Relationship') continue;
    const type = (attribute(event.attributes, 'Type') ?? '').split('/').at(-1) ?? '';
    const target = attribute(event.attributes, 'Target') ?? '';
    relations.push({ id: attribute(event.attributes, 'Id') ?? '', type, part: resolve(part, target) });
  }
  return relations;
}

/** `_x000D_` stands for a character that XML cannot hold. */
function unescape(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;
}

/** Collects the text of a `si` or `is` element: runs joined, reading aids for Asian characters left out. */
export class TextCollector {
  private text = '';
  private inText = false;
  private aids = 0;

  take(event: XmlEvent): void {
    if (event.kind === 'text') {
      if (this.inText && this.aids === 0) this.text += event.text;
    } else if (event.name === 't') this.inText = event.kind === 'open';
    else if (event.name === 'rPh') this.aids += event.kind === 'open' ? 1 : -1;
  }

  finish(): string {
    const { text } = this;
    this.text = '';
    return unescape(text);
  }
}

async function readTexts(file: ArchivedFile, fileName: string): Promise<string[]> {
  const texts: string[] = [];
  const collector = new TextCollector();
  for await (const event of elements(file, fileName)) {
    collector.take(event);
    if (event.kind === 'close' && event.name === 'si') texts.push(collector.finish());
  }
  return texts;
}

async function readDateStyles(file: ArchivedFile, fileName: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inCells = false;
  for await (const event of elements(file, fileName)) {
    if (event.kind === 'text') continue;
    if (event.name === 'cellXfs') inCells = event.kind === 'open';
    if (event.kind !== 'open') continue;
    const id = Number(attribute(event.attributes, 'numFmtId') ?? '0');
    if (event.name === 'numFmt') codes.set(id, attribute(event.attributes, 'formatCode') ?? '');
    if (inCells && event.name === 'xf') styles.push(isDateFormat(id, codes.get(id)));
  }
  return styles;
}

export async function openWorkbook(bytes: Uint8Array, fileName: string): Promise<Workbook> {
  const archive = await openArchive(bytes, fileName);
  const parts = new Map(archive.files.map((file) => [file.name.replace(/^\//, ''), file]));
  const [main] = (await relationsOf(parts, '', fileName)).filter(({ type }) => type === 'officeDocument');
  const part = main?.part ?? 'xl/workbook.xml';
  const file = parts.get(part);
  if (file === undefined) throw damaged(fileName, 'missing-part', { part });
  const relations = await relationsOf(parts, part, fileName);
  const sheets: Sheet[] = [];
  let from1904 = false;
  for await (const event of elements(file, fileName)) {
    if (event.kind !== 'open') continue;
    if (event.name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(event.attributes, 'date1904') ?? '');
    if (event.name !== 'sheet') continue;
    const id = attribute(event.attributes, '(?:\\w+:)?id') ?? '';
    const relation = relations.find((entry) => entry.id === id);
    // Charts and macros are listed among the sheets and hold no cells.
    if (relation !== undefined && relation.type !== 'worksheet') continue;
    const isHidden = /hidden/i.test(attribute(event.attributes, 'state') ?? '');
    sheets.push({ name: attribute(event.attributes, 'name') ?? '', part: relation?.part ?? '', isHidden });
  }
  const partOf = (type: string) => {
    const relation = relations.find((entry) => entry.type === type);
    const found = parts.get(relation?.part ?? '');
    // Without its formats a workbook still reads, but every date in it would turn into a number.
    if (relation !== undefined && found === undefined) throw damaged(fileName, 'missing-part', { part: relation.part });
    return found;
  };
  const texts = partOf('sharedStrings');
  const styles = partOf('styles');
  return {
    archive,
    sheets,
    texts: texts === undefined ? [] : await readTexts(texts, fileName),
    dateStyles: styles === undefined ? [] : await readDateStyles(styles, fileName),
    from1904,
  };
}
