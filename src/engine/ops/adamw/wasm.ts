/** Words of AdamW for WASM. */
import type { Encoder } from '../../backends/wasm/words';

export const adamw: Encoder<'adamw'> = ({ reads, writes, elements, decayedElements }, address) => [
  address(writes.parameters),
  address(reads.gradients),
  address(writes.firstMoments),
  address(writes.secondMoments),
  address(reads.scalars),
  address(reads.results),
  elements,
  decayedElements,
];
