/** Storage that ends with the page: for private windows, where the browser refuses files, and for tests. */
import { isSinglePiece, pathSegments, type Chunks, type ProjectStorage, type StorageUsage, type StoredEntry } from './project-storage';

export class MemoryStorage implements ProjectStorage {
  /** By path. */
  private readonly files = new Map<string, Uint8Array<ArrayBuffer>>();

  async readBytes(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
    pathSegments(path);
    // Copied, as a file would be: what a reader changes must not change what is stored.
    return this.files.get(path)?.slice() ?? null;
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
    this.files.set(path, joined(chunks));
    return this.files.get(path)?.length ?? 0;
  }

  async append(path: string, text: string): Promise<void> {
    pathSegments(path);
    this.files.set(path, joined([this.files.get(path) ?? new Uint8Array(0), new TextEncoder().encode(text)]));
  }

  async remove(path: string): Promise<number> {
    pathSegments(path);
    let removed = 0;
    for (const [name, bytes] of this.files) {
      if (path !== '' && name !== path && !name.startsWith(`${path}/`)) continue;
      removed += bytes.length;
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
      entries.set(name, deeper.length > 0 ? { name, kind: 'folder', bytes: 0 } : { name, kind: 'file', bytes: bytes.length });
    }
    return [...entries.values()];
  }

  async usage(): Promise<StorageUsage> {
    let usedBytes = 0;
    for (const bytes of this.files.values()) usedBytes += bytes.length;
    return { available: false, persisted: false, usedBytes, freeBytes: 0 };
  }
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
