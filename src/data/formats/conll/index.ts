/** Tagged words (CoNLL, BIO): one word a line with its tag in the last column, a blank line between sentences. */
import { fileEndings, type SetAsideReason } from '../../../domain';
import { byteOfCharacter, damaged } from '../../damage';
import { detectEncoding } from '../../encoding';
import { readLines, type Line } from '../../lines';
import { openText } from '../../textInput';
import { batchRows, hasExtension, sure, type FileFormat, type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';
import { joinWords } from './sentence';

const sampledLines = 400;
const lineEnd = /\r\n|\n|\r/;

interface Layout {
  separator: 'tab' | 'space';
  /** Columns of a line: the word, what stands between, the tag. */
  width: number;
}

const isBlank = (text: string): boolean => /^[ \t]*$/.test(text);
const isDocumentStart = (text: string): boolean => text.startsWith('-DOCSTART-');

function fieldsOf(text: string, separator: Layout['separator']): string[] {
  return separator === 'tab' ? text.split('\t') : text.replace(/^ +| +$/g, '').split(/ +/);
}

/** In a file with tabs, a line that begins with `#` and has none is a remark; elsewhere `#` may be a word. */
function isRemark(text: string, separator: Layout['separator']): boolean {
  return separator === 'tab' && text.startsWith('#') && !text.includes('\t');
}

function layoutOf(lines: readonly string[]): Layout {
  const words = lines.filter((line) => !isBlank(line) && !isDocumentStart(line)).slice(0, sampledLines);
  const separator = words.filter((line) => line.includes('\t')).length * 2 >= words.length ? 'tab' : 'space';
  const widths = new Map<number, number>();
  for (const line of words) {
    const width = fieldsOf(line, separator).length;
    widths.set(width, (widths.get(width) ?? 0) + 1);
  }
  const [commonest] = [...widths].sort((left, right) => right[1] - left[1]);
  return { separator, width: commonest?.[0] ?? 2 };
}

/** One sentence as a row; a line of another width sets the whole sentence aside, as its words and tags may have slid. */
function sentenceRow(lines: readonly Line[], { separator, width }: Layout): SourceRow {
  const row = lines[0]?.row ?? 0;
  const fields = lines.map((line) => fieldsOf(line.text, separator));
  let problem: SetAsideReason | null = null;
  for (const { length } of fields) problem ??= length < width ? 'too-few-cells' : length > width ? 'too-many-cells' : null;
  if (lines.some((line) => line.undecodable)) problem = 'undecodable';
  if (problem !== null) return { row, cells: lines.map((line) => line.text), blank: false, problem };
  const cells = Array.from({ length: width }, (_, column) => joinWords(fields.map((line) => line[column] ?? '')));
  return { row, cells, blank: false, problem };
}

async function open(input: FormatInput): Promise<RowSource> {
  const { file } = input;
  const { encoding, hasByteOrderMark, notices, chunks, sample } = await openText(input);
  const sampled = sample.text.split(lineEnd);
  // The last line of the first piece may be cut.
  const layout = layoutOf(sample.last || sampled.length === 1 ? sampled : sampled.slice(0, -1));

  async function* rows(): AsyncGenerator<RowBatch> {
    let sentence: Line[] = [];
    let batch: SourceRow[] = [];
    const finish = () => {
      if (sentence.length > 0) batch.push(sentenceRow(sentence, layout));
      sentence = [];
    };
    for await (const { lines, bytesRead } of readLines(chunks())) {
      for (const line of lines) {
        if (isBlank(line.text) || isDocumentStart(line.text)) finish();
        else if (!isRemark(line.text, layout.separator)) {
          if (layout.width < 2) throw damaged(file.name, 'not-tagged', { row: line.row, byte: await byteOfCharacter(file, encoding, line.begin) });
          sentence.push(line);
        }
        if (batch.length < batchRows) continue;
        yield { rows: batch, bytesRead };
        batch = [];
      }
      yield { rows: batch, bytesRead };
      batch = [];
    }
    finish();
    yield { rows: batch, bytesRead: file.size };
  }

  const between = Array.from({ length: Math.max(0, layout.width - 2) }, (_, index) => `column ${index + 2}`);
  return {
    dialect: {
      format: 'conll',
      encoding,
      hasByteOrderMark,
      delimiter: layout.separator === 'tab' ? '\t' : ',',
      quoted: false,
      hasHeader: false,
      skippedLines: 0,
    },
    header: ['tokens', ...between, 'tags'],
    width: Math.max(2, layout.width),
    notices,
    rows,
  };
}

const tag = /^(O|[BIESLUM]-\S+)$/;

/** Lines that end in a tag, blank lines among them: no table of texts and labels looks like that. */
function sniff(fileName: string, sample: Uint8Array): number {
  const text = new TextDecoder(detectEncoding(sample).encoding).decode(sample);
  const lines = text.split(lineEnd).slice(0, sampledLines);
  if (sample.length >= 65_536) lines.pop();
  const words = lines.filter((line) => !isBlank(line) && !isDocumentStart(line) && !line.startsWith('#'));
  const { separator, width } = layoutOf(words);
  const tagged = words.filter((line) => tag.test(fieldsOf(line, separator).at(-1) ?? '')).length;
  const share = words.length === 0 || width < 2 ? 0 : tagged / words.length;
  if (hasExtension(fileName, fileEndings.conll)) return share > 0.5 ? 0.95 : 0.85;
  const hasBreak = lines.slice(0, -1).some(isBlank);
  return share > 0.95 && words.length >= 3 && (hasBreak || /(^|[\t ])B-/m.test(text)) && width <= 12 ? sure : 0;
}

export const conll: FileFormat = { id: 'conll', extensions: fileEndings.conll, sniff, open };
