/** The files of pieces that one worker has open: a file that is open cannot be removed, and is opened once. */
import type { PieceFile, ProjectStorage } from './project-storage';

const isWithin = (path: string, folder: string): boolean => folder === '' || path === folder || path.startsWith(`${folder}/`);

export class OpenPieces {
  private readonly files = new Map<string, PieceFile>();
  /** Being written, and in no manifest yet. */
  private readonly pending = new Set<string>();

  constructor(private readonly storage: ProjectStorage) {}

  async create(path: string): Promise<PieceFile> {
    const pieces = await this.storage.createPieces(path);
    this.files.set(path, pieces);
    this.pending.add(path);
    return pieces;
  }

  async open(path: string): Promise<PieceFile | null> {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const pieces = await this.storage.openPieces(path);
    if (pieces !== null) this.files.set(path, pieces);
    return pieces;
  }

  /** A manifest is about to name the file. */
  settle(path: string): void {
    this.pending.delete(path);
  }

  /** Whether the file, or any in the folder, is still being written. */
  isPending(path: string): boolean {
    return [...this.pending].some((file) => isWithin(file, path));
  }

  /** Closes what is open there and removes it. Answers the bytes. */
  async remove(path: string): Promise<number> {
    for (const [file, pieces] of this.files) {
      if (!isWithin(file, path)) continue;
      pieces.close();
      this.files.delete(file);
      this.pending.delete(file);
    }
    return this.storage.remove(path);
  }
}
