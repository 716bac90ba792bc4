/**
 * fastText's training files: a line a text, its labels marked with `__label__`, nearly always before the text
 * (https://fasttext.cc/docs/en/supervised-tutorial.html).
 */
import { fileEndings } from '../../../domain';
import { detectEncoding } from '../../encoding';
import { readLines, type Line } from '../../lines';
import { openText } from '../../textInput';
import { batchRows, hasExtension, sure, type FileFormat, type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';

const prefix = '__label__';
const sampledLines = 200;
/** Share of the lines that have to bear a label before a file is taken for one of these. */
const leastLabelled = 0.8;

/** A label as fastText finds it: a word, between white space, that begins with the prefix. */
const labelWord = /(^|[ \t])__label__(\S+)/g;

/** One label as it stands; several as a JSON list, for a name may hold any sign but white space. */
function labelCell(labels: readonly string[]): string {
  const [only = ''] = labels;
  return labels.length > 1 ? JSON.stringify(labels) : only;
}

function lineRow({ text: line, row, undecodable }: Line): SourceRow {
  if (undecodable) return { row, cells: [line], blank: false, problem: 'undecodable' };
  const labels = [...new Set(Array.from(line.matchAll(labelWord), ([, , name = '']) => name))];
  const text = line.replace(labelWord, '').trim();
  return { row, cells: [text, labelCell(labels)], blank: labels.length === 0 && text === '', problem: null };
}

async function open(input: FormatInput): Promise<RowSource> {
  const { encoding, hasByteOrderMark, notices, chunks } = await openText(input);

  async function* rows(): AsyncGenerator<RowBatch> {
    for await (const { lines, bytesRead } of readLines(chunks())) {
      for (let begin = 0; begin < lines.length; begin += batchRows) {
        yield { rows: lines.slice(begin, begin + batchRows).map(lineRow), bytesRead };
      }
    }
  }

  return {
    dialect: { format: 'fast-text', encoding, hasByteOrderMark, delimiter: ',', quoted: false, hasHeader: false, skippedLines: 0 },
    header: ['text', 'label'],
    width: 2,
    notices,
    rows,
  };
}

function sniff(fileName: string, sample: Uint8Array): number {
  const text = new TextDecoder(detectEncoding(sample).encoding).decode(sample);
  const lines = text.split(/\r\n|\n|\r/, sampledLines).filter((line) => line.trim() !== '');
  const labelled = lines.filter((line) => line.trimStart().startsWith(prefix)).length;
  if (lines.length > 0 && labelled >= lines.length * leastLabelled) return sure;
  return hasExtension(fileName, fileEndings.fastText) ? 0.5 : 0;
}

export const fastText: FileFormat = { id: 'fast-text', extensions: fileEndings.fastText, sniff, open };
