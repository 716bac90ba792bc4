/**
 * Reads safetensors files, as hostile input: every rule of the format is checked on the header alone, before a byte of
 * the weights is looked at or room for them is made. See rules.ts for the format's source.
 */
import { decodeBrainHalf, decodeHalf } from './half';
import { parseHeaderText, type StatedEntry } from './header-parser';
import {
  brokenRule,
  dtypeBytes,
  isSafetensorsDtype,
  MAXIMUM_HEADER_BYTES,
  type SafetensorsDtype,
  type SafetensorsRule,
} from './rules';

export interface TensorEntry {
  dtype: SafetensorsDtype;
  shape: number[];
  /** Bytes from the buffer's start (`SafetensorsHeader.bufferStart`), end exclusive. */
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  /** By name, in the order of their bytes. A map, so that no name (`__proto__`) means anything to the language. */
  entries: Map<string, TensorEntry>;
  metadata: Map<string, string>;
  /** Offset in the file of the buffer that the entries' offsets count from. */
  bufferStart: number;
}

/** Row-major values of one tensor; `data.length` is the product of `shape` (1 for a scalar's empty shape). */
export interface Tensor {
  shape: number[];
  data: Float32Array;
}

/**
 * How many first bytes of a file `readSafetensorsHeader` needs, from its first 8 (or fewer, of a shorter file).
 *
 * @throws AnnealError `model.bad-file` where the length cannot be true, or the bytes are of another kind of file
 */
export function safetensorsHeaderEnd(bytes: Uint8Array, totalBytes: number, fileName: string): number {
  if (totalBytes === 0) throw brokenRule(fileName, 'empty-file', { bytes: 0 });
  const otherKind = looksLikeOtherKind(bytes);
  if (totalBytes < 8 || bytes.length < 8) throw brokenRule(fileName, otherKind ?? 'too-short', { bytes: totalBytes });
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  // At most 2^64: a double holds it nearly enough for the two comparisons below.
  const headerBytes = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (headerBytes > MAXIMUM_HEADER_BYTES) {
    // Only now: the first bytes of a good file are a number, and may spell anything.
    if (otherKind !== null) throw brokenRule(fileName, otherKind, { bytes: totalBytes });
    throw brokenRule(fileName, 'header-too-large', { bytes: headerBytes, expected: MAXIMUM_HEADER_BYTES });
  }
  if (headerBytes > totalBytes - 8) {
    throw brokenRule(fileName, otherKind ?? 'header-past-end', { bytes: headerBytes, expected: totalBytes - 8 });
  }
  return 8 + headerBytes;
}

/**
 * Checks the header against every rule of the format.
 *
 * @param bytes the file's beginning, at least as far as the header goes (`safetensorsHeaderEnd`)
 * @param totalBytes size of the whole file
 * @throws AnnealError `model.bad-file`, `rule` being a `SafetensorsRule`
 */
export function readSafetensorsHeader(bytes: Uint8Array, totalBytes: number, fileName: string): SafetensorsHeader {
  const bufferStart = safetensorsHeaderEnd(bytes, totalBytes, fileName);
  if (bytes.length < bufferStart) throw new RangeError(`${bytes.length} bytes given, the header ends at ${bufferStart}`);
  if (bufferStart === 8 || bytes[8] !== 0x7b) {
    throw brokenRule(fileName, looksLikeOtherKind(bytes) ?? 'header-start', { begin: 8 });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, bufferStart));
  } catch {
    throw brokenRule(fileName, 'header-not-utf8', { bytes: bufferStart - 8 });
  }
  const stated = parseHeaderText(text, fileName);
  const bufferBytes = totalBytes - bufferStart;
  const checked: [string, TensorEntry][] = [];
  for (const [name, entry] of stated.entries) checked.push([name, checkEntry(name, entry, bufferBytes, fileName)]);
  checked.sort(([, left], [, right]) => left.begin - right.begin || left.end - right.end);
  checkCover(checked, bufferBytes, fileName);
  return { entries: new Map(checked), metadata: stated.metadata, bufferStart };
}

/**
 * The float tensors of a whole file as 32-bit floats: F32, F16 and BF16. Integer and boolean tensors (a stored
 * `position_ids`) are no weights and are passed over; their entries are in the header.
 *
 * @throws AnnealError `model.bad-file`: any rule of the header, `unsupported-dtype` for other floats, `non-finite`
 *   with the index of the first NaN or infinity
 */
export function readTensors(bytes: Uint8Array, fileName: string): Map<string, Tensor> {
  const header = readSafetensorsHeader(bytes, bytes.length, fileName);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of header.entries) {
    if (/^(BOOL|[UI]\d+)$/.test(entry.dtype)) continue;
    tensors.set(name, readTensor(bytes, header, name, fileName));
  }
  return tensors;
}

/** One float tensor by name; see `readTensors`. A name that is not in the header is the caller's mistake. */
export function readTensor(bytes: Uint8Array, header: SafetensorsHeader, name: string, fileName: string): Tensor {
  const entry = header.entries.get(name);
  if (entry === undefined) throw new RangeError(`no tensor ${name}`);
  const part = bytes.subarray(header.bufferStart + entry.begin, header.bufferStart + entry.end);
  let data: Float32Array;
  // Copied because a file may place its values at any byte, and a Float32Array needs every fourth.
  if (entry.dtype === 'F32') data = new Float32Array(new Uint8Array(part).buffer);
  else if (entry.dtype === 'F16') data = decodeHalf(part);
  else if (entry.dtype === 'BF16') data = decodeBrainHalf(part);
  else throw brokenRule(fileName, 'unsupported-dtype', { tensor: name, other: entry.dtype });
  const index = firstNonFinite(data);
  if (index !== -1) throw brokenRule(fileName, 'non-finite', { tensor: name, index });
  return { shape: entry.shape, data };
}

function firstNonFinite(data: Float32Array): number {
  for (let index = 0; index < data.length; index += 1) {
    if (!Number.isFinite(data[index])) return index;
  }
  return -1;
}

function checkEntry(name: string, stated: StatedEntry, bufferBytes: number, fileName: string): TensorEntry {
  const { dtype, shape } = stated;
  const [begin, end] = stated.dataOffsets;
  if (!isSafetensorsDtype(dtype)) throw brokenRule(fileName, 'unknown-dtype', { tensor: name, other: dtype });
  let expected: number = dtypeBytes[dtype];
  for (const size of shape) {
    if (size < 0) throw brokenRule(fileName, 'bad-shape', { tensor: name });
    expected *= size;
    if (!Number.isSafeInteger(size) || !Number.isSafeInteger(expected)) {
      throw brokenRule(fileName, 'shape-overflow', { tensor: name });
    }
  }
  const place = { tensor: name, begin, end };
  if (begin < 0 || end < 0) throw brokenRule(fileName, 'negative-offset', place);
  if (end < begin) throw brokenRule(fileName, 'reversed-offsets', place);
  if (end > bufferBytes) throw brokenRule(fileName, 'past-end', { ...place, bytes: bufferBytes });
  if (end - begin !== expected) {
    throw brokenRule(fileName, 'wrong-size', { ...place, bytes: end - begin, expected });
  }
  return { dtype, shape, begin, end };
}

/** @param entries by begin, then end */
function checkCover(entries: [string, TensorEntry][], bufferBytes: number, fileName: string): void {
  let covered = 0;
  let before: string | undefined;
  for (const [name, { begin, end }] of entries) {
    const neighbour = before === undefined ? {} : { other: before };
    if (begin < covered) throw brokenRule(fileName, 'overlap', { tensor: name, ...neighbour, begin, end });
    if (begin > covered) throw brokenRule(fileName, 'gap', { tensor: name, ...neighbour, begin: covered, end: begin });
    covered = end;
    before = name;
  }
  if (covered !== bufferBytes) {
    throw brokenRule(fileName, 'uncovered-end', { begin: covered, end: bufferBytes, bytes: bufferBytes, expected: covered });
  }
}

/** Files that are often given this file's name by mistake, by their first bytes. */
function looksLikeOtherKind(bytes: Uint8Array): SafetensorsRule | null {
  const start = String.fromCharCode(...bytes.subarray(0, 24));
  if (start.startsWith('version https://git-lfs')) return 'lfs-pointer';
  if (/^PK[\x03\x05]/.test(start)) return 'zip';
  // Pickle protocols 2 to 5: PROTO opcode 0x80 and the protocol's number.
  if (/^\x80[\x02-\x05]/.test(start)) return 'pickle';
  if (/^\s*<(!doctype|html|\?xml)/i.test(start)) return 'web-page';
  return null;
}
