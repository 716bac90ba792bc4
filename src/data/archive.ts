/** ZIP archives that a stranger packed: read entry by entry, with a limit on what they may unpack to. */
import { configure, ERR_ENCRYPTED, ERR_EOCDR_NOT_FOUND, ERR_INVALID_PASSWORD, ERR_INVALID_CRC32, Uint8ArrayReader, ZipReader, type FileEntry } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { AnnealError } from '../domain';
import { damaged } from './damage';

/** Far above any table that fits a tab; a few kilobytes can claim to unpack to more than there is memory. */
const mostEntries = 1_000_000;
const mostUnpackedBytes = 1_000_000_000;

export interface ArchivedFile {
  name: string;
  size: number;
  /** Bytes of the archive up to the end of this file, for progress. */
  offset: number;
  /** Its bytes as they are unpacked. Throws `data.damaged-file` where they are damaged or too many. */
  unpack(): AsyncGenerator<Uint8Array>;
}

export interface Archive {
  files: ArchivedFile[];
  close(): Promise<void>;
}

function toDamage(error: unknown, fileName: string, part?: string): AnnealError {
  if (error instanceof AnnealError) return error;
  const message = error instanceof Error ? error.message : '';
  const rule =
    message === ERR_ENCRYPTED || message === ERR_INVALID_PASSWORD
      ? 'encrypted'
      : message === ERR_INVALID_CRC32
        ? 'checksum'
        : 'bad-archive';
  return damaged(fileName, rule, part === undefined ? {} : { part });
}

export async function openArchive(bytes: Uint8Array, fileName: string): Promise<Archive> {
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false, checkSignature: true });
  let unpacked = 0;

  async function* unpack(entry: FileEntry): AsyncGenerator<Uint8Array> {
    const part = entry.filename;
    if (entry.encrypted) throw damaged(fileName, 'encrypted', { part });
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const whole = entry.getData(writable, { useWebWorkers: false, checkSignature: true });
    // Where an entry cannot even be begun, the library neither writes to the stream nor ends it.
    const failure = new Promise<never>((_, reject) => whole.catch(reject));
    failure.catch(() => undefined);
    const chunks = readable.getReader();
    try {
      let size = 0;
      for (;;) {
        const { value, done } = await Promise.race([chunks.read(), failure]);
        if (done) break;
        size += value.length;
        unpacked += value.length;
        if (unpacked > mostUnpackedBytes) throw damaged(fileName, 'too-large', { part });
        yield value;
      }
      await whole;
      if (size !== entry.uncompressedSize) throw damaged(fileName, 'bad-archive', { part });
    } catch (error) {
      throw toDamage(error, fileName, part);
    } finally {
      // Where the rest is not wanted any more, unpacking it ends here.
      void chunks.cancel().catch(() => undefined);
    }
  }

  try {
    const entries = await reader.getEntries();
    if (entries.length > mostEntries) throw damaged(fileName, 'too-large');
    const files = entries.flatMap((entry) =>
      entry.directory
        ? []
        : [{ name: entry.filename, size: entry.uncompressedSize, offset: entry.offset + entry.compressedSize, unpack: () => unpack(entry) }],
    );
    return { files, close: () => reader.close() };
  } catch (error) {
    // The list of what is in an archive stands at its end.
    const isCut = error instanceof Error && error.message === ERR_EOCDR_NOT_FOUND;
    throw isCut ? damaged(fileName, 'cut-short', { byte: bytes.length }) : toDamage(error, fileName);
  }
}

export async function unpackWhole(file: ArchivedFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.unpack()) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
