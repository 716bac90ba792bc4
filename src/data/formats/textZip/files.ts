/** Text files in folders, whether packed or not: a row a file, its folder's name the label. */
import { AnnealError, type SetAsideReason } from '../../../domain';
import { decode } from '../../decode';
import { detectEncoding } from '../../encoding';
import { looksLikeOther } from '../../notTable';
import type { RowBatch, RowSource, SourceRow } from '../format';

/** Fetching one by one takes long enough that few rows are a batch. */
const filesInBatch = 200;

export interface TextFile {
  /** With its folders, parted by `/`. */
  name: string;
  /** Bytes of the whole up to the end of this file, for progress. */
  end: number;
  read(): Promise<Uint8Array>;
}

/** What archivers and file managers add by themselves. */
function isHidden(name: string): boolean {
  const parts = name.split('/');
  return parts.includes('__MACOSX') || parts.some((part) => part.startsWith('.')) || /^(thumbs\.db|desktop\.ini)$/i.test(parts.at(-1) ?? '');
}

async function textOf(content: Uint8Array, name: string): Promise<string | null> {
  if (content.length === 0) return '';
  if (looksLikeOther(name, content) !== null && looksLikeOther(name, content) !== 'HTML') return null;
  try {
    return await decode(content, detectEncoding(content).encoding, name);
  } catch {
    return null;
  }
}

async function fileRow(file: TextFile, row: number): Promise<SourceRow> {
  const text = await textOf(await file.read(), file.name);
  const label = file.name.split('/').at(-2) ?? '';
  const problem: SetAsideReason | null = text === null ? 'undecodable' : null;
  return { row, cells: [text ?? '', label, file.name], blank: false, problem };
}

/**
 * @param looksLike what to call the whole where none of its files lies in a folder
 * @throws AnnealError `data.no-rows`
 */
export function openTextFiles(name: string, size: number, all: readonly TextFile[], looksLike: string): RowSource {
  const files = all.filter((file) => !isHidden(file.name));
  if (!files.some((file) => file.name.includes('/'))) {
    throw new AnnealError('data.no-rows', { file: name, kind: 'not-a-table', looksLike });
  }

  async function* rows(): AsyncGenerator<RowBatch> {
    let batch: SourceRow[] = [];
    let bytesRead = 0;
    for (const [index, file] of files.entries()) {
      batch.push(await fileRow(file, index + 1));
      bytesRead = Math.min(size, Math.max(bytesRead, file.end));
      if (batch.length < filesInBatch) continue;
      yield { rows: batch, bytesRead };
      batch = [];
    }
    yield { rows: batch, bytesRead: size };
  }

  return {
    dialect: { format: 'text-zip', encoding: 'utf-8', hasByteOrderMark: false, delimiter: ',', quoted: false, hasHeader: false, skippedLines: 0 },
    header: ['text', 'label', 'file'],
    width: 3,
    notices: [],
    rows,
  };
}
