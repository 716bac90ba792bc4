/** Every different instruction of a training step, as a case by itself: its own shapes, random numbers. */
import { SeededNumbers } from '../../src/engine/ops/caseBuilder';
import { runReference } from '../../src/engine/ops/references';
import { compilePlan, layoutFor } from '../../src/engine/plan/compile';
import { packInputs } from '../../src/engine/plan/inputs';
import { writesOf, type Instruction } from '../../src/engine/plan/instruction';
import type { PlanLimits } from '../../src/engine/plan/plan';
import { aligned, elementsOf, type PlanTensor, type TensorId } from '../../src/engine/plan/tensor';
import { planUpdate } from '../../src/engine/plan/update';
import { decodeWords } from '../../src/engine/check/encode';
import type { InstructionCase } from '../../src/engine/check/runner';
import { batchOf, settings, type StepWork } from '../step/models';

export interface CountedCase {
  count: number;
  instruction: Instruction;
  /** Made when it is needed: the update's numbers alone are hundreds of megabytes. */
  build(): InstructionCase;
}

type Operands = Readonly<Record<string, TensorId | null>>;
type WordsOf = (buffer: number) => Int32Array;

const operandsOf = (instruction: Instruction): { reads: Operands; writes: Operands } => ({ reads: { ...instruction.reads }, writes: { ...instruction.writes } });

/** The same kind, numbers and shapes: the same work. */
function signature(instruction: Instruction, tensors: readonly PlanTensor[]): string {
  const { reads, writes } = operandsOf(instruction);
  const shapes = (operands: Operands) => Object.entries(operands).map(([role, id]) => [role, id === null ? null : tensors[id]?.shape]);
  const { reads: _reads, writes: _writes, ...numbers } = instruction;
  // Which dropout it is decides the mask, not the work.
  return JSON.stringify([numbers, shapes(reads), shapes(writes)], (key, value: unknown) => (key === 'node' ? null : value));
}

/** Numbers that cannot be negative: second moments, and sums of squares and coefficients in the results. */
const isPositive = ({ region }: PlanTensor): boolean => region === 'secondMoments' || region === 'results';

function runBefore(instruction: Instruction, data: Map<TensorId, Float64Array>): void {
  const get = (id: TensorId): Float64Array => {
    const values = data.get(id);
    if (!values) throw new Error(`No values of tensor ${id}.`);
    return values;
  };
  runReference(instruction, { get });
  for (const id of writesOf(instruction)) get(id).forEach((value, index, values) => { values[index] = Math.fround(value); });
}

/** What an attention's gradient gets from the attention itself fits together: random numbers would not. */
function neededBefore(instruction: Instruction, all: readonly Instruction[]): Instruction[] {
  if (instruction.kind !== 'attentionGradient') return [];
  return all.filter((earlier) => earlier.kind === 'attention' && earlier.writes.logSumExp === instruction.reads.logSumExp);
}

function buildCase(instruction: Instruction, before: readonly Instruction[], tensors: readonly PlanTensor[], wordsOf: WordsOf): InstructionCase {
  const numbers = new SeededNumbers(11);
  const packed: PlanTensor[] = [];
  const data = new Map<TensorId, Float64Array>();
  const ends = new Map<string, number>();
  const places = new Map<TensorId, TensorId>();
  const place = (id: TensorId): TensorId => {
    const known = places.get(id);
    if (known !== undefined) return known;
    const tensor = tensors[id];
    if (!tensor) throw new Error(`No tensor ${id}.`);
    const elements = elementsOf(tensor.shape);
    const key = `${tensor.region} ${tensor.buffer}`;
    // What is uploaded and read back keeps its place: scalars and results come first there.
    const fixed = tensor.region === 'inputs' || tensor.region === 'results';
    const offset = fixed ? tensor.offset : (ends.get(key) ?? 0);
    ends.set(key, offset + aligned(elements));
    const moved = packed.push({ ...tensor, id: packed.length, offset }) - 1;
    places.set(id, moved);
    const values = tensor.region === 'inputs'
      ? decodeWords(tensor, wordsOf(tensor.buffer).slice(tensor.offset, tensor.offset + elements))
      : numbers.normal(elements, 0.5);
    data.set(moved, isPositive(tensor) ? values.map(Math.abs) : values);
    return moved;
  };
  const move = (operands: Operands) => Object.fromEntries(Object.entries(operands).map(([role, id]) => [role, id === null ? null : place(id)]));
  const moved = (original: Instruction): Instruction => {
    const { reads, writes } = operandsOf(original);
    // The roles stay; only the numbers of tensors change.
    return { ...original, reads: move(reads), writes: move(writes) } as unknown as Instruction;
  };
  const own = moved(instruction);
  for (const earlier of before) runBefore(moved(earlier), data);
  return { name: instruction.kind, instruction: own, tensors: packed, data };
}

export function casesOf(work: StepWork, limits: PlanLimits): CountedCase[] {
  const { graph, batch: rows, length } = work;
  const trained = new Set(graph.parameters.map(({ name }) => name));
  const layout = layoutFor(graph, trained, limits);
  const plan = compilePlan({ graph, layout, trained, purpose: 'train', rows, length, accumulate: false }, limits);
  const update = planUpdate(layout);
  const inputs = packInputs(plan, { batch: batchOf(work, 0), rowOffset: 0, lossScale: 1 / rows }, { ...settings, step: 3 });
  const wordsOf: WordsOf = (buffer) => (buffer === 0 ? inputs : update.chunkTable);
  const found = new Map<string, CountedCase>();
  const collect = (instructions: readonly Instruction[], tensors: readonly PlanTensor[]): void => {
    for (const instruction of instructions) {
      const key = signature(instruction, tensors);
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { count: 1, instruction, build: () => buildCase(instruction, neededBefore(instruction, instructions), tensors, wordsOf) });
    }
  };
  collect(plan.instructions, plan.tensors);
  collect(update.instructions, update.tensors);
  return [...found.values()];
}
