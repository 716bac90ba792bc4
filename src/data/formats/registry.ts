/** Formats that can be read; a new one is a folder and a line. */
import { conll } from './conll';
import { csv } from './csv';
import { fastText } from './fastText';
import { sure, type FileFormat } from './format';
import { json } from './json';
import { parquet } from './parquet';
import { textZip } from './textZip';
import { xlsx } from './xlsx';

export const fileFormats: readonly FileFormat[] = [csv, json, conll, fastText, xlsx, parquet, textZip];

const sampleBytes = 65_536;

export interface ChosenFormat {
  format: FileFormat;
  /** The bytes themselves say that it is this format. */
  isSure: boolean;
}

/**
 * The format that is surest of this file; null where none can read it.
 *
 * @param head first bytes of the file
 */
export function chooseFormat(fileName: string, head: Uint8Array): ChosenFormat | null {
  const sample = head.subarray(0, sampleBytes);
  let best: FileFormat | null = null;
  let bestConfidence = 0;
  for (const format of fileFormats) {
    const confidence = format.sniff(fileName, sample);
    if (confidence > bestConfidence) {
      best = format;
      bestConfidence = confidence;
    }
  }
  return best && { format: best, isSure: bestConfidence >= sure };
}
