/** Files by path, the little of a file system that a project needs. `opfs-storage.ts` and `memory-storage.ts` are it. */
import type { Chunks, Pieces } from '../domain';

export type { Chunks } from '../domain';

export interface StoredEntry {
  name: string;
  kind: 'file' | 'folder';
  /** 0 for a folder. */
  bytes: number;
}

export interface StorageUsage {
  /** False where nothing outlives the page. */
  available: boolean;
  /** The browser has promised not to clear it by itself. */
  persisted: boolean;
  usedBytes: number;
  freeBytes: number;
}

/** A file that grows by pieces and is read anywhere; open from the call that gives it until `close`. */
export interface PieceFile extends Pieces {
  /** On the disk when it resolves; afterwards it is only read. @throws AnnealError `storage.full` */
  keep(): Promise<void>;
  /** Lets the file go; it cannot be read any more. */
  close(): void;
}

/**
 * Paths are names joined by `/`, without one at the start; folders are made as needed. What is not there reads as null,
 * lists as empty and is removed as 0 bytes.
 *
 * No call is atomic: a crash can leave a file half written. `ProjectStore` is built to bear that.
 */
export interface ProjectStorage {
  readBytes(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The same bytes in pieces, for files that should not be in memory twice. */
  readChunks(path: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Replaces the file and answers its size in bytes. @throws AnnealError `storage.full`, the partial file removed */
  writeBytes(path: string, content: Uint8Array | Chunks): Promise<number>;
  /** Adds UTF-8 text to the end of a file. @throws AnnealError `storage.full`, perhaps with a part of it written */
  append(path: string, text: string): Promise<void>;
  /** A new file in place of what is there. */
  createPieces(path: string): Promise<PieceFile>;
  /** A file that was kept, to read. */
  openPieces(path: string): Promise<PieceFile | null>;
  /** A file, or a folder with all in it; the empty path is everything. Answers the bytes removed. */
  remove(path: string): Promise<number>;
  /** What is directly in a folder. */
  list(folder: string): Promise<StoredEntry[]>;
  usage(): Promise<StorageUsage>;
}

/** The names in a path. @throws Error for a path that could lead elsewhere: a mistake of the caller */
export function pathSegments(path: string): string[] {
  if (path === '') return [];
  const segments = path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) throw new Error(`bad path ${path}`);
  return segments;
}

export function isSinglePiece(content: Uint8Array | Chunks): content is Uint8Array {
  return content instanceof Uint8Array;
}
