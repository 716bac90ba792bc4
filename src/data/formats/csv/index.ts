/** Delimited text: CSV, TSV and their kin, in any encoding and with any of the four delimiters. */
import { fileEndings, isGuardedHeader, unguardedRow, type Dialect } from '../../../domain';
import { columnNames, numberedNames } from '../../columnNames';
import { openText, type TextInput } from '../../textInput';
import { UndecodableRanges } from '../../undecodable';
import { batchRows, hasExtension, type FileFormat, type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';
import { commonestWidth, detectDelimiter } from './delimiter';
import { hasHeader, recordsBeforeTable } from './header';
import { linesAfterOpenQuote, unclosedQuoteError } from './openQuote';
import { RecordReader } from './records';

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

async function* readRows(input: FormatInput, text: TextInput, layout: Layout): AsyncGenerator<RowBatch> {
  const { dialect, header } = layout;
  const chunks = text.chunks();
  const reader = new RecordReader({ delimiter: dialect.delimiter, quoted: dialect.quoted });
  const undecodable = new UndecodableRanges();
  const isGuarded = header !== null && isGuardedHeader(header);
  const firstDataRow = dialect.skippedLines + (header === null ? 1 : 2);
  let rowsBefore = 0;
  // By hand, for the lines after an open quote are read from the same pieces.
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    const chunk = next.value;
    undecodable.add(chunk);
    const rows: SourceRow[] = [];
    for (const record of reader.push(chunk.text, chunk.last)) {
      const isUndecodable = undecodable.touches(record);
      if (record.row < firstDataRow) continue;
      if (!record.blank) rowsBefore += 1;
      const { row, blank } = record;
      const cells = isGuarded ? unguardedRow(record.cells) : record.cells;
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
      throw await unclosedQuoteError(input.file, dialect.encoding, open, column, rowsBefore);
    }
    yield* linesAfterOpenQuote(open.row, reader.rest, chunk.bytesRead, chunks);
    return;
  }
}

async function open(input: FormatInput): Promise<RowSource> {
  const text = await openText(input);
  const { encoding, hasByteOrderMark, sample } = text;
  const layout = findLayout(sample.text, sample.last, input, { encoding, hasByteOrderMark, quoted: input.choice.openQuote !== 'as-text' });
  const notices = [...text.notices];
  if (layout.dialect.skippedLines > 0) notices.push({ kind: 'skipped-lines', lines: layout.dialect.skippedLines });
  return { ...layout, notices, rows: () => readRows(input, text, layout) };
}

export const csv: FileFormat = {
  id: 'csv',
  extensions: fileEndings.csv,
  // Any text can be delimited text; a format that knows its own files is surer of them.
  sniff: (fileName) => (hasExtension(fileName, fileEndings.csv) ? 0.8 : 0.3),
  open,
};
