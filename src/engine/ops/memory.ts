/** What the float64 references read and write. They are the specification of each instruction, not a backend. */
import type { InstructionKind, InstructionOf } from '../plan/instruction';
import type { TensorId } from '../plan/tensor';

/**
 * A tensor's numbers, live: what is stored in them stays. Whole numbers are whole numbers here; the tensor of scalars
 * holds natural values (a learning rate, not its bits) at the indices of SCALARS.
 */
export interface ReferenceMemory {
  get(id: TensorId): Float64Array;
}

export type Reference<Kind extends InstructionKind> = (instruction: InstructionOf<Kind>, memory: ReferenceMemory) => void;

/** values[index]. An index outside of the tensor is an error of the plan and must not pass as a number. */
export function at(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`Element ${index} of a tensor of ${values.length} is read.`);
  return value;
}

/** values[index] = value, or += value: the "(+)=" of the formulas. */
export function store(values: Float64Array, index: number, value: number, accumulate = false): void {
  if (!(index >= 0 && index < values.length)) throw new RangeError(`Element ${index} of a tensor of ${values.length} is written.`);
  values[index] = accumulate ? at(values, index) + value : value;
}
