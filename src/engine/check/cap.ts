/**
 * Instructions over all parameters at once, made smaller: their operands would be hundreds of megabytes of float64, and
 * filling them would take seconds. What they do to one element does not depend on how many there are.
 */
import { CHUNK_ELEMENTS } from '../ops/gradient-norm/op';
import type { Instruction } from '../plan/instruction';
import { ALIGNMENT, type TensorId } from '../plan/tensor';

const MOST_ELEMENTS = 2 ** 20;
/** AdamW has four operands, three of which are read back. */
const MOST_UPDATED = 2 ** 18;

export interface Capped {
  instruction: Instruction;
  /** Of the operands that became smaller. */
  shapes: ReadonlyMap<TensorId, readonly number[]>;
}

const tableRowsOf = ({ tableRows, hidden }: { tableRows: number; hidden: number }): number => Math.min(tableRows, Math.max(1, Math.floor(MOST_ELEMENTS / hidden)));

export function capped(instruction: Instruction, shapeOf: (id: TensorId) => readonly number[]): Capped {
  switch (instruction.kind) {
    case 'gatherRows':
    case 'tableGradient': {
      const tableRows = tableRowsOf(instruction);
      const table = instruction.kind === 'gatherRows' ? instruction.reads.table : instruction.writes.gradient;
      return { instruction: { ...instruction, tableRows }, shapes: new Map([[table, [tableRows, instruction.hidden]]]) };
    }
    case 'clear': {
      const elements = Math.min(instruction.elements, MOST_ELEMENTS);
      return { instruction: { ...instruction, elements }, shapes: new Map([[instruction.writes.target, [elements]]]) };
    }
    case 'adamw': {
      const { reads } = instruction;
      const elements = Math.min(instruction.elements, MOST_UPDATED);
      // The border between what decays and what does not stays inside.
      const decayedElements = elements === instruction.elements ? instruction.decayedElements : Math.floor((instruction.decayedElements / instruction.elements) * (elements / ALIGNMENT)) * ALIGNMENT;
      const flat = [reads.parameters, reads.gradients, reads.firstMoments, reads.secondMoments];
      return { instruction: { ...instruction, elements, decayedElements }, shapes: new Map(flat.map((id) => [id, [elements]])) };
    }
    case 'squaredNorm': {
      // All chunks remain, with their sizes: they are moved on top of each other (see `movedChunk`).
      const { gradients } = instruction.reads;
      const elements = shapeOf(gradients).reduce((product, size) => product * size, 1);
      return { instruction, shapes: new Map([[gradients, [Math.min(elements, MOST_ELEMENTS)]]]) };
    }
    default:
      return { instruction, shapes: new Map() };
  }
}

/** Where a chunk begins in a buffer of gradients that was capped to `elements`. */
export function movedChunk(first: number, elements: number): number {
  return elements < MOST_ELEMENTS ? first : first % (MOST_ELEMENTS - CHUNK_ELEMENTS);
}
