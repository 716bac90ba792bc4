/** Which sign separates the cells: the one that gives the most even rows, not the commonest sign in line 1. */
import type { Delimiter } from '../../../domain';
import { isKnownName } from '../../columnNames';
import { RecordReader } from './records';

/** Of two signs that cut a file equally evenly, the one that is rarer in running text comes first. */
export const delimiters: readonly Delimiter[] = ['\t', ';', ',', '|'];

const mostSampledRecords = 500;

export interface WidthCount {
  width: number;
  /** Share of the rows that are this wide. */
  share: number;
}

/** The commonest width from `least` on; of equally common ones the first seen. */
export function commonestWidth(rows: readonly (readonly string[])[], least: number): WidthCount {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let best: WidthCount = { width: least, share: 0 };
  for (const [width, count] of counts) {
    if (width >= least && count / rows.length > best.share) best = { width, share: count / rows.length };
  }
  return best;
}

/** Rows of the sample that are not blank, read with one delimiter. */
export function sampleRows(sample: string, isWhole: boolean, delimiter: Delimiter, quoted: boolean): string[][] {
  const reader = new RecordReader({ delimiter, quoted });
  const records = reader.push(sample, isWhole);
  return records
    .slice(0, mostSampledRecords)
    .filter((record) => !record.blank)
    .map((record) => record.cells);
}

/** Comma where no sign cuts the rows into cells. */
export function detectDelimiter(sample: string, isWhole: boolean, quoted: boolean): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const rows = sampleRows(sample, isWhole, delimiter, quoted);
    const { share } = commonestWidth(rows, 2);
    const single = rows.filter((row) => row.length === 1).length / rows.length;
    const knownNames = (rows[0] ?? []).length > 1 ? (rows[0] ?? []).filter(isKnownName).length : 0;
    if (share === 0 || (share < single && knownNames === 0)) continue;
    const score = share + Math.min(knownNames, 2);
    if (score > best.score + 1e-9) best = { delimiter, score };
  }
  return best.delimiter;
}
