/** How an instruction's operands become the 32-bit words that the module reads. */
import type { Activation } from '../../graph/graph';
import type { InstructionKind, InstructionOf } from '../../plan/instruction';
import type { DropoutSpec, TensorId } from '../../plan/tensor';

/** Byte address of a tensor's first element. */
export type AddressOf = (id: TensorId) => number;

/** The arguments of an instruction, in the order in which its function in `assembly.ts` reads them. */
export type Encoder<Kind extends InstructionKind> = (instruction: InstructionOf<Kind>, address: AddressOf) => number[];

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

export function floatWord(value: number): number {
  floats[0] = value;
  return bits[0] ?? 0;
}

/** 0 stands for "none": no tensor lies at address 0. */
export function optionalAddress(id: TensorId | null, address: AddressOf): number {
  return id === null ? 0 : address(id);
}

export function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** Codes of `assembly/activations.ts`. */
const ACTIVATION_CODES: Record<Activation, number> = { none: 0, gelu: 1, gelu_new: 2, relu: 3, tanh: 4 };

export function activationWord(activation: Activation): number {
  return ACTIVATION_CODES[activation];
}

/** Of 2^32 random numbers, those below this drop an element (see random/dropoutMask.ts). */
export function dropoutThreshold(probability: number): number {
  return Math.round(probability * 2 ** 32);
}

/** scalars, op, threshold, keep: what attention reads; a threshold of 0 drops nothing. */
export function dropoutOperands(dropout: DropoutSpec | null, scalars: number): number[] {
  if (!dropout) return [scalars, 0, 0, floatWord(1)];
  const { node, probability } = dropout;
  return [scalars, node, dropoutThreshold(probability), floatWord(1 / (1 - probability))];
}

/** The five words of `assembly/dropoutRun.ts`. */
export function dropoutWords(dropout: DropoutSpec | null, scalars: number): number[] {
  return dropout ? [...dropoutOperands(dropout, scalars), dropout.elementsPerRow] : [0, 0, 0, 0, 0];
}
