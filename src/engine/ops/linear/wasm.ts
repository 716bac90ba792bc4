/** Words of the dense layer for WASM. */
import { activationWord, flag, optionalAddress, type Encoder } from '../../backends/wasm/words';

export const linear: Encoder<'linear'> = ({ reads, writes, rows, outputs, inputs, activation }, address) => [
  address(reads.input),
  address(reads.weight),
  address(reads.bias),
  address(writes.output),
  optionalAddress(writes.preActivation, address),
  rows,
  outputs,
  inputs,
  activationWord(activation),
];

export const linearInputGradient: Encoder<'linearInputGradient'> = (instruction, address) => {
  const { reads, writes, rows, outputs, inputs, activation, accumulate } = instruction;
  return [
    address(reads.dOutput),
    address(reads.weight),
    address(writes.dInput),
    optionalAddress(reads.preActivation, address),
    rows,
    inputs,
    outputs,
    activationWord(activation),
    flag(accumulate),
  ];
};

export const linearWeightGradient: Encoder<'linearWeightGradient'> = ({ reads, writes, rows, outputs, inputs, accumulate }, address) => [
  address(reads.dOutput),
  address(reads.input),
  optionalAddress(writes.dWeight, address),
  optionalAddress(writes.dBias, address),
  rows,
  outputs,
  inputs,
  flag(accumulate),
];
