/** Words of binary cross-entropy for WASM. */
import type { Encoder } from '../../backends/wasm/words';

export const binaryCrossEntropy: Encoder<'binaryCrossEntropy'> = ({ reads, writes, rows, labels }, address) => [
  address(reads.logits),
  address(reads.targets),
  address(reads.scalars),
  address(writes.dLogits),
  address(writes.results),
  rows,
  labels,
];
