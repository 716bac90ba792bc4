/** A folder of text files to a table, read as an archive of it would be. */
import { AnnealError, type Table } from '../domain';
import { damaged } from './damage';
import { openTextFiles } from './formats/textZip/files';
import { tableOf, type ImportOptions } from './importTable';

/** As much as an archive may unpack to. */
const mostBytes = 1_000_000_000;

export interface FolderFile {
  /** Below the folder, parted by `/`. */
  path: string;
  size: number;
  read(): Promise<Uint8Array>;
}

/** Throws `data.no-rows`, `data.damaged-file`, `cancelled`, and what `read` throws. */
export async function importFolder(name: string, files: readonly FolderFile[], options: ImportOptions = {}): Promise<Table> {
  if (options.signal?.aborted === true) throw new AnnealError('cancelled', {});
  let end = 0;
  const textFiles = files.map(({ path, size, read }) => {
    end += size;
    return { name: path, end, read };
  });
  if (end > mostBytes) throw damaged(name, 'too-large');
  return tableOf({ name, size: end }, openTextFiles(name, end, textFiles, 'folder'), options);
}
