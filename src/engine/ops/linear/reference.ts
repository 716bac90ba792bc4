/** Float64 references of the matrix products. */
import { activate, activationSlope } from '../activation/reference';
import { at, store, type Reference } from '../memory';

export const linear: Reference<'linear'> = ({ reads, writes, rows, outputs, inputs, activation }, memory) => {
  const input = memory.get(reads.input);
  const weight = memory.get(reads.weight);
  const bias = memory.get(reads.bias);
  const output = memory.get(writes.output);
  const preActivation = writes.preActivation === null ? null : memory.get(writes.preActivation);
  for (let row = 0; row < rows; row++) {
    for (let out = 0; out < outputs; out++) {
      let sum = at(bias, out);
      for (let inner = 0; inner < inputs; inner++) sum += at(input, row * inputs + inner) * at(weight, out * inputs + inner);
      if (preActivation) store(preActivation, row * outputs + out, sum);
      store(output, row * outputs + out, activate(activation, sum));
    }
  }
};

export const linearInputGradient: Reference<'linearInputGradient'> = (instruction, memory) => {
  const { reads, writes, rows, outputs, inputs, activation, accumulate } = instruction;
  const dOutput = memory.get(reads.dOutput);
  const weight = memory.get(reads.weight);
  const preActivation = reads.preActivation === null ? null : memory.get(reads.preActivation);
  const dInput = memory.get(writes.dInput);
  for (let row = 0; row < rows; row++) {
    for (let inner = 0; inner < inputs; inner++) {
      let sum = 0;
      for (let out = 0; out < outputs; out++) sum += at(dOutput, row * outputs + out) * at(weight, out * inputs + inner);
      const element = row * inputs + inner;
      const slope = preActivation ? activationSlope(activation, at(preActivation, element)) : 1;
      store(dInput, element, sum * slope, accumulate);
    }
  }
};

export const linearWeightGradient: Reference<'linearWeightGradient'> = (instruction, memory) => {
  const { reads, writes, rows, outputs, inputs, accumulate } = instruction;
  const dOutput = memory.get(reads.dOutput);
  const input = memory.get(reads.input);
  if (writes.dWeight !== null) {
    const dWeight = memory.get(writes.dWeight);
    for (let out = 0; out < outputs; out++) {
      for (let inner = 0; inner < inputs; inner++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += at(dOutput, row * outputs + out) * at(input, row * inputs + inner);
        store(dWeight, out * inputs + inner, sum, accumulate);
      }
    }
  }
  if (writes.dBias !== null) {
    const dBias = memory.get(writes.dBias);
    for (let out = 0; out < outputs; out++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += at(dOutput, row * outputs + out);
      store(dBias, out, sum, accumulate);
    }
  }
};
