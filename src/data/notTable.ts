/** Files that are no tables, told by their first bytes. */
import { detectEncoding } from './encoding';

const signatures: { looksLike: string; at: number; bytes: readonly number[] }[] = [
  { looksLike: 'PNG', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { looksLike: 'JPEG', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { looksLike: 'GIF', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { looksLike: 'WebP', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { looksLike: 'PDF', at: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { looksLike: 'ZIP', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { looksLike: 'ZIP', at: 0, bytes: [0x50, 0x4b, 0x05, 0x06] },
  { looksLike: 'GZIP', at: 0, bytes: [0x1f, 0x8b, 0x08] },
  { looksLike: '7-Zip', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { looksLike: 'RAR', at: 0, bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07] },
  { looksLike: 'Parquet', at: 0, bytes: [0x50, 0x41, 0x52, 0x31] },
  { looksLike: 'Arrow', at: 0, bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31] },
  { looksLike: 'ELF', at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { looksLike: 'XLS', at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { looksLike: 'SQLite', at: 0, bytes: Array.from('SQLite format 3\0', (sign) => sign.charCodeAt(0)) },
];

const sampleBytes = 4096;
/** Too few bytes say nothing about their kind. */
const leastBinaryBytes = 64;

function startsWithText(bytes: Uint8Array, pattern: RegExp): boolean {
  const start = Array.from(bytes.subarray(0, 256), (byte) => String.fromCharCode(byte)).join('');
  return pattern.test(start.replace(/^\xef\xbb\xbf/, ''));
}

/** A ZIP that holds a spreadsheet names its parts in the first bytes. */
function isSpreadsheet(bytes: Uint8Array): boolean {
  const start = Array.from(bytes.subarray(0, sampleBytes), (byte) => String.fromCharCode(byte)).join('');
  return start.includes('[Content_Types].xml') || start.includes('xl/');
}

function isSafetensors(bytes: Uint8Array): boolean {
  const isLength = bytes[3] === 0 && bytes[4] === 0 && bytes[5] === 0 && bytes[6] === 0 && bytes[7] === 0;
  return isLength && bytes[8] === 0x7b;
}

function hasControlBytes(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  if (sample.length < leastBinaryBytes) return false;
  const { encoding } = detectEncoding(sample);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return false;
  let controls = 0;
  for (const byte of sample) if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) controls += 1;
  return controls > sample.length * 0.05;
}

/** What the bytes look like where they are no table ("PNG", "XLSX", "JSON", "binary data", ...), otherwise null. */
export function looksLikeOther(fileName: string, bytes: Uint8Array): string | null {
  const found = signatures.find(({ at, bytes: signature }) =>
    signature.every((byte, index) => bytes[at + index] === byte),
  );
  if (found?.looksLike === 'ZIP') return isSpreadsheet(bytes) ? 'XLSX' : 'ZIP';
  if (found !== undefined) return found.looksLike;
  if (isSafetensors(bytes)) return 'safetensors';
  if (startsWithText(bytes, /^\s*<(!doctype html|html)\b/i)) return 'HTML';
  if (/\.(json|jsonl|ndjson)$/i.test(fileName) && startsWithText(bytes, /^\s*[[{]/)) return 'JSON';
  return hasControlBytes(bytes) ? 'binary data' : null;
}
