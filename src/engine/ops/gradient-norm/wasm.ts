/** Words of the gradient norm for WASM. */
import type { Encoder } from '../../backends/wasm/words';

export const squaredNorm: Encoder<'squaredNorm'> = ({ reads, writes, firstChunk, chunks }, address) => [
  address(reads.gradients),
  address(reads.chunkTable),
  address(writes.partials),
  firstChunk,
  chunks,
];

export const finishNorm: Encoder<'finishNorm'> = ({ reads, writes, chunks }, address) => [
  address(reads.partials),
  address(reads.scalars),
  address(writes.results),
  chunks,
];
