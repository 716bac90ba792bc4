/** Words of the squared error for WASM. */
import type { Encoder } from '../../backends/wasm/words';

export const meanSquaredError: Encoder<'meanSquaredError'> = ({ reads, writes, rows, labels }, address) => [
  address(reads.logits),
  address(reads.targets),
  address(reads.scalars),
  address(writes.dLogits),
  address(writes.results),
  rows,
  labels,
];
