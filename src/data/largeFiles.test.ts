/** Files that are too large to be held: what is read of them, and when. Bytes are counted, not seconds. */
import { describe, expect, it } from 'vitest';
import { filePieces, type FileSource } from './fileSource';
import { readTable } from './importTable';
import { bytesOf, latin1, joined, rowsOf } from './testTable';

interface CountedFile extends FileSource {
  bytesRead: number;
  largestRead: number;
  /** End of the furthest byte asked for. */
  furthest: number;
}

/** A file of `size` bytes that begins as given and goes on with the same line, made as it is read. */
function madeFile(size: number, start: Uint8Array, line: string, name = 'large.csv'): CountedFile {
  const block = bytesOf(line.repeat(Math.ceil(4_194_304 / line.length)));
  const file: CountedFile = {
    name,
    size,
    bytesRead: 0,
    largestRead: 0,
    furthest: 0,
    read: async (begin, end) => {
      file.bytesRead += end - begin;
      file.largestRead = Math.max(file.largestRead, end - begin);
      file.furthest = Math.max(file.furthest, end);
      const bytes = new Uint8Array(end - begin);
      let at = begin;
      if (at < start.length) {
        bytes.set(start.subarray(at, end), 0);
        at = Math.min(end, start.length);
      }
      while (at < end) {
        const from = (at - start.length) % (block.length - (block.length % line.length));
        const part = block.subarray(from, Math.min(block.length - (block.length % line.length), from + end - at));
        bytes.set(part, at - begin);
        at += part.length;
      }
      return bytes;
    },
  };
  return file;
}

/** A file of these bytes, counted. */
function countedFile(bytes: Uint8Array): CountedFile {
  const file = madeFile(bytes.length, bytes, 'x');
  return file;
}

const megabyte = 1_000_000;

describe('a large file', () => {
  it('fault 6: an open quote in row 2 of 200 MB is found in the first few megabytes', async () => {
    const file = madeFile(200 * megabyte, bytesOf('text,label\n"never closes,a\n'), 'a plain line of some words,b\n');
    await expect(readTable(file)).rejects.toMatchObject({ code: 'data.unclosed-quote', facts: { row: 2, column: 'text', byte: 11, rowsBefore: 0 } });
    expect(file.furthest).toBeLessThan(8 * megabyte);
    expect(file.bytesRead).toBeLessThan(16 * megabyte);
  });

  it('fault 7: shows the first rows before a second piece is used, never reads much at once, and stops when told', async () => {
    const file = madeFile(60 * megabyte, bytesOf('text,label\n'), 'a plain line of some words,b\n');
    const stop = new AbortController();
    let readAtFirstRows = 0;
    const importing = readTable(file, {
      signal: stop.signal,
      onFirstRows: ({ columns, rows }) => {
        expect(columns).toEqual(['text', 'label']);
        expect(rows[0]).toEqual({ row: 2, cells: ['a plain line of some words', 'b'] });
        readAtFirstRows = file.furthest;
        stop.abort();
      },
    });
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
    expect(readAtFirstRows).toBeLessThan(3 * megabyte);
    expect(file.furthest).toBeLessThan(6 * megabyte);
    expect(file.largestRead).toBeLessThan(3 * megabyte);
  });

  it('fault 3: a byte far behind the head can change the encoding, and every row is read in it', async () => {
    const plain = 'a plain line of some words,b\n'.repeat(60_000);
    const file = countedFile(joined(bytesOf(`text,label\n${plain}`), latin1('d\xe9j\xe0 vu,caf\xe9\n')));
    const table = await readTable(file);
    expect(table.dialect.encoding).toBe('windows-1252');
    expect(table.rowsInFile).toBe(60_001);
    expect(rowsOf(table).at(-1)).toEqual(['d\xe9j\xe0 vu', 'caf\xe9']);
  });

  it('fault 4: bytes far behind the head that fit no encoding of the whole are named by row and byte', async () => {
    const head = bytesOf(`text,label\n${'很快很不错很快很不错,好评\n'.repeat(40_000)}`);
    const file = countedFile(joined(head, Uint8Array.of(0xba, 0xdc, 0xbf, 0xec, 0x2c, 0xba, 0xc3, 0x0a)));
    await expect(readTable(file)).rejects.toMatchObject({ code: 'data.mixed-encoding', facts: { row: 40_002, byte: head.length, likely: 'gb18030' } });
  });

  it('is cut into pieces without a gap', async () => {
    const file = madeFile(5 * megabyte, new Uint8Array(0), 'abc\n');
    let next = 7;
    for await (const { begin, end, bytes, last } of filePieces(file, 7)) {
      expect(begin).toBe(next);
      expect(bytes.length).toBe(end - begin);
      expect(last).toBe(end === file.size);
      next = end;
    }
    expect(next).toBe(file.size);
  });
});
