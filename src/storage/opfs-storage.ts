/** Storage on the origin-private file system (https://fs.spec.whatwg.org). */
import { AnnealError } from '../domain';
import { MemoryPieceFile } from './memory-storage';
import { HandlePieces, LatePieces, unshared, type SyncFileHandle } from './opfs-pieces';
import { isSinglePiece, pathSegments, type Chunks, type PieceFile, type ProjectStorage, type StorageUsage, type StoredEntry } from './project-storage';

/** Everything lies in one folder: other pages of the same origin may use the file system too. */
const ROOT_FOLDER = 'anneal';

/** Milliseconds. After a reload the worker of the old page may hold a file for a moment. */
const LOCK_PATIENCE = 3000;
const LOCK_RETRY = 50;

/** Null where the browser refuses files: no such interface, or a private window. */
export async function openStorage(): Promise<ProjectStorage | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const storage = new OpfsStorage(await root.getDirectoryHandle(ROOT_FOLDER, { create: true }));
    // Some private windows give the folder and refuse the first file.
    await storage.writeBytes('probe', Uint8Array.of(1));
    await storage.remove('probe');
    return storage;
  } catch (error) {
    // A full disk is no refusal: what is stored can be read, and deleted.
    if (error instanceof AnnealError && error.code === 'storage.full') return reopen();
    return null;
  }
}

async function reopen(): Promise<ProjectStorage> {
  const root = await navigator.storage.getDirectory();
  return new OpfsStorage(await root.getDirectoryHandle(ROOT_FOLDER));
}

/**
 * Asks the browser not to clear this origin by itself; whether it promised. Only a page can ask: in a worker this
 * answers what was promised before.
 */
export async function persist(): Promise<boolean> {
  const storage: Partial<StorageManager> | undefined = globalThis.navigator?.storage;
  try {
    return (await storage?.persist?.()) ?? (await storage?.persisted?.()) ?? false;
  } catch {
    return false;
  }
}

export class OpfsStorage implements ProjectStorage {
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  async readBytes(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
    // As one attempt: a file that the other worker writes between the two calls cannot be read by its old handle.
    return patiently(async () => {
      const file = await this.readFile(path);
      return file === null ? null : new Uint8Array(await file.arrayBuffer());
    });
  }

  async readChunks(path: string): Promise<AsyncIterable<Uint8Array> | null> {
    const file = await this.readFile(path);
    if (file === null) return null;
    return pieces(file.stream().getReader());
  }

  async writeBytes(path: string, content: Uint8Array | Chunks): Promise<number> {
    let written = 0;
    let writer: FileWriter | undefined;
    try {
      writer = await openWriter(await this.fileHandle(path), 'replace');
      if (isSinglePiece(content)) written = await writer.write(content);
      else for await (const chunk of content) written += await writer.write(chunk);
      await writer.close();
      return written;
    } catch (error) {
      if (writer !== undefined) {
        await writer.abort();
        await this.remove(path).catch(() => 0);
      }
      throw await this.translated(error, written);
    }
  }

  async append(path: string, text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    let writer: FileWriter | undefined;
    try {
      writer = await openWriter(await this.fileHandle(path), 'append');
      await writer.write(bytes);
      await writer.close();
    } catch (error) {
      await writer?.abort();
      throw await this.translated(error, bytes.length);
    }
  }

  async createPieces(path: string): Promise<PieceFile> {
    const handle = await this.fileHandle(path);
    if (!hasSyncAccess(handle)) return new LatePieces((bytes) => this.writeBytes(path, bytes));
    const access = await patiently(() => handle.createSyncAccessHandle());
    access.truncate(0);
    return new HandlePieces(access, () => patiently(() => handle.createSyncAccessHandle({ mode: 'read-only' })));
  }

  async openPieces(path: string): Promise<PieceFile | null> {
    const file = await this.readFile(path);
    if (file === null) return null;
    const handle = await this.fileHandle(path);
    const again = () => patiently(() => (handle as FileSystemFileHandle & SyncFileHandle).createSyncAccessHandle({ mode: 'read-only' }));
    const access = hasSyncAccess(handle) ? await again().catch(() => null) : null;
    if (access !== null) return new HandlePieces(access, again);
    // Another tab holds it, in a browser that gives a file to one only.
    const pieces = new MemoryPieceFile();
    pieces.append(new Uint8Array(await file.arrayBuffer()));
    return pieces;
  }

  async remove(path: string): Promise<number> {
    const segments = pathSegments(path);
    const name = segments.pop();
    if (name === undefined) {
      let removed = 0;
      for (const entry of await this.list('')) removed += await this.remove(entry.name);
      return removed;
    }
    const folder = await this.folder(segments, false);
    if (folder === null) return 0;
    const bytes = await this.bytesOf(path);
    try {
      await patiently(() => folder.removeEntry(name, { recursive: true }));
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return 0;
      throw error;
    }
    return bytes;
  }

  async list(path: string): Promise<StoredEntry[]> {
    const folder = await this.folder(pathSegments(path), false);
    if (folder === null) return [];
    const entries: StoredEntry[] = [];
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') entries.push({ name, kind: 'folder', bytes: 0 });
      else entries.push({ name, kind: 'file', bytes: await sizeOf(handle as FileSystemFileHandle) });
    }
    return entries;
  }

  async usage(): Promise<StorageUsage> {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const persisted = await navigator.storage.persisted();
    return { available: true, persisted, usedBytes: usage, freeBytes: Math.max(0, quota - usage) };
  }

  private async bytesOf(path: string): Promise<number> {
    const entries = await this.list(path).catch(() => null);
    if (entries === null) return (await this.readFile(path))?.size ?? 0;
    let bytes = 0;
    for (const entry of entries) bytes += entry.kind === 'file' ? entry.bytes : await this.bytesOf(`${path}/${entry.name}`);
    return bytes;
  }

  private async readFile(path: string): Promise<File | null> {
    const segments = pathSegments(path);
    const name = segments.pop() ?? '';
    const folder = await this.folder(segments, false);
    try {
      return folder === null ? null : await patiently(async () => (await folder.getFileHandle(name)).getFile());
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return null;
      throw error;
    }
  }

  private async fileHandle(path: string): Promise<FileSystemFileHandle> {
    const segments = pathSegments(path);
    const name = segments.pop() ?? '';
    const folder = await this.folder(segments, true);
    if (folder === null) throw new Error(`no folder for ${path}`);
    return folder.getFileHandle(name, { create: true });
  }

  private async folder(segments: string[], create: boolean): Promise<FileSystemDirectoryHandle | null> {
    let folder = this.root;
    try {
      for (const segment of segments) folder = await folder.getDirectoryHandle(segment, { create });
      return folder;
    } catch (error) {
      if (!create && isNamed(error, 'NotFoundError')) return null;
      throw error;
    }
  }

  /** @param neededBytes as far as known when the room ran out */
  private async translated(error: unknown, neededBytes: number): Promise<unknown> {
    if (!isNamed(error, 'QuotaExceededError')) return error;
    const freeBytes = await this.usage().then((usage) => usage.freeBytes, () => 0);
    return new AnnealError('storage.full', { neededBytes, freeBytes });
  }
}

interface FileWriter {
  /** Answers the bytes written: all of them, or it throws. */
  write(bytes: Uint8Array): Promise<number>;
  /** On the disk when it resolves. */
  close(): Promise<void>;
  /** Lets the file go after a failure; never throws. */
  abort(): Promise<void>;
}

async function openWriter(handle: FileSystemFileHandle, mode: 'replace' | 'append'): Promise<FileWriter> {
  // Only workers have it; a page (and some engines' workers) writes through a stream.
  if (hasSyncAccess(handle)) return openSyncWriter(handle, mode);
  const stream = await patiently(() => handle.createWritable({ keepExistingData: mode === 'append' }));
  if (mode === 'append') await stream.seek((await handle.getFile()).size);
  return {
    async write(bytes) {
      await stream.write(unshared(bytes));
      return bytes.length;
    },
    close: () => stream.close(),
    abort: () => stream.abort().catch(() => undefined),
  };
}

function hasSyncAccess(handle: FileSystemFileHandle): handle is FileSystemFileHandle & SyncFileHandle {
  return 'createSyncAccessHandle' in handle;
}

async function openSyncWriter(handle: SyncFileHandle, mode: 'replace' | 'append'): Promise<FileWriter> {
  const access = await patiently(() => handle.createSyncAccessHandle());
  if (mode === 'replace') access.truncate(0);
  let at = access.getSize();
  return {
    async write(bytes) {
      const written = access.write(unshared(bytes), { at });
      at += written;
      // The interface may take fewer bytes than given instead of throwing: there is no room for the rest.
      if (written < bytes.length) throw new DOMException('short write', 'QuotaExceededError');
      return written;
    },
    async close() {
      access.flush();
      access.close();
    },
    async abort() {
      access.close();
    },
  };
}

async function* pieces(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function sizeOf(handle: FileSystemFileHandle): Promise<number> {
  try {
    return (await handle.getFile()).size;
  } catch {
    // Removed or being written by the other worker since the folder was read.
    return 0;
  }
}

/** Tries again for a while where another handle holds the file, or has changed it under a reader. */
async function patiently<Value>(attempt: () => Promise<Value>): Promise<Value> {
  const start = performance.now();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isBusy = isNamed(error, 'NoModificationAllowedError') || isNamed(error, 'NotReadableError');
      if (!isBusy || performance.now() - start > LOCK_PATIENCE) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCK_RETRY));
    }
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
