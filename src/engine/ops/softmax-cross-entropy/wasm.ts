/** Words of cross-entropy for WASM. */
import type { Encoder } from '../../backends/wasm/words';

export const softmaxCrossEntropy: Encoder<'softmaxCrossEntropy'> = ({ reads, writes, rows, labels }, address) => [
  address(reads.logits),
  address(reads.labels),
  address(reads.scalars),
  address(writes.dLogits),
  address(writes.results),
  rows,
  labels,
];
