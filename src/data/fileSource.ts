/** A file that is read in pieces, any of them as often as needed: a large one is never in memory as a whole. */

export interface FileSource {
  name: string;
  /** Bytes. */
  size: number;
  /** Bytes of [begin, end). @throws AnnealError `data.unreadable-file` */
  read(begin: number, end: number): Promise<Uint8Array>;
}

/** As it comes from a test or the command line. */
export interface FileBytes {
  name: string;
  bytes: Uint8Array;
}

export function sourceOf({ name, bytes }: FileBytes): FileSource {
  return { name, size: bytes.length, read: async (begin, end) => bytes.subarray(begin, end) };
}

/** For the packed formats, which have to be at hand as a whole. */
export const readWhole = (file: FileSource): Promise<Uint8Array> => file.read(0, file.size);

/** A small first piece shows the first rows soon; larger ones then cost fewer pauses. */
export const firstPieceBytes = 262_144;
const pieceBytes = 2_097_152;

export interface FilePiece {
  bytes: Uint8Array;
  /** Of the file: where the piece begins, and where it ends. */
  begin: number;
  end: number;
  last: boolean;
}

/** The file from `from` on, piece by piece. The next one is on its way while one is used. An empty rest is one piece. */
export async function* filePieces(file: FileSource, from: number, size?: number): AsyncGenerator<FilePiece> {
  const endOf = (begin: number, length: number) => Math.min(begin + length, file.size);
  let begin = from;
  let end = endOf(begin, size ?? firstPieceBytes);
  let next = file.read(begin, end);
  for (;;) {
    const bytes = await next;
    const last = end >= file.size;
    const piece = { bytes, begin, end, last };
    if (!last) {
      begin = end;
      end = endOf(begin, size ?? pieceBytes);
      next = file.read(begin, end);
      // Should reading stop here, nobody hears of this piece.
      next.catch(() => undefined);
    }
    yield piece;
    if (last) return;
  }
}
