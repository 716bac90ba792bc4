/** A dropped file or folder to a table, read in pieces. */
import { importFolder, importTable, type FileSource, type ImportOptions } from '../../data';
import { AnnealError, type Table } from '../../domain';
import type { DroppedFolder } from '../protocol';

/** @throws AnnealError what `importTable` and `importFolder` throw */
export async function readFrom(file: File | DroppedFolder, options: ImportOptions): Promise<Table> {
  if (file instanceof File) return importTable(piecesOf(file), options);
  const files = file.files.map(({ path, file: part }) => ({ path, size: part.size, read: () => readPart(part, 0, part.size) }));
  return importFolder(file.name, files, options);
}

function piecesOf(file: File): FileSource {
  return { name: file.name, size: file.size, read: (begin, end) => readPart(file, begin, end) };
}

async function readPart(file: File, begin: number, end: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(begin, end).arrayBuffer());
  } catch (thrown) {
    throw new AnnealError('data.unreadable-file', { file: file.name, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}
