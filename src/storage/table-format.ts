/**
 * A table without its cells, as lines of JSON: one head, then blocks of each column's chunks, of row numbers and of rows
 * set aside. No block is long, so neither writing nor reading ever holds the file as one string. The cells lie in a file
 * of pieces beside it; every chunk has a checksum here.
 */
import * as v from 'valibot';
import { CellWriter, StoredCells, type CellChunk } from '../data';
import { AnnealError, encodingNames, setAsideReasons, type Pieces, type Table } from '../domain';

const BLOCK_CHARACTERS = 1 << 20;
const BLOCK_NUMBERS = 1 << 16;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const picked = v.picklist;

const noticeSchema = v.variant('kind', [
  v.object({
    kind: v.literal('encoding'),
    encoding: v.string(),
    close: v.nullable(v.string()),
    others: v.optional(v.array(v.string())),
    samples: v.optional(v.array(v.object({ encoding: v.string(), lines: v.array(v.string()) }))),
  }),
  v.object({ kind: v.literal('duplicate-header'), name: v.string(), shownAs: v.string() }),
  v.object({ kind: v.literal('unnamed-header'), column: v.number(), shownAs: v.string() }),
  v.object({ kind: v.literal('no-header') }),
  v.object({ kind: v.literal('ragged-rows'), rows: v.number() }),
  v.object({ kind: v.literal('blank-lines'), lines: v.number() }),
  v.object({ kind: v.literal('skipped-lines'), lines: v.number() }),
]);

const headSchema = v.object({
  format: v.literal('anneal-table-2'),
  fileName: v.string(),
  fileBytes: count,
  dialect: v.object({
    format: v.exactOptional(v.string()),
    encoding: picked(encodingNames),
    hasByteOrderMark: v.boolean(),
    delimiter: picked([',', '\t', ';', '|']),
    quoted: v.boolean(),
    hasHeader: v.boolean(),
    skippedLines: count,
    sheet: v.exactOptional(v.string()),
    sheets: v.exactOptional(v.array(v.string())),
  }),
  columns: v.array(v.object({ name: v.string(), chunks: count })),
  rows: count,
  setAside: count,
  rowsInFile: count,
  notices: v.array(noticeSchema),
});

/** Rows, begin, length, checksum, and 1 where the texts are UTF-16. */
const chunkSchema = v.tuple([count, count, count, count, picked([0, 1])]);
type WrittenChunk = v.InferOutput<typeof chunkSchema>;
const chunkCharacters = 50;

const setAsideSchema = v.object({
  row: count,
  reason: picked(setAsideReasons),
  cells: v.array(v.string()),
});

export interface StoredTableColumn {
  name: string;
  cells: StoredCells;
}

/** A table whose cells lie in pieces. */
export interface PiecesTable extends Table {
  columns: StoredTableColumn[];
}

/** The same table, its cells in these pieces: as they are where they lie there already, otherwise copied. */
export function inPieces(table: Table, pieces: Pieces): PiecesTable {
  const columns = table.columns.map(({ name, cells }) => {
    if (cells instanceof StoredCells && cells.pieces === pieces) return { name, cells };
    const writer = new CellWriter(pieces);
    for (const cell of cells) writer.add(cell);
    return { name, cells: writer.finish() };
  });
  return { ...table, columns };
}

/** The lines of a table, in order, each with its line break. */
export function* tableChunks(table: PiecesTable): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  const line = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`);
  const { fileName, fileBytes, dialect, columns, rowNumbers, setAside, rowsInFile, notices } = table;
  const head: v.InferOutput<typeof headSchema> = {
    format: 'anneal-table-2',
    fileName,
    fileBytes,
    dialect,
    columns: columns.map(({ name, cells }) => ({ name, chunks: cells.chunks.length })),
    rows: rowNumbers.length,
    setAside: setAside.length,
    rowsInFile,
    notices,
  };
  yield line(head);
  const written = ({ rows, begin, length, checksum, wide }: CellChunk): WrittenChunk => [rows, begin, length, checksum, wide ? 1 : 0];
  for (const { cells } of columns) yield* blocks(cells.chunks.map(written), () => chunkCharacters, BLOCK_CHARACTERS, line);
  for (let begin = 0; begin < rowNumbers.length; begin += BLOCK_NUMBERS) {
    yield line([...rowNumbers.subarray(begin, begin + BLOCK_NUMBERS)]);
  }
  const sizeOfRow = (row: Table['setAside'][number]) => row.cells.reduce((total, cell) => total + cell.length + 3, 60);
  yield* blocks(setAside, sizeOfRow, BLOCK_CHARACTERS, line);
}

function* blocks<Item>(
  items: Iterable<Item>,
  sizeOf: (item: Item) => number,
  limit: number,
  line: (value: unknown) => Uint8Array,
): Generator<Uint8Array, void, undefined> {
  let block: Item[] = [];
  let size = 0;
  for (const item of items) {
    block.push(item);
    size += sizeOf(item);
    if (size < limit) continue;
    yield line(block);
    block = [];
    size = 0;
  }
  if (block.length > 0) yield line(block);
}

/** Name of the table's file, without reading the rest. */
export async function readFileName(chunks: AsyncIterable<Uint8Array>): Promise<string | null> {
  const lines = jsonLines(chunks);
  try {
    const head = v.safeParse(headSchema, (await lines.next()).value);
    return head.success ? head.output.fileName : null;
  } finally {
    await lines.return(undefined);
  }
}

/**
 * @param pieces where the cells lie
 * @param file for the error
 * @throws AnnealError `storage.damaged` where the lines are not such a table
 */
export async function readTable(chunks: AsyncIterable<Uint8Array>, pieces: Pieces, file: string): Promise<PiecesTable> {
  const lines = jsonLines(chunks);
  try {
    const first = await lines.next();
    const head = v.parse(headSchema, first.value);
    const columns: StoredTableColumn[] = [];
    for (const { name, chunks: wanted } of head.columns) {
      const cells = new StoredCells(pieces, (await takeItems(lines, wanted, isChunk(pieces.size))).map(toChunk), false);
      if (cells.length !== head.rows) throw new Error('columns of different lengths');
      columns.push({ name, cells });
    }
    const rowNumbers = Uint32Array.from(await takeItems(lines, head.rows, isRowNumber));
    const isSetAside = (item: unknown): item is Table['setAside'][number] => v.is(setAsideSchema, item);
    const setAside = await takeItems(lines, head.setAside, isSetAside);
    if ((await lines.next()).done !== true) throw new Error('more lines than the head says');
    const { fileName, fileBytes, dialect, rowsInFile } = head;
    // The notice's encoding names are checked as text only; they are shown, never acted upon.
    const notices = head.notices as Table['notices'];
    return { fileName, fileBytes, dialect, columns, rowNumbers, setAside, rowsInFile, notices };
  } catch (error) {
    if (error instanceof AnnealError) throw error;
    throw new AnnealError('storage.damaged', { file });
  } finally {
    await lines.return(undefined);
  }
}

/** @param size bytes of the file that the chunk has to lie in, the ends of its cells first */
const isChunk =
  (size: number) =>
  (item: unknown): item is WrittenChunk =>
    v.is(chunkSchema, item) && item[0] > 0 && 4 * item[0] <= item[2] && item[1] + item[2] <= size;
const toChunk = ([rows, begin, length, checksum, wide]: WrittenChunk): CellChunk => ({ rows, begin, length, checksum, wide: wide === 1 });
const isRowNumber = (item: unknown): item is number => Number.isInteger(item) && Number(item) >= 0 && Number(item) < 2 ** 32;

async function takeItems<Item>(
  lines: AsyncGenerator<unknown, void, undefined>,
  wanted: number,
  isItem: (item: unknown) => item is Item,
): Promise<Item[]> {
  const items: Item[] = [];
  while (items.length < wanted) {
    const { value, done } = await lines.next();
    if (done === true || !Array.isArray(value) || value.length === 0) throw new Error('a block is missing');
    for (const item of value as unknown[]) {
      if (!isItem(item)) throw new Error('a block of another kind');
      items.push(item);
    }
  }
  if (items.length > wanted) throw new Error('a block too long');
  return items;
}

async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let open: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let begin = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, begin)) {
      let text = '';
      for (const part of open) text += decoder.decode(part, { stream: true });
      text += decoder.decode(chunk.subarray(begin, end));
      open = [];
      begin = end + 1;
      yield JSON.parse(text);
    }
    // Copied: whoever gives the chunk may use its memory again.
    if (begin < chunk.length) open.push(chunk.slice(begin));
  }
  if (open.length > 0) throw new Error('the last line has no end');
}
