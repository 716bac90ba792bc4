/** Which encoding a file is in, read as far as that needs: its head where that is UTF-8, otherwise all of it. */
import type { EncodingName } from '../domain';
import { decidedEncoding, detectEncoding, EncodingEvidence, type DetectedEncoding } from './encoding';
import { filePieces, type FileSource } from './fileSource';
import { findInvalidUtf8 } from './utf8';

/** Of a file up to this size every byte is looked at before reading begins. */
export const headBytes = 1_048_576;
/** A last character may be cut at the end of the head. */
const longestSequence = 3;

export async function scanFile(file: FileSource): Promise<EncodingEvidence> {
  const evidence = new EncodingEvidence();
  for await (const { bytes } of filePieces(file, 0)) evidence.add(bytes);
  evidence.finish();
  return evidence;
}

/** Goes over the whole file. */
export async function detectWhole(file: FileSource): Promise<DetectedEncoding> {
  return decidedEncoding(await scanFile(file));
}

/**
 * @param head first bytes of the file, `headBytes` of them or all
 * @returns `isGuess` where the head alone spoke for UTF-8: should a later byte contradict, ask `detectWhole`
 */
export async function detectOf(file: FileSource, head: Uint8Array): Promise<DetectedEncoding & { isGuess: boolean }> {
  if (head.length >= file.size) return { ...detectEncoding(head), isGuess: false };
  const invalid = findInvalidUtf8(head);
  const isUtf8 = invalid === -1 || invalid >= head.length - longestSequence;
  const ofHead = detectEncoding(isUtf8 && invalid !== -1 ? head.subarray(0, invalid) : head);
  if (ofHead.hasByteOrderMark) return { ...ofHead, isGuess: false };
  return isUtf8 ? { ...ofHead, isGuess: ofHead.encoding === 'utf-8' } : { ...(await detectWhole(file)), isGuess: false };
}

/** Encoding of the lines that are not UTF-8 in a file that partly is; null where too little of them is left to tell. */
export async function likelyEncodingOfRest(file: FileSource): Promise<EncodingName | null> {
  return (await scanFile(file)).likelyEncodingOfRest();
}
