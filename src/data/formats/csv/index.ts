/** Delimited text: CSV, TSV and their kin, in any encoding and with any of the four delimiters. */
import type { Dialect, ImportNotice } from '../../../domain';
import { columnNames, numberedNames } from '../../columnNames';
import { decodeChunks, type DecodedChunk } from '../../decode';
import { byteOrderMarkLength, detectEncoding } from '../../encoding';
import type { FileFormat, FormatInput, RowBatch, RowSource, SourceRow } from '../format';
import { commonestWidth, detectDelimiter } from './delimiter';
import { hasHeader, recordsBeforeTable } from './header';
import { linesAfterOpenQuote, unclosedQuoteError } from './openQuote';
import { RecordReader, type FileRecord } from './records';

/** Rows given at once: few enough that the reader answers between two batches. */
const batchRows = 5_000;

interface Layout {
  dialect: Dialect;
  header: string[] | null;
  width: number;
}

/** Finds how the text is laid out from its first chunk. */
function findLayout(
  sample: string,
  isWhole: boolean,
  input: FormatInput,
  dialect: Omit<Dialect, 'delimiter' | 'hasHeader' | 'skippedLines'>,
): Layout {
  const { choice } = input;
  const delimiter = choice.delimiter ?? detectDelimiter(sample, isWhole, dialect.quoted);
  const records = new RecordReader({ delimiter, quoted: dialect.quoted }).push(sample, isWhole);
  const skippedLines = recordsBeforeTable(records, choice.hasHeader !== false);
  const rows = records
    .slice(skippedLines)
    .filter((record) => !record.blank)
    .map((record) => record.cells);
  const first = rows[0];
  const withHeader = first !== undefined && (choice.hasHeader ?? hasHeader(rows));
  return {
    dialect: { ...dialect, delimiter, hasHeader: withHeader, skippedLines },
    header: withHeader ? first : null,
    width: withHeader ? first.length : commonestWidth(rows, 1).width,
  };
}

/** Marks records that overlap a stretch of undecodable bytes; both lists are in the order of the text. */
class UndecodableRanges {
  private ranges: { begin: number; end: number }[] = [];
  private characters = 0;

  add(chunk: DecodedChunk): void {
    for (const { begin, end } of chunk.undecodable) {
      this.ranges.push({ begin: this.characters + begin, end: this.characters + end });
    }
    this.characters += chunk.text.length;
  }

  touches(record: FileRecord): boolean {
    while ((this.ranges[0]?.end ?? Infinity) <= record.begin) this.ranges.shift();
    return (this.ranges[0]?.begin ?? Infinity) < record.end;
  }
}

async function* readRows(input: FormatInput, layout: Layout): AsyncGenerator<RowBatch> {
  const { dialect, header } = layout;
  const chunks = decodeChunks(input.bytes, dialect.encoding, input.fileName, input.choice.mixedEncoding);
  const reader = new RecordReader({ delimiter: dialect.delimiter, quoted: dialect.quoted });
  const undecodable = new UndecodableRanges();
  const firstDataRow = dialect.skippedLines + (header === null ? 1 : 2);
  let rowsBefore = 0;
  for (const chunk of chunks) {
    undecodable.add(chunk);
    const rows: SourceRow[] = [];
    for (const record of reader.push(chunk.text, chunk.bytesRead === input.bytes.length)) {
      const isUndecodable = undecodable.touches(record);
      if (record.row < firstDataRow) continue;
      if (!record.blank) rowsBefore += 1;
      const { row, cells, blank } = record;
      rows.push({ row, cells, blank, problem: isUndecodable ? 'undecodable' : null });
    }
    for (let begin = 0; begin < rows.length; begin += batchRows) {
      yield { rows: rows.slice(begin, begin + batchRows), bytesRead: chunk.bytesRead };
    }
    const open = reader.openQuote;
    if (open === null) continue;
    if (input.choice.openQuote !== 'rows-before') {
      const names = header === null ? numberedNames(layout.width) : columnNames(header).names;
      const column = names[open.cell] ?? `column ${open.cell + 1}`;
      throw unclosedQuoteError(input, dialect.encoding, open, column, rowsBefore);
    }
    yield* linesAfterOpenQuote(open.row, reader.rest, chunk.bytesRead, chunks);
    return;
  }
}

function open(input: FormatInput): RowSource {
  const { bytes, choice, fileName } = input;
  const found = detectEncoding(bytes);
  const encoding = choice.encoding ?? found.encoding;
  const [first] = decodeChunks(bytes, encoding, fileName, choice.mixedEncoding);
  const sample = first?.text ?? '';
  const layout = findLayout(sample, (first?.bytesRead ?? 0) === bytes.length, input, {
    encoding,
    hasByteOrderMark: byteOrderMarkLength(bytes, encoding) > 0,
    quoted: choice.openQuote !== 'as-text',
  });
  const notices: ImportNotice[] = [];
  const close = encoding === found.encoding ? found.close : null;
  if (encoding !== 'utf-8' || close !== null) notices.push({ kind: 'encoding', encoding, close });
  if (layout.dialect.skippedLines > 0) notices.push({ kind: 'skipped-lines', lines: layout.dialect.skippedLines });
  return { ...layout, notices, rows: () => readRows(input, layout) };
}

export const csv: FileFormat = {
  id: 'csv',
  extensions: ['csv', 'tsv', 'tab', 'txt', 'psv', 'ssv'],
  // Any text can be delimited text; a format that knows its own files is surer of them.
  sniff: (fileName) => (/\.(csv|tsv|tab|txt|psv|ssv)$/i.test(fileName) ? 0.8 : 0.3),
  open,
};
