/** Pieces that are kept in memory: on the command line, in tests, and where the browser gives no files. */
import { AnnealError, type Pieces } from '../domain';

export class MemoryPieces implements Pieces {
  size = 0;
  /** By where they begin; each is read as it was appended, or a part of it. */
  private readonly pieces: { begin: number; bytes: Uint8Array }[] = [];

  append(bytes: Uint8Array): number {
    const begin = this.size;
    this.pieces.push({ begin, bytes });
    this.size += bytes.length;
    return begin;
  }

  read(begin: number, length: number): Uint8Array {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pieces[middle]?.begin ?? 0) <= begin) low = middle;
      else high = middle - 1;
    }
    const piece = this.pieces[low];
    const from = begin - (piece?.begin ?? 0);
    if (piece === undefined || from < 0 || from + length > piece.bytes.length) throw new AnnealError('storage.damaged', { file: 'cells' });
    return piece.bytes.subarray(from, from + length);
  }

  /** All of them as one. */
  whole(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    for (const { begin, bytes } of this.pieces) whole.set(bytes, begin);
    return whole;
  }

  clear(): void {
    this.pieces.length = 0;
    this.size = 0;
  }
}
