/** Words of the activations for WASM. */
import { activationWord, type Encoder } from '../../backends/wasm/words';

export const applyActivation: Encoder<'applyActivation'> = ({ reads, writes, elements, activation }, address) => [
  address(reads.input),
  address(writes.output),
  elements,
  activationWord(activation),
];

export const activationGradient: Encoder<'activationGradient'> = ({ reads, writes, elements, activation }, address) => [
  address(reads.dOutput),
  address(reads.input),
  address(writes.dInput),
  elements,
  activationWord(activation),
];
