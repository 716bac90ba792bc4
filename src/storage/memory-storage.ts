/** Storage that ends with the page: for private windows, where the browser refuses files, and for tests. */
import { MemoryPieces } from '../data';
import { isSinglePiece, pathSegments, type Chunks, type PieceFile, type ProjectStorage, type StorageUsage, type StoredEntry } from './project-storage';

/** Stays as it is until its file is removed: nothing is closed where nothing is open. */
export class MemoryPieceFile extends MemoryPieces implements PieceFile {
  async keep(): Promise<void> {}
  close(): void {}
}

export class MemoryStorage implements ProjectStorage {
  /** By path. */
  private readonly files = new Map<string, Uint8Array<ArrayBuffer> | MemoryPieceFile>();

  async readBytes(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
    pathSegments(path);
    // Copied, as a file would be: what a reader changes must not change what is stored.
    return this.bytesAt(path)?.slice() ?? null;
  }

  async readChunks(path: string): Promise<AsyncIterable<Uint8Array> | null> {
    const bytes = await this.readBytes(path);
    if (bytes === null) return null;
    return (async function* () {
      yield bytes;
    })();
  }

  async writeBytes(path: string, content: Uint8Array | Chunks): Promise<number> {
    pathSegments(path);
    const chunks: Uint8Array[] = [];
    if (isSinglePiece(content)) chunks.push(content);
    else for await (const chunk of content) chunks.push(chunk.slice());
    const whole = joined(chunks);
    this.files.set(path, whole);
    return whole.length;
  }

  async append(path: string, text: string): Promise<void> {
    pathSegments(path);
    this.files.set(path, joined([this.bytesAt(path) ?? new Uint8Array(0), new TextEncoder().encode(text)]));
  }

  async createPieces(path: string): Promise<PieceFile> {
    pathSegments(path);
    const pieces = new MemoryPieceFile();
    this.files.set(path, pieces);
    return pieces;
  }

  async openPieces(path: string): Promise<PieceFile | null> {
    pathSegments(path);
    const file = this.files.get(path);
    if (file === undefined || file instanceof MemoryPieceFile) return file ?? null;
    const pieces = new MemoryPieceFile();
    pieces.append(file);
    return pieces;
  }

  private bytesAt(path: string): Uint8Array<ArrayBuffer> | undefined {
    const file = this.files.get(path);
    return file instanceof MemoryPieceFile ? file.whole() : file;
  }

  async remove(path: string): Promise<number> {
    pathSegments(path);
    let removed = 0;
    for (const [name, bytes] of this.files) {
      if (path !== '' && name !== path && !name.startsWith(`${path}/`)) continue;
      removed += sizeOf(bytes);
      this.files.delete(name);
    }
    return removed;
  }

  async list(folder: string): Promise<StoredEntry[]> {
    pathSegments(folder);
    const prefix = folder === '' ? '' : `${folder}/`;
    const entries = new Map<string, StoredEntry>();
    for (const [path, bytes] of this.files) {
      if (!path.startsWith(prefix)) continue;
      const [name = '', ...deeper] = path.slice(prefix.length).split('/');
      entries.set(name, deeper.length > 0 ? { name, kind: 'folder', bytes: 0 } : { name, kind: 'file', bytes: sizeOf(bytes) });
    }
    return [...entries.values()];
  }

  async usage(): Promise<StorageUsage> {
    let usedBytes = 0;
    for (const bytes of this.files.values()) usedBytes += sizeOf(bytes);
    return { available: false, persisted: false, usedBytes, freeBytes: 0 };
  }
}

function sizeOf(file: Uint8Array | MemoryPieceFile): number {
  return file instanceof MemoryPieceFile ? file.size : file.length;
}

function joined(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
