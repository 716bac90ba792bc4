/** CRC-32 as in ZIP and PNG (reflected polynomial 0xEDB88320), four bytes at a time. Tells damage, not tampering. */

const tables = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const;
for (let index = 0; index < 256; index += 1) {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  tables[0][index] = value;
}
for (let table = 1; table < 4; table += 1) {
  for (let index = 0; index < 256; index += 1) {
    const before = tables[table - 1]?.[index] ?? 0;
    const own = tables[table];
    if (own) own[index] = (before >>> 8) ^ (tables[0][before & 0xff] ?? 0);
  }
}

/** Unsigned 32 bits. */
export function crc32(bytes: Uint8Array): number {
  const [first, second, third, fourth] = tables;
  const whole = bytes.length & ~3;
  let crc = -1;
  let at = 0;
  for (; at < whole; at += 4) {
    crc ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    crc = (fourth[crc & 0xff] ?? 0) ^ (third[(crc >>> 8) & 0xff] ?? 0) ^ (second[(crc >>> 16) & 0xff] ?? 0) ^ (first[crc >>> 24] ?? 0);
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (first[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}
