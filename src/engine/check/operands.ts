/** Numbers for the operands of one instruction of a plan, of the sizes that they have in training. */
import { DIRTY, SeededNumbers } from '../ops/caseBuilder';
import { rowStatistics } from '../ops/residual-norm/reference';
import { sortTokens } from '../plan/inputs';
import type { Instruction } from '../plan/instruction';
import { ALIGNMENT, aligned, elementsOf, RESULTS, SCALARS, SCALAR_WORDS, type PlanTensor, type TensorId } from '../plan/tensor';
import { capped, movedChunk } from './cap';
import { sizeOf, type PlannedInstruction } from './distinct';
import type { InstructionCase } from './runner';

/** A prime, so that no two rows of a tensor are alike for as long as it matters. */
const POOL = 65_521;
/** Of LayerNorm, where only its statistics are needed. */
const EPSILON = 1e-12;

/** Random numbers by the million: they are copied out of a pool, each tensor from another place in it. */
class NumberPool {
  private readonly standard: Float64Array;
  private readonly pools = new Map<string, Float64Array>();

  constructor(private readonly numbers: SeededNumbers) {
    this.standard = numbers.normal(POOL);
  }

  normal(count: number, deviation = 1, mean = 0): Float64Array {
    const key = `${deviation} ${mean}`;
    const pool = this.pools.get(key) ?? this.standard.map((value) => Math.fround(mean + deviation * value));
    this.pools.set(key, pool);
    const values = new Float64Array(count);
    let place = this.numbers.integer(0, POOL - 1);
    for (let done = 0; done < count; place = 0) {
      const part = pool.subarray(place, place + count - done);
      values.set(part, done);
      done += part.length;
    }
    return values;
  }
}

interface Operand {
  role: string;
  tensor: PlanTensor;
  elements: number;
}

/** Rows one after the other: the first is whole, the second all padding, the others end somewhere. */
function paddedMask(numbers: SeededNumbers, rows: number, length: number): Float64Array {
  const mask = new Float64Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const kept = row === 0 ? length : row === 1 && rows > 2 ? 0 : numbers.integer(Math.min(2, length), length);
    mask.fill(1, row * length, row * length + kept);
  }
  return mask;
}

/** Makes cases. Keeps a pool of random numbers between them. */
export class OperandFiller {
  private readonly numbers: SeededNumbers;
  private readonly pool: NumberPool;

  constructor(private readonly seed: number) {
    this.numbers = new SeededNumbers(seed);
    this.pool = new NumberPool(this.numbers);
  }

  /** A case of the instruction, capped where it runs over all parameters; with offsets of its own, for its operands lie close together. */
  caseOf({ instruction: planned, tensors: all, chunkTable }: PlannedInstruction): InstructionCase {
    const original = (id: TensorId): PlanTensor => {
      const tensor = all[id];
      if (!tensor) throw new Error(`The plan has no tensor ${id}.`);
      return tensor;
    };
    const { instruction, shapes } = capped(planned, (id) => original(id).shape);
    const tensors: PlanTensor[] = [];
    const places = new Map<TensorId, TensorId>();
    const ends = new Map<string, number>();
    const place = (id: TensorId): TensorId => {
      const known = places.get(id);
      if (known !== undefined) return known;
      const tensor = original(id);
      const shape = shapes.get(id) ?? tensor.shape;
      const key = `${tensor.region} ${tensor.buffer}`;
      // What is uploaded and read back keeps its place: scalars and results come first there.
      const fixed = tensor.region === 'inputs' || tensor.region === 'results';
      const offset = fixed ? tensor.offset : (ends.get(key) ?? Math.min(tensor.offset, ALIGNMENT));
      ends.set(key, offset + aligned(elementsOf(shape)));
      tensors.push({ ...tensor, id: tensors.length, shape, offset });
      places.set(id, tensors.length - 1);
      return tensors.length - 1;
    };
    const move = (operands: Instruction['reads' | 'writes']) => Object.fromEntries(Object.entries<TensorId | null>({ ...operands }).map(([role, id]) => [role, id === null ? null : place(id)]));
    // Kind, settings and roles stay; only the numbers of tensors change.
    const moved = { ...instruction, reads: move(instruction.reads), writes: move(instruction.writes) } as unknown as Instruction;
    return { name: `${moved.kind} ${sizeOf(planned)}`, instruction: moved, tensors, data: this.dataOf(moved, tensors, chunkTable) };
  }

  private dataOf(instruction: Instruction, tensors: readonly PlanTensor[], chunkTable: Int32Array | null): Map<TensorId, Float64Array> {
    const data = new Map<TensorId, Float64Array>();
    const fill = (operands: Instruction['reads' | 'writes'], valuesOf: (operand: Operand) => Float64Array) => {
      for (const [role, id] of Object.entries<TensorId | null>({ ...operands })) {
        const tensor = id === null ? undefined : tensors[id];
        if (tensor && !data.has(tensor.id)) data.set(tensor.id, valuesOf({ role, tensor, elements: elementsOf(tensor.shape) }));
      }
    };
    fill(instruction.reads, (operand) => this.readValues(instruction, operand, chunkTable));
    fill(instruction.writes, (operand) => this.writtenValues(instruction, operand));
    this.makeConsistent(instruction, data);
    return data;
  }

  private readValues(instruction: Instruction, { role, elements, tensor }: Operand, chunkTable: Int32Array | null): Float64Array {
    const { numbers, pool } = this;
    switch (role) {
      case 'scalars':
        return this.scalars(instruction);
      case 'results':
        return this.results(elements);
      case 'attentionMask':
        return paddedMask(numbers, 'rows' in instruction ? instruction.rows : 1, 'length' in instruction ? instruction.length : elements);
      case 'tokenTypeIds':
        return numbers.integers(elements, 0, this.tokenTypes(instruction) - 1);
      case 'labels':
        return numbers.integers(elements, 0, instruction.kind === 'softmaxCrossEntropy' ? instruction.labels - 1 : 0).map((label, row) => (row % 7 === 3 ? -1 : label));
      case 'targets':
        return numbers.integers(elements, 0, 1);
      case 'ids':
        return Float64Array.from(this.ids(instruction, elements));
      case 'chunkTable':
        return Float64Array.from(chunkTable ?? new Int32Array(elements));
      case 'partials':
        return Float64Array.from({ length: elements }, () => Math.fround(numbers.uniform()));
      case 'weight':
        return this.weight(instruction, elements);
      case 'sum':
        return instruction.kind === 'normGradient' || instruction.kind === 'normParameterGradient' ? pool.normal(elements, 2, 1) : pool.normal(elements);
      case 'parameters':
        return pool.normal(elements, 0.1);
      case 'gradients':
      case 'firstMoments':
        return pool.normal(elements, 0.01);
      // Never far below the first moment's square, as in training: else one enormous update would hide all others.
      case 'secondMoments':
        return pool.normal(elements, 0.01).map((value) => Math.fround(value ** 2 + 1e-4 / 4));
      default:
        return tensor.dtype === 'i32' ? new Float64Array(elements) : pool.normal(elements, role === 'preActivation' ? 2 : 1);
    }
  }

  /** NaN in what is to be overwritten, for it survives any sum; numbers where something is added, or parts are left alone. */
  private writtenValues(instruction: Instruction, { role, elements }: Operand): Float64Array {
    const { kind } = instruction;
    const adds = 'accumulate' in instruction && instruction.accumulate;
    if (adds || kind === 'clear' || kind === 'gatherRows' || kind === 'tableGradient') return this.pool.normal(elements);
    if (role === 'results') return new Float64Array(elements).fill(DIRTY);
    if (instruction.kind !== 'squaredNorm') return new Float64Array(elements).fill(NaN);
    // The partials of other buffers stay as they are.
    return new Float64Array(elements).fill(DIRTY).fill(NaN, instruction.firstChunk, instruction.firstChunk + instruction.chunks);
  }

  private scalars(instruction: Instruction): Float64Array {
    const words = new Float64Array(SCALAR_WORDS);
    const terms = 'rows' in instruction ? instruction.rows : 1;
    words[SCALARS.seed] = this.seed & 0x7fffffff;
    words[SCALARS.step] = 3;
    words[SCALARS.dropoutEnabled] = 1;
    // The second of two micro-batches: its dropout is numbered from there.
    words[SCALARS.rowOffset] = 'rows' in instruction ? instruction.rows : 2;
    const floats: Partial<Record<keyof typeof SCALARS, number>> = {
      lossScale: 1 / terms, learningRate: 0.02, weightDecay: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, maxGradNorm: 1, correction1: 1 - 0.9 ** 3, correction2: 1 - 0.999 ** 3,
    };
    for (const [name, value] of Object.entries(floats)) words[SCALARS[name as keyof typeof SCALARS]] = Math.fround(value);
    return words;
  }

  private results(elements: number): Float64Array {
    const values = new Float64Array(elements).fill(DIRTY);
    values[RESULTS.loss] = Math.fround(0.7);
    values[RESULTS.clipCoefficient] = 0.25;
    return values;
  }

  private tokenTypes(instruction: Instruction): number {
    if (instruction.kind === 'tokenTypeGradient') return instruction.tableRows;
    return instruction.kind === 'embeddingNorm' && instruction.reads.tokenTypeTable === null ? 1 : 2;
  }

  /** Ids in the slice at hand, a quarter of them alike (padding); some in front of it, where there is a front. */
  private ids(instruction: Instruction, tokens: number): Int32Array {
    const { firstRow, tableRows } = instruction.kind === 'gatherRows' || instruction.kind === 'tableGradient' ? instruction : { firstRow: 0, tableRows: 1 };
    return Int32Array.from({ length: tokens }, (_, token) => {
      if (token % 8 === 5) return Math.max(0, firstRow - 1);
      return firstRow + (token % 4 === 0 ? 0 : this.numbers.integer(0, tableRows - 1));
    });
  }

  /** Of the size that real weights have, so that products are about 1 whatever the number of their terms. */
  private weight(instruction: Instruction, elements: number): Float64Array {
    if (instruction.kind === 'linear') return this.pool.normal(elements, 1 / Math.sqrt(instruction.inputs));
    if (instruction.kind === 'linearInputGradient') return this.pool.normal(elements, 1 / Math.sqrt(instruction.outputs));
    return this.pool.normal(elements, 0.3, 1);
  }

  /** What follows from other operands: statistics from sums, the order of tokens from their ids, chunks from the room there is. */
  private makeConsistent(instruction: Instruction, data: Map<TensorId, Float64Array>): void {
    const of = (id: TensorId): Float64Array => data.get(id) ?? new Float64Array(0);
    if (instruction.kind === 'normGradient' || instruction.kind === 'normParameterGradient') {
      const { reads, tokens, hidden } = instruction;
      const statistics = of(reads.statistics);
      for (let token = 0; token < tokens; token++) {
        const { mean, inverse } = rowStatistics(of(reads.sum), token, hidden, EPSILON);
        statistics[token * 2] = Math.fround(mean);
        statistics[token * 2 + 1] = Math.fround(inverse);
      }
    }
    if (instruction.kind === 'tableGradient') {
      const { reads } = instruction;
      const { order, segmentIds, segmentOffsets, segments } = sortTokens(this.ids(instruction, instruction.tokens));
      of(reads.order).set(order);
      of(reads.segmentIds).set(segmentIds);
      of(reads.segmentOffsets).set(segmentOffsets);
      of(reads.scalars)[SCALARS.segments] = segments;
    }
    if (instruction.kind === 'squaredNorm') {
      const table = of(instruction.reads.chunkTable);
      const room = of(instruction.reads.gradients).length;
      for (let row = 0; row < table.length; row += 2) table[row] = movedChunk(table[row] ?? 0, room);
    }
  }
}
