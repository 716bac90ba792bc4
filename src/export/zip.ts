/**
 * ZIP archives, stored without compression: weights do not shrink, and storing needs no worker and no WebAssembly, so
 * it works under a strict content-security policy.
 *
 * The library's entry without workers and WebAssembly of its own is used: what is deflated is read through the
 * platform's DecompressionStream.
 */
import { BlobReader, Uint8ArrayWriter, ZipReader, ZipWriter, type Entry } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { AnnealError } from '../domain';
import type { ExportEntry } from './exporter';

const OPTIONS = { useWebWorkers: false } as const;

/** An archive of ours has about ten files; a stranger's may claim to unpack to anything. */
const MAXIMUM_ENTRIES = 1000;
const MAXIMUM_UNPACKED_BYTES = 2_000_000_000;

/**
 * The archive as a stream: no more of it is in memory than a chunk, as long as the reader keeps up.
 * Entries are taken one after the other; an error of theirs breaks the stream.
 */
export function zipEntries(entries: AsyncIterable<ExportEntry> | Iterable<ExportEntry>): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void writeArchive(entries, writable);
  return readable;
}

async function writeArchive(entries: AsyncIterable<ExportEntry> | Iterable<ExportEntry>, writable: WritableStream<Uint8Array>): Promise<void> {
  try {
    const writer = new ZipWriter(writable, { ...OPTIONS, level: 0, extendedTimestamp: false });
    for await (const { name, content } of entries) await writer.add(name, streamOf(content));
    await writer.close();
  } catch (error) {
    // The reader of the archive is told; where it is the reader that went away, there is nobody to tell.
    await writable.abort(error).catch(() => undefined);
  }
}

function streamOf(content: ExportEntry['content']): ReadableStream<Uint8Array> {
  const chunks = content instanceof Uint8Array ? [content] : content;
  const iterator = Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/**
 * The files of an archive by name, folders passed over.
 *
 * @param fileName for the error
 * @throws AnnealError `data.unreadable-file` for what is no archive, is damaged, encrypted or too large unpacked
 */
export async function readZip(blob: Blob, fileName: string): Promise<Map<string, Uint8Array>> {
  const reader = new ZipReader(new BlobReader(blob), { ...OPTIONS, checkSignature: true });
  try {
    const files = new Map<string, Uint8Array>();
    const entries = await reader.getEntries();
    if (entries.length > MAXIMUM_ENTRIES) throw new Error(`${entries.length} entries`);
    const unpackedBytes = entries.reduce((total, entry) => total + entry.uncompressedSize, 0);
    if (unpackedBytes > MAXIMUM_UNPACKED_BYTES) throw new Error(`${unpackedBytes} bytes unpacked`);
    for (const entry of entries) {
      if (entry.directory) continue;
      files.set(entry.filename, await unpack(entry));
    }
    return files;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AnnealError('data.unreadable-file', { file: fileName, reason });
  } finally {
    await reader.close();
  }
}

async function unpack(entry: Extract<Entry, { directory: false }>): Promise<Uint8Array> {
  const bytes = await entry.getData(new Uint8ArrayWriter(), OPTIONS);
  if (bytes.length !== entry.uncompressedSize) throw new Error(`${entry.filename} has another size`);
  return bytes;
}
