/** Words of dropout for WASM. */
import { dropoutWords, flag, type Encoder } from '../../backends/wasm/words';

export const applyDropout: Encoder<'applyDropout'> = ({ reads, writes, elements, dropout, accumulate }, address) => [
  address(reads.input),
  address(writes.output),
  elements,
  flag(accumulate),
  ...dropoutWords(dropout, address(reads.scalars)),
];
