/** Words of LayerNorm and its gradients for WASM. */
import { dropoutWords, flag, floatWord, optionalAddress, type Encoder } from '../../backends/wasm/words';

export const residualNorm: Encoder<'residualNorm'> = ({ reads, writes, tokens, hidden, epsilon, dropout }, address) => [
  address(writes.sum),
  address(reads.residual),
  address(reads.weight),
  address(reads.bias),
  address(writes.output),
  address(writes.statistics),
  tokens,
  hidden,
  floatWord(epsilon),
  ...dropoutWords(dropout, address(reads.scalars)),
];

export const normGradient: Encoder<'normGradient'> = (instruction, address) => {
  const { reads, writes, tokens, hidden, outputDropout, inputDropout, accumulate } = instruction;
  return [
    address(reads.dOutput),
    address(reads.sum),
    address(reads.statistics),
    address(reads.weight),
    address(writes.dSum),
    optionalAddress(writes.dInput, address),
    tokens,
    hidden,
    flag(accumulate),
    ...dropoutWords(outputDropout, address(reads.scalars)),
    ...dropoutWords(inputDropout, address(reads.scalars)),
  ];
};

export const normParameterGradient: Encoder<'normParameterGradient'> = (instruction, address) => {
  const { reads, writes, tokens, hidden, outputDropout, accumulate } = instruction;
  return [
    address(reads.dOutput),
    address(reads.sum),
    address(reads.statistics),
    optionalAddress(writes.dWeight, address),
    optionalAddress(writes.dBias, address),
    tokens,
    hidden,
    flag(accumulate),
    ...dropoutWords(outputDropout, address(reads.scalars)),
  ];
};
