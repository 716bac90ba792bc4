/**
 * A column as bytes: chunks of cells lie in a file of pieces, and a cell becomes a string when it is asked for. In memory
 * stay a few numbers a chunk and the chunk read last.
 *
 * ```
 * chunk   where each cell ends, counted from the first text byte: rows x Uint32, little-endian
 *         the cells' texts one after the other: UTF-8, or UTF-16LE where one holds half a surrogate pair
 * ```
 */
import { AnnealError, crc32, type Cells, type Pieces } from '../domain';

export interface CellChunk {
  rows: number;
  /** Where the chunk begins in the pieces, and its bytes with the ends of its cells. */
  begin: number;
  length: number;
  /** CRC-32 of the whole chunk. */
  checksum: number;
  /** Texts are UTF-16LE. */
  wide: boolean;
}

/** Read as one: a chunk that is gone through once costs one read, a single cell far away little more than itself. */
const usualChunkBytes = 131_072;
const firstBytes = 1_024;
const mostRows = 32_768;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The parts of `String.prototype` that TypeScript's library of 2022 does not know yet. */
const isWellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();

function grown<Kind extends Uint8Array | Uint32Array>(array: Kind, length: number, used: number): Kind {
  const larger = new (array.constructor as new (length: number) => Kind)(length);
  larger.set(array.subarray(0, used));
  return larger;
}

function wideBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) view.setUint16(2 * index, text.charCodeAt(index), true);
  return bytes;
}

/** Collects the cells of one column; full chunks go to the pieces as they come. */
export class CellWriter {
  private readonly chunks: CellChunk[] = [];
  private ends = new Uint32Array(64);
  private texts = new Uint8Array(firstBytes);
  private rows = 0;
  private used = 0;

  constructor(
    private readonly pieces: Pieces,
    private readonly chunkBytes = usualChunkBytes,
  ) {}

  /** @throws AnnealError `storage.full` */
  add(cell: string): void {
    if (cell === '') return this.end();
    if (!isWellFormed(cell)) return this.addWide(cell);
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    const most = this.used + cell.length * 3;
    if (most > this.texts.length) {
      if (this.used > 0 && most > this.chunkBytes) this.seal();
      const needed = this.used + cell.length * 3;
      if (needed > this.texts.length) this.texts = grown(this.texts, Math.max(needed, Math.min(this.chunkBytes, 4 * this.texts.length)), this.used);
    }
    this.used += encoder.encodeInto(cell, this.texts.subarray(this.used)).written;
    this.end();
  }

  /** As many cells with nothing in them. */
  skip(cells: number): void {
    for (let cell = 0; cell < cells; cell += 1) this.end();
  }

  finish(): StoredCells {
    this.seal();
    return new StoredCells(this.pieces, this.chunks, true);
  }

  private end(): void {
    if (this.rows === this.ends.length) this.ends = grown(this.ends, 2 * this.rows, this.rows);
    this.ends[this.rows] = this.used;
    this.rows += 1;
    if (this.rows === mostRows) this.seal();
  }

  /** UTF-8 cannot hold half a pair: such a cell is a chunk of its own. */
  private addWide(cell: string): void {
    this.seal();
    this.texts = wideBytes(cell);
    this.used = this.texts.length;
    this.end();
    this.seal(true);
  }

  private seal(wide = false): void {
    if (this.rows === 0) return;
    const bytes = new Uint8Array(4 * this.rows + this.used);
    const view = new DataView(bytes.buffer);
    for (let row = 0; row < this.rows; row += 1) view.setUint32(4 * row, this.ends[row] ?? 0, true);
    bytes.set(this.texts.subarray(0, this.used), 4 * this.rows);
    const begin = this.pieces.append(bytes);
    this.chunks.push({ rows: this.rows, begin, length: bytes.length, checksum: crc32(bytes), wide });
    this.rows = 0;
    this.used = 0;
    // One long cell must not keep its room for the rest of the file.
    if (this.texts.length > this.chunkBytes) this.texts = new Uint8Array(firstBytes);
  }
}

interface OpenChunk {
  ends: DataView;
  texts: Uint8Array;
  wide: boolean;
}

export class StoredCells implements Cells {
  readonly length: number;
  /** First row of each chunk. */
  private readonly firstRows: Float64Array;
  /** Chunks whose checksum was compared. */
  private readonly checked: Uint8Array;
  private open: OpenChunk | null = null;
  private openIndex = -1;
  /** Where the chunk that is open lies, unless it is a very long one. */
  private room: Uint8Array<ArrayBuffer> | null = null;

  /** @param trusted the bytes were written by this page and have not been on disk between two visits */
  constructor(
    readonly pieces: Pieces,
    readonly chunks: readonly CellChunk[],
    trusted: boolean,
  ) {
    this.firstRows = new Float64Array(chunks.length);
    this.checked = new Uint8Array(chunks.length).fill(trusted ? 1 : 0);
    let rows = 0;
    chunks.forEach((chunk, index) => {
      this.firstRows[index] = rows;
      rows += chunk.rows;
    });
    this.length = rows;
  }

  /** @throws AnnealError `storage.damaged` */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const chunk = this.chunkOf(index);
    return this.cell(this.opened(chunk), index - (this.firstRows[chunk] ?? 0));
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const [index, { rows }] of this.chunks.entries()) {
      // Asked for anew after each cell: somebody else may have read elsewhere meanwhile.
      for (let row = 0; row < rows; row += 1) yield this.cell(this.opened(index), row);
    }
  }

  private chunkOf(index: number): number {
    let low = 0;
    let high = this.chunks.length - 1;
    if (this.openIndex >= 0 && index >= (this.firstRows[this.openIndex] ?? 0)) low = this.openIndex;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.firstRows[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private opened(index: number): OpenChunk {
    if (this.open !== null && this.openIndex === index) return this.open;
    const chunk = this.chunks[index];
    if (chunk === undefined) throw new AnnealError('storage.damaged', { file: 'cells' });
    this.room ??= new Uint8Array(Math.min(usualChunkBytes, this.chunks.reduce((most, { length }) => Math.max(most, length), 0)));
    // What was open is overwritten.
    this.open = null;
    const bytes = this.pieces.read(chunk.begin, chunk.length, this.room);
    if (this.checked[index] === 0 && crc32(bytes) !== chunk.checksum) throw new AnnealError('storage.damaged', { file: 'cells' });
    this.checked[index] = 1;
    const ends = new DataView(bytes.buffer, bytes.byteOffset, 4 * chunk.rows);
    this.open = { ends, texts: bytes.subarray(4 * chunk.rows), wide: chunk.wide };
    this.openIndex = index;
    return this.open;
  }

  private cell({ ends, texts, wide }: OpenChunk, row: number): string {
    const begin = row === 0 ? 0 : ends.getUint32(4 * row - 4, true);
    const end = ends.getUint32(4 * row, true);
    if (begin === end) return '';
    const bytes = texts.subarray(begin, end);
    return wide ? wideText(bytes) : decoder.decode(bytes);
  }
}

/** Unit by unit, for a decoder would put U+FFFD for half a pair. */
function wideText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 2) parts.push(String.fromCharCode(view.getUint16(at, true)));
  return parts.join('');
}
