/** Finds the files of dropped folders; they are read later, in the worker. */
import { AnnealError } from '../../domain';
import type { DroppedFolder } from '../../workers';

/** As many as an archive may hold. */
const mostFiles = 1_000_000;

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject));

/** Browsers give the entries of a folder some at a time, and none at its end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    for (const entry of some) all.push(entry);
  }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

// The order in which a disk lists them differs between computers; a rerun must have the same rows.
function folderOf(name: string, files: DroppedFolder['files']): DroppedFolder {
  files.sort((left, right) => (left.path < right.path ? -1 : 1));
  return { name, size: files.reduce((total, { file }) => total + file.size, 0), files };
}

/** The files of a folder that was chosen: the browser lists them all, each with its path from that folder on. */
export function chosenFolder(files: readonly File[]): DroppedFolder {
  const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
  const below = files.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file }));
  // As for a dropped one: what programs keep for themselves is no text.
  return folderOf(name, below.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.'))));
}

/**
 * Paths begin below a lone folder; of several, dropped together, each folder's own name is a label.
 * Throws `data.unreadable-file`, `data.damaged-file` and `cancelled`.
 */
export async function filesInFolders(folders: readonly FileSystemDirectoryEntry[], signal: AbortSignal): Promise<DroppedFolder> {
  const name = folders.map((folder) => folder.name).join(', ');
  const files: DroppedFolder['files'] = [];
  const open = folders.map((folder) => ({ folder, path: folders.length > 1 ? `${folder.name}/` : '' }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { folder, path } = next;
    try {
      for (const entry of await entriesOf(folder)) {
        if (signal.aborted) throw new AnnealError('cancelled', {});
        // Folders that programs keep for themselves can hold far more than the texts.
        if (entry.name.startsWith('.')) continue;
        if (isFolder(entry)) open.push({ folder: entry, path: `${path}${entry.name}/` });
        else if (isFile(entry)) files.push({ path: path + entry.name, file: await fileOf(entry) });
        if (files.length > mostFiles) throw new AnnealError('data.damaged-file', { file: name, rule: 'too-large', part: null, row: null, cell: null, byte: null });
      }
    } catch (thrown) {
      if (thrown instanceof AnnealError) throw thrown;
      throw new AnnealError('data.unreadable-file', { file: path || folder.name, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
  return folderOf(name, files);
}
