/** Strict UTF-8 validation that tells where the first wrong byte lies; the platform's decoder does not. */

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/**
 * Length in bytes of the sequence at `position`, or 0 where it is not well formed (overlong, surrogate, above U+10FFFF,
 * cut short by `end`).
 */
function sequenceLength(bytes: Uint8Array, position: number, end: number): number {
  const first = bytes[position] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (position + length > end) return 0;
  const second = bytes[position + 1] ?? 0;
  if (!isContinuation(second)) return 0;
  if (first === 0xe0 && second < 0xa0) return 0;
  if (first === 0xed && second > 0x9f) return 0;
  if (first === 0xf0 && second < 0x90) return 0;
  if (first === 0xf4 && second > 0x8f) return 0;
  for (let offset = 2; offset < length; offset += 1) {
    if (!isContinuation(bytes[position + offset])) return 0;
  }
  return length;
}

/** Offset of the first byte of the first malformed sequence in [begin, end), or -1 where all is well formed. */
export function findInvalidUtf8(bytes: Uint8Array, begin = 0, end = bytes.length): number {
  let position = begin;
  while (position < end) {
    if ((bytes[position] ?? 0) < 0x80) {
      position += 1;
      continue;
    }
    const length = sequenceLength(bytes, position, end);
    if (length === 0) return position;
    position += length;
  }
  return -1;
}
