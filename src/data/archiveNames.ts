/** What an archive holds, without unpacking it. */

/** Names at the start of the archive: enough to tell a spreadsheet from other archives. */
export function firstNames(sample: Uint8Array): string[] {
  const view = new DataView(sample.buffer, sample.byteOffset, sample.byteLength);
  const names: string[] = [];
  for (let at = 0; at + 30 <= sample.length; at += 1) {
    if (sample[at] !== 0x50 || view.getUint32(at, true) !== 0x04034b50) continue;
    const length = view.getUint16(at + 26, true);
    names.push(new TextDecoder().decode(sample.subarray(at + 30, at + 30 + length)));
    at += 29 + length;
  }
  return names;
}
