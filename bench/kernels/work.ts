/** How much an instruction must do at least: the same for every backend. */
import type { Instruction } from '../../src/engine/plan/instruction';
import { elementsOf, type TensorId } from '../../src/engine/plan/tensor';
import type { InstructionCase } from '../../src/engine/check/runner';
import type { Peaks } from './peaks';
import type { KernelRow } from './report';

type Described = Pick<InstructionCase, 'instruction' | 'tensors'>;

/** Of products alone, two for a multiply-add; null where moving bytes is the work. */
function operationsOf(instruction: Instruction): number | null {
  switch (instruction.kind) {
    case 'linear':
    case 'linearInputGradient':
    case 'linearWeightGradient':
      return 2 * instruction.rows * instruction.outputs * instruction.inputs;
    case 'attention':
    case 'attentionGradient': {
      const { rows, length, heads, headSize } = instruction;
      // Forward: scores and context. Backward: scores again, and four gradients.
      return (instruction.kind === 'attention' ? 2 : 5) * 2 * rows * heads * length * length * headSize;
    }
    default:
      return null;
  }
}

/** Elements of a tensor that are touched at most: of tables only the rows that are used. */
function touchedAtMost(instruction: Instruction): number {
  switch (instruction.kind) {
    case 'gatherRows':
    case 'tableGradient':
      return instruction.tokens * instruction.hidden;
    case 'pool':
      return instruction.pooling === 'firstToken' ? instruction.rows * instruction.hidden : Infinity;
    default:
      return Infinity;
  }
}

/** Each tensor once for reading and once for writing. */
function bytesOf({ instruction, tensors }: Described): number {
  const sparse = touchedAtMost(instruction);
  const bytes = (operands: Readonly<Record<string, TensorId | null>>): number =>
    [...new Set(Object.values(operands))].reduce<number>((sum, id) => {
      const tensor = id === null ? undefined : tensors[id];
      return sum + (tensor ? 4 * Math.min(elementsOf(tensor.shape), sparse) : 0);
    }, 0);
  return bytes({ ...instruction.reads }) + bytes({ ...instruction.writes });
}

function shapeOf(instruction: Instruction): string {
  const { reads: _reads, writes: _writes, kind: _kind, ...numbers } = instruction;
  return Object.entries(numbers)
    .flatMap(([name, value]) => {
      if (typeof value === 'number' && name !== 'epsilon' && name !== 'firstRow' && name !== 'firstChunk') return [`${name} ${value}`];
      return value === true || (typeof value === 'string' && value !== 'none') ? [value === true ? name : value] : [];
    })
    .join(', ');
}

export interface Measured {
  count: number;
  seconds: number | null;
  dispatches: number | null;
  problem: string | null;
}

/** Peaks of two measurements: a neighbour that disturbs one need not disturb both. */
export function higher(one: Peaks, other: Peaks): Peaks {
  return { gigaflops: Math.max(one.gigaflops, other.gigaflops), gigabytes: Math.max(one.gigabytes, other.gigabytes) };
}

export function kernelRow(testCase: Described, { count, seconds, dispatches, problem }: Measured, peaks: Peaks): KernelRow {
  const operations = operationsOf(testCase.instruction);
  const gigaflops = operations === null || seconds === null ? null : operations / seconds / 1e9;
  const gigabytes = operations === null && seconds !== null ? bytesOf(testCase) / seconds / 1e9 : null;
  const share = gigaflops !== null ? gigaflops / peaks.gigaflops : gigabytes !== null ? gigabytes / peaks.gigabytes : null;
  return { kernel: testCase.instruction.kind, shape: shapeOf(testCase.instruction), count, seconds, dispatches, gigaflops, gigabytes, share, problem };
}
