/** An archive of text files in folders: a row a file, its folder's name the label. */
import { AnnealError, type SetAsideReason } from '../../../domain';
import { openArchive, unpackWhole, type ArchivedFile } from '../../archive';
import { decode } from '../../decode';
import { detectEncoding } from '../../encoding';
import { looksLikeOther } from '../../notTable';
import { type FormatInput, type RowBatch, type RowSource, type SourceRow } from '../format';

/** Unpacking one by one takes long enough that few rows are a batch. */
const filesInBatch = 200;

/** What archivers and file managers add by themselves. */
function isHidden(name: string): boolean {
  const parts = name.split('/');
  return parts.includes('__MACOSX') || parts.some((part) => part.startsWith('.')) || /^(thumbs\.db|desktop\.ini)$/i.test(parts.at(-1) ?? '');
}

function textOf(content: Uint8Array, name: string): string | null {
  if (content.length === 0) return '';
  if (looksLikeOther(name, content) !== null && looksLikeOther(name, content) !== 'HTML') return null;
  try {
    return decode(content, detectEncoding(content).encoding, name);
  } catch {
    return null;
  }
}

async function fileRow(file: ArchivedFile, row: number): Promise<SourceRow> {
  const text = textOf(await unpackWhole(file), file.name);
  const label = file.name.split('/').at(-2) ?? '';
  const problem: SetAsideReason | null = text === null ? 'undecodable' : null;
  return { row, cells: [text ?? '', label, file.name], blank: false, problem };
}

export async function openTextArchive(input: FormatInput): Promise<RowSource> {
  const { bytes, fileName } = input;
  const archive = await openArchive(bytes, fileName);
  const files = archive.files.filter((file) => !isHidden(file.name));
  if (!files.some((file) => file.name.includes('/'))) {
    const looksLike = files.some(({ name }) => name.startsWith('word/')) ? 'DOCX' : 'ZIP';
    throw new AnnealError('data.no-rows', { file: fileName, kind: 'not-a-table', looksLike });
  }

  async function* rows(): AsyncGenerator<RowBatch> {
    let batch: SourceRow[] = [];
    let bytesRead = 0;
    for (const [index, file] of files.entries()) {
      batch.push(await fileRow(file, index + 1));
      bytesRead = Math.min(bytes.length, Math.max(bytesRead, file.offset));
      if (batch.length < filesInBatch) continue;
      yield { rows: batch, bytesRead };
      batch = [];
    }
    await archive.close();
    yield { rows: batch, bytesRead: bytes.length };
  }

  return {
    dialect: { format: 'text-zip', encoding: 'utf-8', hasByteOrderMark: false, delimiter: ',', quoted: false, hasHeader: false, skippedLines: 0 },
    header: ['text', 'label', 'file'],
    width: 3,
    notices: [],
    rows,
  };
}
