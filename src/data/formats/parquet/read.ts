/** Reads Parquet with `hyparquet`; fetched only when such a file is opened. */
import { parquetMetadata, parquetRead, parquetSchema, snappyUncompress } from 'hyparquet';
import type { AsyncBuffer, Compressors, CompressionCodec, FileMetaData, SchemaTree } from 'hyparquet';
import { AnnealError, type SetAsideReason } from '../../../domain';
import { damaged, type DamagePlace } from '../../damage';
import { readWhole } from '../../fileSource';
import { batchRows, mostColumns, type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';
import { cellOf, parsers, UndecodableText } from './cells';
import { checkColumn, PageFault, type CheckedColumn, type Decompress } from './pages';

const mostRows = 100_000_000;

function unpackSnappy(bytes: Uint8Array, length: number): Uint8Array {
  const page = new Uint8Array(length);
  snappyUncompress(bytes, page);
  return page;
}

/** Snappy is nearly every file's; the others are fetched where a column needs them. */
async function compressorsFor(metadata: FileMetaData): Promise<Compressors> {
  const codecs = new Set(metadata.row_groups.flatMap((group) => group.columns.map((column) => column.meta_data?.codec)));
  codecs.delete('UNCOMPRESSED');
  codecs.delete('SNAPPY');
  if (codecs.size === 0) return { SNAPPY: unpackSnappy };
  const { compressors } = await import('hyparquet-compressors');
  return { ...compressors, SNAPPY: unpackSnappy };
}

interface ParquetFile {
  metadata: FileMetaData;
  schema: SchemaTree;
  compressors: Compressors;
}

function fileBytes(bytes: Uint8Array): AsyncBuffer {
  return {
    byteLength: bytes.length,
    slice: (begin, end) => bytes.slice(begin, end).buffer,
  };
}

/** Columns of one group of rows, with what the schema says of their levels. */
function checkedColumns({ metadata, schema }: ParquetFile, group: number): CheckedColumn[] {
  const { columns = [], num_rows: rows = 0n } = metadata.row_groups[group] ?? {};
  return columns.map((column) => {
    const meta = column.meta_data;
    if (meta === undefined) throw new RangeError('no description');
    let node = schema;
    let definitionLevels = 0;
    let repetitionLevels = 0;
    for (const name of meta.path_in_schema) {
      const child = node.children.find(({ element }) => element.name === name);
      if (child === undefined) throw new RangeError('not in the schema');
      node = child;
      if (node.element.repetition_type !== 'REQUIRED') definitionLevels += 1;
      if (node.element.repetition_type === 'REPEATED') repetitionLevels += 1;
    }
    if (node.children.length > 0 || node.element.type !== meta.type) throw new RangeError('another type');
    return { meta, rows: Number(rows), definitionLevels, repetitionLevels, typeLength: node.element.type_length ?? 0 };
  });
}

function checkShape(file: ParquetFile): void {
  const { metadata, schema } = file;
  const names = schema.children.map(({ element }) => element.name);
  const groups = metadata.row_groups.map((group) => Number(group.num_rows));
  const rows = groups.reduce((total, count) => total + count, 0);
  if (new Set(names).size !== names.length || names.length === 0) throw new RangeError('columns');
  if (groups.some((count) => !(count >= 0)) || rows !== Number(metadata.num_rows)) throw new RangeError('rows');
  for (const group of groups.keys()) {
    const found = new Set(checkedColumns(file, group).map(({ meta }) => meta.path_in_schema[0]));
    if (groups[group] !== 0 && (found.size !== names.length || names.some((name) => !found.has(name)))) throw new RangeError('columns');
  }
}

async function openFile(bytes: Uint8Array, fileName: string): Promise<ParquetFile> {
  const fault = (place: DamagePlace = {}) => damaged(fileName, 'bad-structure', place);
  const end = String.fromCharCode(...bytes.subarray(-4));
  if (end === 'PARE') throw damaged(fileName, 'encrypted');
  if (bytes.length < 12 || end !== 'PAR1') throw damaged(fileName, 'cut-short', { byte: bytes.length });
  const footer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 4).getUint32(0, true);
  const begin = bytes.length - 8 - footer;
  if (begin < 4) throw fault({ byte: bytes.length - 8 });
  let file: ParquetFile;
  try {
    const metadata = parquetMetadata(bytes.subarray(begin), { geoparquet: false });
    file = { metadata, schema: parquetSchema(metadata), compressors: await compressorsFor(metadata) };
    checkShape(file);
  } catch {
    throw fault({ byte: begin });
  }
  if (file.schema.children.length > mostColumns) throw damaged(fileName, 'too-many-columns');
  if (Number(file.metadata.num_rows) > mostRows) throw damaged(fileName, 'too-large');
  return file;
}

function toSource(values: unknown[], row: number, { schema }: ParquetFile): SourceRow {
  const cells = schema.children.map((column, index) => cellOf(values[index], column.element));
  const problem: SetAsideReason | null = values.some((value) => value instanceof UndecodableText) ? 'undecodable' : null;
  return { row, cells, blank: false, problem };
}

export async function openParquet(input: FormatInput): Promise<RowSource> {
  const fileName = input.file.name;
  const bytes = await readWhole(input.file);
  const file = await openFile(bytes, fileName);
  const { metadata, schema, compressors } = file;
  const decompress: Decompress = (codec: CompressionCodec, packed, length) => {
    if (codec === 'UNCOMPRESSED') return packed;
    const unpack = compressors[codec];
    if (unpack === undefined) throw damaged(fileName, 'unsupported', { part: codec });
    return unpack(packed, length);
  };

  function check(group: number): void {
    for (const column of checkedColumns(file, group)) {
      try {
        checkColumn(bytes, column, decompress);
      } catch (error) {
        if (!(error instanceof PageFault)) throw error;
        throw damaged(fileName, error.rule, { part: column.meta.path_in_schema.join('.'), byte: error.byte });
      }
    }
  }

  async function groupRows(group: number, begin: number, end: number): Promise<unknown[][]> {
    let rows: unknown[][] = [];
    const options = { file: fileBytes(bytes), metadata, compressors, parsers, rowStart: begin, rowEnd: end };
    check(group);
    await parquetRead({ ...options, onComplete: (read) => (rows = read as unknown[][]) });
    if (rows.length !== end - begin) throw new RangeError('rows are missing');
    return rows;
  }

  async function* rows(): AsyncGenerator<RowBatch> {
    let begin = 0;
    for (const [group, { num_rows: count }] of metadata.row_groups.entries()) {
      const end = begin + Number(count);
      if (end === begin) continue;
      let values: unknown[][];
      try {
        values = await groupRows(group, begin, end);
      } catch (error) {
        throw error instanceof AnnealError ? error : damaged(fileName, 'bad-structure', { row: begin + 1 });
      }
      for (let from = 0; from < values.length; from += batchRows) {
        const batch = values.slice(from, from + batchRows).map((row, index) => toSource(row, begin + from + index + 1, file));
        yield { rows: batch, bytesRead: Math.floor((bytes.length * (begin + from + batch.length)) / Number(metadata.num_rows)) };
      }
      begin = end;
    }
  }

  const header = schema.children.map(({ element }) => element.name);
  return {
    dialect: { format: 'parquet', encoding: 'utf-8', hasByteOrderMark: false, delimiter: ',', quoted: true, hasHeader: true, skippedLines: 0 },
    header,
    width: header.length,
    notices: [],
    rows,
  };
}
