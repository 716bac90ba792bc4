/** A whole data set to token ids, with progress and a chance to stop. */
import type { EncodedRow } from './batches';
import type { TextTokenizer } from './tokenizer';

export interface EncodedTexts {
  rows: EncodedRow[];
  /** Tokens of each row before cutting, special tokens included. */
  uncutLengths: Uint32Array;
  /** Share of tokens that the vocabulary does not know, special tokens aside. */
  unknownTokenShare: number;
}

/** Rows between two signs of life. */
const ROWS_PER_PAUSE = 500;

export async function encodeTexts(
  tokenizer: TextTokenizer,
  examples: readonly { text: string; label: number }[],
  maxLength: number,
  pause: (done: number) => Promise<void>,
): Promise<EncodedTexts> {
  const uncutLengths = new Uint32Array(examples.length);
  const rows: EncodedRow[] = [];
  let unknown = 0;
  let tokens = 0;
  for (const [index, { text, label }] of examples.entries()) {
    const encoded = tokenizer.encode(text, null, maxLength);
    uncutLengths[index] = encoded.uncutLength;
    tokens += encoded.inputIds.length - 2;
    for (const id of encoded.inputIds) if (id === tokenizer.unknownId) unknown++;
    rows.push({ inputIds: Int32Array.from(encoded.inputIds), tokenTypeIds: Int32Array.from(encoded.tokenTypeIds), label });
    if (index % ROWS_PER_PAUSE === ROWS_PER_PAUSE - 1) await pause(index + 1);
  }
  return { rows, uncutLengths, unknownTokenShare: tokens > 0 ? unknown / tokens : 0 };
}

/** The value that `share` of the numbers do not exceed (nearest rank). */
export function percentile(numbers: ArrayLike<number>, share: number): number {
  const sorted = Array.from(numbers).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
