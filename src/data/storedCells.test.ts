import { describe, expect, it } from 'vitest';
import { MemoryPieces } from './memoryPieces';
import { CellWriter, StoredCells } from './storedCells';

const awkward = ['', 'plain', '评论 😀', '\ud800 alone', 'ends in \udc00', '\ufeffmark', '\0', 'x'.repeat(5_000), '"', '\r\n', 'é'];

function stored(cells: readonly string[], chunkBytes?: number): StoredCells {
  const writer = new CellWriter(new MemoryPieces(), chunkBytes);
  for (const cell of cells) writer.add(cell);
  return writer.finish();
}

/** As a file on disk: what was read before is overwritten. */
class OneRoom extends MemoryPieces {
  override read(begin: number, length: number, room = new Uint8Array(0)): Uint8Array {
    if (room.length < length) throw new Error('There is no room.');
    room.set(super.read(begin, length));
    return room.subarray(0, length);
  }
}

describe('stored cells', () => {
  it.each([16, 4_096, 131_072])('gives back every cell, in order and one by one, in chunks of %d bytes', (chunkBytes) => {
    const cells = Array.from({ length: 40 }, (_, row) => awkward.map((cell) => `${row % 7 === 0 ? '' : row}${cell}`)).flat();
    const found = stored(cells, chunkBytes);
    expect([...found]).toEqual(cells);
    expect(found.length).toBe(cells.length);
    for (let index = cells.length - 1; index >= 0; index -= 3) expect(found.at(index)).toBe(cells[index]);
    for (let index = 0; index < cells.length; index += 17) expect(found.at(index)).toBe(cells[index]);
    expect(found.at(cells.length)).toBeUndefined();
    expect(found.at(-1)).toBeUndefined();
  });

  it('holds empty cells before a column came up', () => {
    const writer = new CellWriter(new MemoryPieces());
    writer.skip(70_000);
    writer.add('late');
    const cells = writer.finish();
    expect(cells.length).toBe(70_001);
    expect([cells.at(0), cells.at(69_999), cells.at(70_000)]).toEqual(['', '', 'late']);
  });

  it('reads each chunk once when gone through', () => {
    const pieces = new MemoryPieces();
    const writer = new CellWriter(pieces, 1_000);
    for (let row = 0; row < 1_000; row += 1) writer.add(`row ${row}`);
    const cells = writer.finish();
    let reads = 0;
    const read = pieces.read.bind(pieces);
    pieces.read = (begin, length) => {
      reads += 1;
      return read(begin, length);
    };
    expect([...cells]).toHaveLength(1_000);
    for (let row = 0; row < 1_000; row += 1) cells.at(row);
    expect(cells.chunks.length).toBeGreaterThan(5);
    expect(reads).toBeLessThanOrEqual(2 * cells.chunks.length);
  });

  it('gives the right cells to several readers at once, though each chunk is read into the same room', () => {
    const writer = new CellWriter(new OneRoom(), 500);
    const texts = Array.from({ length: 400 }, (_, row) => `row ${row}`);
    for (const text of texts) writer.add(text);
    const cells = writer.finish();
    const [one, other] = [cells[Symbol.iterator](), cells[Symbol.iterator]()];
    const found: unknown[] = [];
    for (let row = 0; row < texts.length; row += 1) {
      found.push(one.next().value);
      // The other is three times as fast and so in another chunk; a single cell is in a third.
      for (let step = 0; step < 3 && 3 * row + step < texts.length; step += 1) expect(other.next().value).toBe(texts[3 * row + step]);
      expect(cells.at(texts.length - 1 - row)).toBe(texts[texts.length - 1 - row]);
    }
    expect(found).toEqual(texts);
  });

  it('takes no more room than the longest chunk of a short column', () => {
    let largest = 0;
    class Watched extends MemoryPieces {
      override read(begin: number, length: number, room?: Uint8Array<ArrayBuffer>): Uint8Array {
        largest = Math.max(largest, room?.length ?? 0);
        return super.read(begin, length);
      }
    }
    const writer = new CellWriter(new Watched());
    for (const cell of ['one', 'two', 'three']) writer.add(cell);
    expect([...writer.finish()]).toEqual(['one', 'two', 'three']);
    expect(largest).toBe(3 * 4 + 11);
  });

  it('names damage instead of showing it', () => {
    const { pieces, chunks } = stored(['a', 'b']);
    const bytes = pieces.read(0, pieces.size);
    expect(new StoredCells(pieces, chunks, false).at(1)).toBe('b');
    bytes[bytes.length - 1] = 0x63;
    expect(() => new StoredCells(pieces, chunks, false).at(0)).toThrowError(expect.objectContaining({ code: 'storage.damaged' }));
  });
});
