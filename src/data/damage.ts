/** One way to say that a file of a known kind is damaged, and where. */
import { AnnealError, type EncodingName, type FileDamage } from '../domain';
import { byteOrderMarkLength } from './encoding';
import { filePieces, type FileSource } from './fileSource';

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
export async function byteOfCharacter(file: FileSource, encoding: EncodingName, character: number): Promise<number | null> {
  const begin = byteOrderMarkLength(await file.read(0, Math.min(4, file.size)), encoding);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return begin + 2 * character;
  if (encoding !== 'utf-8') return encoding.startsWith('windows-') ? character : null;
  let units = 0;
  for await (const piece of filePieces(file, begin)) {
    for (const [index, byte] of piece.bytes.entries()) {
      if ((byte & 0xc0) === 0x80) continue;
      if (units >= character) return piece.begin + index;
      units += byte >= 0xf0 ? 2 : 1;
    }
  }
  return file.size;
}
