/**
 * From a kernel to WGSL and bindings. One binding for each tensor, whatever the number of its roles (an in-place tensor,
 * or queries, keys and values that are columns of one), and one for each buffer of inputs.
 */
import type { PlanTensor, Region, TensorId } from '../../plan/tensor';
import type { Kernel, Operand } from './kernel';

/** What a bind group needs for one binding. */
export interface Binding {
  access: 'storage' | 'read-only-storage';
  region: Region;
  buffer: number;
  /** Null: the whole buffer. */
  tensor: PlanTensor | null;
}

export interface KernelSource {
  code: string;
  bindings: readonly Binding[];
  /** The uniform block, as words. */
  words: Uint32Array<ArrayBuffer>;
}

/**
 * Regions whose buffers are bound read_write even where they are only read: a dispatch may not use one buffer both ways,
 * but may write several ranges of it.
 */
const WRITABLE: ReadonlySet<Region> = new Set<Region>(['activations', 'gradients', 'results', 'firstMoments', 'secondMoments']);

interface Slot extends Binding {
  name: string;
  element: string;
}

function slotKey(tensor: PlanTensor): string {
  return tensor.region === 'inputs' ? `inputs ${tensor.buffer}` : `tensor ${tensor.id}`;
}

function elementOf(operand: Operand, tensor: PlanTensor): string {
  if (tensor.region === 'inputs') return 'u32';
  return operand.element === 'input' ? tensor.dtype : operand.element;
}

export function tensorOf(tensors: readonly PlanTensor[], id: TensorId): PlanTensor {
  const tensor = tensors[id];
  if (!tensor) throw new Error(`No tensor ${id}.`);
  return tensor;
}

/** `fn role(index)` over the shared binding of the inputs (or over the tensor's own). */
function accessor(role: string, slot: Slot, tensor: PlanTensor): string {
  const index = tensor.region === 'inputs' ? `numbers.${role}Base + index` : 'index';
  const value = `${slot.name}[${index}]`;
  const typed = slot.element === tensor.dtype ? value : `bitcast<${tensor.dtype}>(${value})`;
  return `fn ${role}(index: u32) -> ${tensor.dtype} { return ${typed}; }`;
}

function packNumbers(numbers: Kernel['numbers']): { members: string; words: Uint32Array<ArrayBuffer> } {
  const entries = Object.entries(numbers);
  // A uniform block has at least one member and a size that is a multiple of 16 bytes.
  const words = new Uint32Array(Math.max(4, Math.ceil(entries.length / 4) * 4));
  const floats = new Float32Array(words.buffer);
  const members = entries.map(([name, value], index) => {
    if (typeof value === 'number') words[index] = value;
    else floats[index] = value.float;
    return `  ${name}: ${typeof value === 'number' ? 'u32' : 'f32'},`;
  });
  return { members: members.length > 0 ? members.join('\n') : '  unused: u32,', words };
}

const PRELUDE = `
fn flatWorkgroup(workgroup: vec3<u32>, groups: vec3<u32>) -> u32 { return workgroup.y * groups.x + workgroup.x; }
`;

/** Storage is bound from binding 1 on; 0 is the uniform block. */
export function kernelSource(kernel: Kernel, tensors: readonly PlanTensor[]): KernelSource {
  const slots = new Map<string, Slot>();
  const nameOf = new Map<string, string>();
  const accessors: string[] = [];
  const numbers: Record<string, Kernel['numbers'][string]> = { ...kernel.numbers };
  for (const [role, operand] of Object.entries(kernel.operands)) {
    const tensor = tensorOf(tensors, operand.tensor);
    const key = slotKey(tensor);
    const element = elementOf(operand, tensor);
    const access = operand.written || WRITABLE.has(tensor.region) ? 'storage' : 'read-only-storage';
    let slot = slots.get(key);
    if (!slot) {
      const whole = tensor.region === 'inputs';
      slot = { name: `tensor${slots.size}`, element, access, region: tensor.region, buffer: tensor.buffer, tensor: whole ? null : tensor };
      slots.set(key, slot);
    } else if (access === 'storage') slot.access = 'storage';
    if (slot.element !== element) throw new Error(`${kernel.label}: ${role} is ${element} here and ${slot.element} elsewhere.`);
    nameOf.set(role, slot.name);
    if (operand.element === 'input') {
      if (tensor.region === 'inputs') numbers[`${role}Base`] = tensor.offset;
      accessors.push(accessor(role, slot, tensor));
    }
  }
  const { members, words } = packNumbers(numbers);
  const declarations = [...slots.values()].map(
    ({ name, element, access }, index) =>
      `@group(0) @binding(${index + 1}) var<storage, ${access === 'storage' ? 'read_write' : 'read'}> ${name}: array<${element}>;`,
  );
  const body = kernel.body.replace(/\$([A-Za-z]\w*)/g, (_, role: string) => {
    const name = nameOf.get(role);
    if (!name) throw new Error(`${kernel.label}: no tensor called ${role}.`);
    return name;
  });
  const code = [
    `struct Numbers {\n${members}\n}`,
    '@group(0) @binding(0) var<uniform> numbers: Numbers;',
    ...declarations,
    PRELUDE,
    ...accessors,
    body,
  ].join('\n');
  return { code, bindings: [...slots.values()], words };
}
