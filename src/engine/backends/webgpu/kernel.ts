/**
 * A kernel as an op's `webgpu.ts` describes it: WGSL without declarations, the tensors it names, the numbers it needs.
 * `source.ts` adds the declarations; the executor makes a pipeline and a bind group of it once.
 */
import type { PlanTensor, TensorId } from '../../plan/tensor';
import type { MatmulShape } from './matmul/shape';

/**
 * How a body sees a tensor. `f32` and `vec4<f32>`: as an array called `$role`. `input`: by a function `role(index)` of
 * the tensor's own type, because all inputs share one binding (a stage has only eight).
 */
export type OperandElement = 'f32' | 'vec4<f32>' | 'input';

export interface Operand {
  tensor: TensorId;
  element: OperandElement;
  written: boolean;
}

/** A whole number, or a float where it is wrapped. */
export type KernelNumber = number | { float: number };

export type Workgroups = readonly [number, number, number];

export interface Kernel {
  label: string;
  operands: Readonly<Record<string, Operand>>;
  /** Members of the uniform block `numbers`. */
  numbers: Readonly<Record<string, KernelNumber>>;
  /** WGSL with `$role` for arrays, `role(i)` for inputs and `numbers.name`; entry point `main`. */
  body: string;
  workgroups: Workgroups;
  /** Rough count of floating-point operations: decides where the list is cut into submits. */
  operations: number;
}

/** Zeros by the command encoder itself; no dispatch. */
export interface ClearStep {
  label: string;
  clear: TensorId;
  elements: number;
}

export type Step = Kernel | ClearStep;

export interface KernelContext {
  tensors: readonly PlanTensor[];
  /** Storage buffers a stage may bind. */
  maxStorageBuffers: number;
  /** Name of the matmul variant for a product. */
  chooseMatmul(shape: MatmulShape): string;
}

/** Invocations of a workgroup in elementwise kernels. */
export const ELEMENTWISE = 256;
const MAX_WORKGROUPS = 65535;

export const reads = (tensor: TensorId, element: OperandElement = 'f32'): Operand => ({ tensor, element, written: false });
export const writes = (tensor: TensorId, element: OperandElement = 'f32'): Operand => ({ tensor, element, written: true });
export const input = (tensor: TensorId): Operand => reads(tensor, 'input');

/** `count` workgroups as a rectangle: a dimension holds 65,535 at most. The kernel finds its own by `flatWorkgroup`. */
export function fold(count: number): Workgroups {
  const y = Math.max(1, Math.ceil(count / MAX_WORKGROUPS));
  return [Math.max(1, Math.ceil(count / y)), y, 1];
}

/** The two lines an elementwise kernel begins with, for `count` (a WGSL expression) elements. */
export function elementwise(count: string, body: string): string {
  return `
@compute @workgroup_size(${ELEMENTWISE})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let index = flatWorkgroup(workgroup, groups) * ${ELEMENTWISE}u + local;
  if (index >= ${count}) { return; }
${body}
}`;
}

export const elementwiseGroups = (count: number): Workgroups => fold(Math.ceil(count / ELEMENTWISE));

/** The same text for 0 .. count - 1: loops whose values must stay in registers are written out. */
export function repeat(count: number, text: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => text(index)).join('\n');
}

/** A float as WGSL writes it. */
export function literal(value: number): string {
  const text = String(Math.fround(value));
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
}

/** Tensors of the update and of tables may need the number of distinct bindings before a kernel is chosen. */
export function distinct(tensors: readonly (TensorId | null)[], context: KernelContext): number {
  const keys = tensors.filter((id) => id !== null).map((id) => {
    const tensor = context.tensors[id];
    return tensor?.region === 'inputs' ? `inputs ${tensor.buffer}` : id;
  });
  return new Set(keys).size;
}
