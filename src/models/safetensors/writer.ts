/**
 * Writes safetensors files of 32-bit floats: names sorted, header padded with spaces to 8 bytes, as the reference
 * writer of github.com/huggingface/safetensors does, so the same weights give the same bytes.
 */
import type { Tensor } from './reader';

/** Bytes of the largest chunk that `safetensorsChunks` gives. */
export const MAXIMUM_CHUNK_BYTES = 16 * 1024 * 1024;

/** What Python's transformers asks of a file before it loads it with PyTorch. */
const PYTORCH_METADATA: Record<string, string> = { format: 'pt' };

/**
 * The file in pieces of at most `MAXIMUM_CHUNK_BYTES`, without a copy: chunks after the first are views of the tensors'
 * own memory, so a chunk must be consumed before its tensor changes.
 *
 * @throws Error for a name given twice, the reserved name, or a shape that is not the data's: mistakes of the caller
 */
export function* safetensorsChunks(
  tensors: Iterable<readonly [string, Tensor]>,
  metadata: Record<string, string> = PYTORCH_METADATA,
): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const sorted = [...tensors].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  yield headerBytes(sorted, metadata);
  for (const [, { data }] of sorted) {
    const bytes = new Uint8Array(asArrayBuffer(data), data.byteOffset, data.byteLength);
    for (let begin = 0; begin < bytes.length; begin += MAXIMUM_CHUNK_BYTES) {
      yield bytes.subarray(begin, begin + MAXIMUM_CHUNK_BYTES);
    }
  }
}

/** The file in one piece; see `safetensorsChunks`. */
export function writeSafetensors(
  tensors: Iterable<readonly [string, Tensor]>,
  metadata: Record<string, string> = PYTORCH_METADATA,
): Uint8Array<ArrayBuffer> {
  const chunks = [...safetensorsChunks(tensors, metadata)];
  const file = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}

function headerBytes(sorted: (readonly [string, Tensor])[], metadata: Record<string, string>): Uint8Array<ArrayBuffer> {
  // Written by hand: an object literal would lose a tensor called `__proto__` and move names that look like numbers.
  const parts = [`"__metadata__":${JSON.stringify(metadata)}`];
  let offset = 0;
  let previous: string | undefined;
  for (const [name, { shape, data }] of sorted) {
    if (name === previous || name === '__metadata__') throw new Error(`tensor name ${name} is taken`);
    previous = name;
    if (shape.reduce((product, size) => product * size, 1) !== data.length) {
      throw new Error(`tensor ${name} of shape [${shape.join(', ')}] has ${data.length} values`);
    }
    const end = offset + data.byteLength;
    parts.push(`${JSON.stringify(name)}:{"dtype":"F32","shape":[${shape.join(',')}],"data_offsets":[${offset},${end}]}`);
    offset = end;
  }
  const json = new TextEncoder().encode(`{${parts.join(',')}}`);
  const paddedLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + paddedLength).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(paddedLength), true);
  bytes.set(json, 8);
  return bytes;
}

/** Weights never live in shared memory here; files and streams do not take it. */
function asArrayBuffer(data: Float32Array): ArrayBuffer {
  if (data.buffer instanceof ArrayBuffer) return data.buffer;
  throw new Error('weights in shared memory cannot be written');
}
