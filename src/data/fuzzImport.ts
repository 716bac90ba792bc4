/**
 * Damages small valid files of every format and reads them: whatever comes, it must be a table in which every row is
 * accounted for, or a typed error. Test support; run at length by the script for it, in short by a test.
 */
import { AnnealError, type Table } from '../domain';
import { exampleRecipe } from '../domain/recipe.fixture';
import { readTable } from './importTable';
import { targetReader, type RowTarget } from './targets';
import { parquetOf, xlsxOf, zipOf } from './testFiles';
import { bytesOf, fromHex, joined, rowsOf, utf16 } from './testTable';

export type Random = () => number;

/** Small, seeded and good enough to choose bytes with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[below(random, items.length)] as Item;

/** Bytes that mean something in one format or another, and runs of the extremes. */
const telling = ['00', 'ff', 'ffffffff', 'ffffffff07', '80808080', '0a', '0d0a', '22', '2c', '7b', '7d', '5b5d', '5c', '3c', '3e', '26', '09', '504b0304', '504b0102', '504b0506', '50415231', 'efbbbf', 'fffe', '0000000000000000', '7fffffff'].map(fromHex);

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

function stretch(bytes: Uint8Array, random: Random): [begin: number, end: number] {
  const begin = below(random, bytes.length + 1);
  const longest = random() < 0.7 ? 16 : bytes.length;
  return [begin, Math.min(bytes.length, begin + 1 + below(random, longest))];
}

function changed(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[at] = byte;
  return copy;
}

const mutations: Mutation[] = [
  (bytes, random) => {
    const at = below(random, bytes.length);
    return changed(bytes, at, (bytes[at] ?? 0) ^ (1 << below(random, 8)));
  },
  (bytes, random) => changed(bytes, below(random, bytes.length), below(random, 256)),
  (bytes, random) => bytes.slice(0, below(random, bytes.length + 1)),
  (bytes, random) => bytes.slice(below(random, bytes.length + 1)),
  (bytes, random) => {
    const at = below(random, bytes.length + 1);
    const random8 = Uint8Array.from({ length: 1 + below(random, 8) }, () => below(random, 256));
    return joined(bytes.subarray(0, at), random() < 0.6 ? pick(random, telling) : random8, bytes.subarray(at));
  },
  (bytes, random) => {
    const at = below(random, bytes.length + 1);
    const put = pick(random, telling);
    return joined(bytes.subarray(0, at), put, bytes.subarray(at + put.length));
  },
  (bytes, random) => {
    const [begin, end] = stretch(bytes, random);
    return joined(bytes.subarray(0, begin), bytes.subarray(end));
  },
  (bytes, random) => {
    const [begin, end] = stretch(bytes, random);
    return joined(bytes.subarray(0, end), bytes.subarray(begin));
  },
  (bytes, random) => {
    const [begin, end] = stretch(bytes, random);
    const at = below(random, bytes.length + 1);
    return joined(bytes.subarray(0, at), bytes.subarray(begin, end), bytes.subarray(at));
  },
];

export interface SeedFile {
  name: string;
  bytes: Uint8Array;
  /** Its contents are under checksums: what is read at all must be what was written. */
  guarded: boolean;
  rows: string[][];
}

export async function seedFiles(): Promise<SeedFile[]> {
  const cells = [
    ['text', 'label'],
    ['很快，"好吃"', '好评'],
    ['plain, with comma\nand line', 'neg'],
    ['😀 émoji', '=1+1'],
    ['', 'neg'],
  ];
  const [, ...data] = cells;
  const csvOf = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  const csv = csvOf(cells);
  const spans = [
    { text: 'Anna lives in Paris.', label: [{ start: 0, end: 4, label: 'PER' }, { start: 14, end: 19, label: 'LOC' }] },
    { text: '👍 Bo 在上海', label: [{ start: 2, end: 4, label: 'PER' }] },
    { text: 'nobody', label: [] },
  ];
  const objects = data.map(([text, label], index) => ({ text, label, ...(index > 1 && { late: index, more: [index, { x: null }] }) }));
  const conll = 'Anna\tB-PER\nlives\tO\n\n很\tO\n好\tO\n😀\tO\n';
  const gbk = joined(bytesOf('text,label\n'), fromHex('badcbfecbadcb2bbb4ed2cbac3c6c00a'), fromHex('b2bbb4ed2cbac3c6c00a'));
  const strings = (codec: 'SNAPPY' | 'UNCOMPRESSED', rowGroupSize: number) =>
    parquetOf(
      [
        { name: 'text', data: data.map(([text]) => text ?? null), type: 'STRING' },
        { name: 'label', data: ['a', 'b', 'a', 'b'], type: 'STRING' },
        { name: 'number', data: [1, 2, null, 4], type: 'DOUBLE' },
        { name: 'flag', data: [true, false, true, null], type: 'BOOLEAN' },
      ],
      { codec, rowGroupSize },
    );
  const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
  const shared = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>45292</v></c></row><row r="3"><c r="A3" t="str"><v>x</v></c><c r="B3" s="1"><v>45293</v></c></row>';
  const texts = '<si><t>text</t></si><si><t>label</t></si><si><r><t>很</t></r><r><t>好</t></r></si>';
  const folders = { 'train/pos/1.txt': 'good 很好', 'train/neg/2.txt': 'bad\nfood', 'train/neg/3.txt': '' };
  const files: [name: string, bytes: Uint8Array, guarded?: boolean][] = [
    ['a.csv', bytesOf(csv)],
    ['a.tsv', utf16(`\ufeff${csv.replaceAll('","', '"\t"')}`, true)],
    ['gbk.csv', gbk],
    ['latin.csv', joined(bytesOf('text;label\n'), fromHex('e974e9203b206e6fefbb0a'), bytesOf('x;y\n'))],
    ['a.jsonl', bytesOf(objects.map((row) => JSON.stringify(row)).join('\n'))],
    ['a.json', bytesOf(JSON.stringify(objects))],
    ['indented.json', bytesOf(JSON.stringify(objects, null, 2))],
    ['a.conll', bytesOf(conll)],
    ['b.conll', bytesOf('-DOCSTART- -X- O\n\nEU NNP B-ORG\nsays VBZ O\n\n# NN O\n')],
    ['a.ft', bytesOf('__label__a __label__b 很快 😀\r\n\r\n__label__c plain text\n__label__a\nno label\n')],
    ['fast.txt', bytesOf('__label__a one\n__label__b two\n__label__a three\n')],
    ['a.xlsx', await xlsxOf([{ name: 'Sheet', rows: cells }]), true],
    ['stored.xlsx', await xlsxOf([{ name: 'Sheet', rows: shared }], { texts, styles, level: 0 }), true],
    ['a.parquet', strings('SNAPPY', 1000)],
    ['plain.parquet', strings('UNCOMPRESSED', 2)],
    ['numbers.parquet', parquetOf([{ name: 'a', data: Array.from({ length: 100 }, (_, index) => index % 3), type: 'INT32' }, { name: 'b', data: Array.from({ length: 100 }, (_, index) => BigInt(index)), type: 'INT64' }])],
    ['a.zip', await zipOf(folders)],
    ['stored.zip', await zipOf(folders, 0)],
    ['spans.jsonl', bytesOf(spans.map((row) => JSON.stringify(row)).join('\n'))],
    ['spans.csv', bytesOf(csvOf([['text', 'label'], ...spans.map(({ text, label }) => [text, JSON.stringify(label.map(({ start, end, label: type }) => [start, end, type]))])]))],
  ];
  return Promise.all(
    files.map(async ([name, bytes, guarded = false]) => {
      const table = await readTable({ name, bytes });
      return { name, bytes, guarded, rows: rowsOf(table) };
    }),
  );
}

export interface DamagedFile {
  seed: SeedFile;
  name: string;
  bytes: Uint8Array;
}

const otherNames = ['a', 'pasted text', 'a.csv', 'a.txt', 'a.jsonl', 'a.xlsx', 'a.parquet', 'a.zip', 'a.conll', 'a.ft'];

/** The damaged file of this number: always the same. */
export function damagedFile(seeds: readonly SeedFile[], number: number): DamagedFile {
  const random = randomFrom(Math.imul(number, 0x9e3779b1) ^ 0x5bf03635);
  const seed = seeds[number % seeds.length] as SeedFile;
  let { bytes } = seed;
  const times = random() < 0.6 ? 1 : 2 + below(random, 4);
  for (let time = 0; time < times; time += 1) bytes = pick(random, mutations)(bytes, random);
  return { seed, name: random() < 0.9 ? seed.name : pick(random, otherNames), bytes };
}

/** What is wrong with a table, whatever the file was; null where it holds together. */
export function tableFault(table: Table): string | null {
  const rows = table.rowNumbers.length;
  if (rows + table.setAside.length !== table.rowsInFile) return 'used + set aside is not the rows in the file';
  if (table.columns.some(({ cells }) => cells.length !== rows)) return 'columns of different lengths';
  if (table.columns.some(({ cells }) => [...cells].some((cell) => typeof cell !== 'string'))) return 'a cell is no text';
  if (new Set(table.columns.map(({ name }) => name)).size !== table.columns.length) return 'two columns of one name';
  if (table.rowNumbers.some((row, index) => index > 0 && row <= (table.rowNumbers[index - 1] ?? 0))) return 'rows out of order';
  const used = new Set(table.rowNumbers);
  if (table.setAside.some(({ row }) => used.has(row))) return 'a row is both used and set aside';
  return null;
}

/** What is wrong with the tags of a table with character ranges, if it still has its two columns: each word has one. */
export function tagFault(table: Table): string | null {
  if (!['text', 'label'].every((name) => table.columns.some((column) => column.name === name))) return null;
  const { text, read } = targetReader(table, { ...exampleRecipe, task: 'token-classification' });
  const targets = [...text.cells].map((cell, row) => read(row, cell));
  const isSound = (target: RowTarget | null) => target === null || (target.kind === 'tokens' && target.words.length === target.tags.length && target.words.every((word) => word !== ''));
  return targets.every(isSound) ? null : 'a word without a tag';
}

/** Reads the damaged file of this number; null where all is well, otherwise what is wrong. */
export async function fuzzFault(seeds: readonly SeedFile[], number: number): Promise<string | null> {
  const { seed, name, bytes } = damagedFile(seeds, number);
  try {
    const table = await readTable({ name, bytes });
    const fault = tableFault(table) ?? (seed.name.startsWith('spans') ? tagFault(table) : null);
    if (fault !== null) return fault;
    const isGuarded = seed.guarded && table.dialect.format === 'xlsx';
    return isGuarded && JSON.stringify(rowsOf(table)) !== JSON.stringify(seed.rows) ? 'other cells than were written' : null;
  } catch (error) {
    if (error instanceof AnnealError && error.code.startsWith('data.')) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
