/**
 * Windows-1252 by table. Some runtimes' own decoder of that name leaves 0x80-0x9F as control characters, so that the
 * same file would give other texts in another place.
 */

const from0x80 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const unitOfByte = Uint16Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xa0 ? from0x80.charCodeAt(byte - 0x80) : byte,
);

/** Every byte has a character (the five unassigned ones are C1 controls, as on the web), so this never fails. */
export function decodeWindows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) units[index] = unitOfByte[bytes[index] ?? 0] ?? 0;
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units);
}
