/**
 * Places activations in one arena by lifetime: a tensor's room is free again after the last instruction that touches
 * it. Largest first, each at the lowest place that is free for as long as it lives.
 */
import { readsOf, writesOf, type Instruction } from './instruction';
import { aligned, elementsOf, type PlanTensor, type TensorId } from './tensor';

/** A single tensor is larger than the device can bind: fewer rows at once may fit. */
export class PlanTooLarge extends Error {
  override readonly name = 'PlanTooLarge';
}

interface Lifetime {
  tensor: PlanTensor;
  elements: number;
  begin: number;
  end: number;
}

function lifetimes(tensors: readonly PlanTensor[], instructions: readonly Instruction[]): Lifetime[] {
  const found = new Map<TensorId, { begin: number; end: number }>();
  instructions.forEach((instruction, index) => {
    for (const id of [...readsOf(instruction), ...writesOf(instruction)]) {
      const known = found.get(id);
      if (known) known.end = index;
      else found.set(id, { begin: index, end: index });
    }
  });
  return tensors.flatMap((tensor) => {
    const life = found.get(tensor.id);
    return tensor.region === 'activations' && life ? [{ tensor, elements: aligned(elementsOf(tensor.shape)), ...life }] : [];
  });
}

/** The lowest offset at which `elements` fit between tensors that live at the same time; null if there is none. */
function lowestGap(placed: readonly Lifetime[], wanted: Lifetime, buffer: number, capacity: number): number | null {
  const busy = placed
    .filter(({ tensor, begin, end }) => tensor.buffer === buffer && begin <= wanted.end && end >= wanted.begin)
    .sort((a, b) => a.tensor.offset - b.tensor.offset);
  let offset = 0;
  for (const { tensor, elements } of busy) {
    if (tensor.offset - offset >= wanted.elements) break;
    offset = Math.max(offset, tensor.offset + elements);
  }
  return offset + wanted.elements <= capacity ? offset : null;
}

/**
 * Sets buffer and offset of every activation (tensors no instruction touches stay at 0).
 * @param capacity elements a buffer of the arena may have
 * @returns elements of each buffer
 * @throws PlanTooLarge where a single tensor is larger than that
 */
export function placeActivations(tensors: readonly PlanTensor[], instructions: readonly Instruction[], capacity: number): number[] {
  const placed: Lifetime[] = [];
  const sizes: number[] = [];
  const order = lifetimes(tensors, instructions).sort((a, b) => b.elements - a.elements || a.begin - b.begin || a.tensor.id - b.tensor.id);
  for (const life of order) {
    if (life.elements > capacity) throw new PlanTooLarge(`${life.tensor.name} is larger than a buffer of this device.`);
    for (let buffer = 0; ; buffer++) {
      const offset = lowestGap(placed, life, buffer, capacity);
      if (offset === null) continue;
      life.tensor.buffer = buffer;
      life.tensor.offset = offset;
      sizes[buffer] = Math.max(sizes[buffer] ?? 0, offset + life.elements);
      break;
    }
    placed.push(life);
  }
  return sizes;
}
