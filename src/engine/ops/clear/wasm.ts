/** Words of clearing for WASM. */
import type { Encoder } from '../../backends/wasm/words';

export const clear: Encoder<'clear'> = ({ writes, elements }, address) => [address(writes.target), elements];
