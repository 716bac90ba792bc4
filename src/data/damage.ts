/** One way to say that a file of a known kind is damaged, and where. */
import { AnnealError, type EncodingName, type FileDamage } from '../domain';
import { byteOrderMarkLength } from './encoding';

export interface DamagePlace {
  part?: string;
  row?: number;
  cell?: string;
  byte?: number | null;
  /** The row is damaged by itself and the format can set it aside. */
  canLeaveOut?: boolean;
}

export function damaged(file: string, rule: FileDamage, place: DamagePlace = {}): AnnealError<'data.damaged-file'> {
  const { part = null, row = null, cell = null, byte = null, canLeaveOut = false } = place;
  return new AnnealError('data.damaged-file', { file, rule, part, row, cell, byte, ...(canLeaveOut && { canLeaveOut }) });
}

/** Byte offset of a character of the decoded file; null in encodings where only decoding again would tell. */
export function byteOfCharacter(bytes: Uint8Array, encoding: EncodingName, character: number): number | null {
  const begin = byteOrderMarkLength(bytes, encoding);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return begin + 2 * character;
  if (encoding !== 'utf-8') return encoding.startsWith('windows-') ? character : null;
  let position = begin;
  for (let units = 0; position < bytes.length; position += 1) {
    const byte = bytes[position] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    if (units >= character) return position;
    units += byte >= 0xf0 ? 2 : 1;
  }
  return bytes.length;
}
