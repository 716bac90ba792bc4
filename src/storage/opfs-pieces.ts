/** Files of pieces on the origin-private file system: written and read at once, as only workers can. */
import { AnnealError } from '../domain';
import { MemoryPieceFile } from './memory-storage';
import type { PieceFile } from './project-storage';

/** The worker half of the interface, which TypeScript's library for pages leaves out. */
export interface SyncAccessHandle {
  getSize(): number;
  truncate(bytes: number): void;
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  read(into: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  close(): void;
}

export interface SyncFileHandle {
  /** With `read-only`, which not every browser knows, several may have the file open. */
  createSyncAccessHandle(options?: { mode: 'read-only' | 'readwrite' }): Promise<SyncAccessHandle>;
}

export class HandlePieces implements PieceFile {
  size: number;
  private isOpen = true;

  /** @param reopen gives the file again, to read only */
  constructor(
    private access: SyncAccessHandle,
    private readonly reopen: () => Promise<SyncAccessHandle>,
  ) {
    this.size = access.getSize();
  }

  append(bytes: Uint8Array): number {
    const begin = this.size;
    if (this.write(bytes, begin) < bytes.length) throw new AnnealError('storage.full', { neededBytes: begin + bytes.length, freeBytes: 0 });
    this.size += bytes.length;
    return begin;
  }

  private write(bytes: Uint8Array, at: number): number {
    try {
      return this.access.write(unshared(bytes), { at });
    } catch (error) {
      if (error instanceof Error && error.name === 'QuotaExceededError') return 0;
      throw error;
    }
  }

  read(begin: number, length: number, room?: Uint8Array<ArrayBuffer>): Uint8Array {
    const bytes = room !== undefined && room.length >= length ? room.subarray(0, length) : new Uint8Array(length);
    // A file that another tab has removed, or that was closed since, is as good as damaged.
    const read = this.isOpen ? this.access.read(bytes, { at: begin }) : 0;
    if (read < length) throw new AnnealError('storage.damaged', { file: 'cells' });
    return bytes;
  }

  clear(): void {
    this.access.truncate(0);
    this.size = 0;
  }

  async keep(): Promise<void> {
    this.access.flush();
    this.close();
    this.access = await this.reopen();
    this.isOpen = true;
  }

  close(): void {
    if (this.isOpen) this.access.close();
    this.isOpen = false;
  }
}

/** Where a worker has no such handles: in memory, and written as a whole once it is kept. */
export class LatePieces extends MemoryPieceFile {
  constructor(private readonly write: (bytes: Uint8Array) => Promise<unknown>) {
    super();
  }

  override async keep(): Promise<void> {
    await this.write(this.whole());
  }
}

/** The file interfaces do not read shared memory. */
export function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer ? new Uint8Array(buffer, bytes.byteOffset, bytes.length) : new Uint8Array(bytes);
}
