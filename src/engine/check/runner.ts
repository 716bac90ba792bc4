/** One instruction run by itself, on any backend: how kernels are compared with their references, in tests and before a run. */
import type { Instruction } from '../plan/instruction';
import type { PlanTensor, TensorId } from '../plan/tensor';

/** A case's tensors are indexed by id; offsets are theirs to choose (aligned), regions and buffers as in a plan. */
export interface InstructionCase {
  name: string;
  instruction: Instruction;
  tensors: readonly PlanTensor[];
  /** Contents of every tensor before the instruction, outputs included (dirty on purpose). i32 tensors hold whole numbers. */
  data: ReadonlyMap<TensorId, Float64Array>;
  /** Step scalars by name (see SCALARS) are part of `data` too: the tensor `scalars`, floats as their values here. */
}

export interface InstructionRunner {
  readonly name: string;
  /** Contents of every tensor the instruction writes, afterwards. */
  run(testCase: InstructionCase): Promise<Map<TensorId, Float64Array>>;
  dispose(): void;
}
