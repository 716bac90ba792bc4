/** Builds InstructionCases: seeded numbers, tensors placed as a plan places them. For tests; the seeded numbers are also those of check/. */
import type { Instruction } from '../plan/instruction';
import { ALIGNMENT, aligned, elementsOf, RESULT_WORDS, SCALARS, SCALAR_WORDS, type PlanTensor, type Region, type TensorId } from '../plan/tensor';
import type { InstructionCase } from '../check/runner';
import { runReference } from './references';

/** What outputs hold before they are overwritten: a kernel that adds where it should write is off by it. */
export const DIRTY = 7.25;

/** Seeded numbers (mulberry32), all exactly representable as f32, so that devices and references start alike. */
export class SeededNumbers {
  constructor(private state: number) {}

  /** In [0, 1). */
  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Whole, from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1));
  }

  /** Near enough to normal: a sum of uniform numbers, of mean 0 and the given deviation. */
  normal(count: number, deviation = 1, mean = 0): Float64Array {
    const one = () => (this.uniform() + this.uniform() + this.uniform() + this.uniform() - 2) * Math.sqrt(3);
    return Float64Array.from({ length: count }, () => Math.fround(mean + deviation * one()));
  }

  integers(count: number, low: number, high: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.integer(low, high));
  }
}

export function filled(count: number, value: number): Float64Array {
  return new Float64Array(count).fill(Math.fround(value));
}

/** Step scalars that a case does not name. */
const USUAL_SCALARS: Partial<Record<keyof typeof SCALARS, number>> = { seed: 42, step: 3, dropoutEnabled: 1, rowOffset: 0 };

export type ScalarValues = Partial<Record<keyof typeof SCALARS, number>>;

/** A seed that is stable when cases are added or moved: it depends on the name only (FNV-1a). */
function seedOf(name: string): number {
  return [...name].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);
}

export interface Placement {
  dtype?: PlanTensor['dtype'];
  buffer?: number;
  /** At the start of its buffer: scalars, results, and all that covers a whole flat buffer. */
  first?: boolean;
}

export class CaseBuilder {
  readonly numbers: SeededNumbers;
  private readonly tensors: PlanTensor[] = [];
  private readonly data = new Map<TensorId, Float64Array>();
  /** Where the next tensor of a region's buffer may begin. */
  private readonly ends = new Map<string, number>();

  constructor(private readonly name: string) {
    this.numbers = new SeededNumbers(seedOf(name));
  }

  tensor(name: string, shape: readonly number[], region: Region, values: Float64Array, { dtype = 'f32', buffer = 0, first = false }: Placement = {}): TensorId {
    if (values.length !== elementsOf(shape)) throw new Error(`${this.name}: ${name} has ${values.length} values for [${shape.join(', ')}].`);
    const id = this.tensors.length;
    const place = `${region} ${buffer}`;
    const end = this.ends.get(place);
    if (first && end !== undefined) throw new Error(`${this.name}: ${name} must be the first tensor of its buffer.`);
    // What follows scalars and results; elsewhere a gap, so that an ignored offset shows.
    const begin = region === 'inputs' ? SCALAR_WORDS : region === 'results' ? RESULT_WORDS : ALIGNMENT;
    const offset = first ? 0 : (end ?? begin);
    this.ends.set(place, offset + aligned(values.length));
    this.tensors.push({ id, name, dtype, shape, region, buffer, offset });
    this.data.set(id, values);
    return id;
  }

  /** Random numbers in the arena unless another region is named. */
  random(name: string, shape: readonly number[], region: Region = 'activations', deviation = 1): TensorId {
    return this.tensor(name, shape, region, this.numbers.normal(elementsOf(shape), deviation));
  }

  /** A tensor to be overwritten as a whole: every other one is full of NaN, which survives any sum. */
  output(name: string, shape: readonly number[], region: Region = 'activations'): TensorId {
    const value = this.tensors.length % 2 === 0 ? NaN : DIRTY;
    return this.tensor(name, shape, region, filled(elementsOf(shape), value));
  }

  /** A tensor that is added to (random numbers in it) or overwritten (dirt in it). */
  target(name: string, shape: readonly number[], accumulate: boolean, region: Region = 'gradients'): TensorId {
    return accumulate ? this.random(name, shape, region) : this.output(name, shape, region);
  }

  integers(name: string, shape: readonly number[], values: Float64Array, region: Region = 'inputs'): TensorId {
    return this.tensor(name, shape, region, values, { dtype: 'i32' });
  }

  /** Step scalars; call it before any other tensor of the inputs is made. */
  scalars(values: ScalarValues = {}): TensorId {
    const words = new Float64Array(SCALAR_WORDS);
    for (const [name, value] of Object.entries({ ...USUAL_SCALARS, ...values })) {
      words[SCALARS[name as keyof typeof SCALARS]] = name === 'seed' || name === 'step' ? value : Math.fround(value);
    }
    return this.tensor('scalars', [SCALAR_WORDS], 'inputs', words, { dtype: 'i32', first: true });
  }

  /** The head of the results; call it before any other tensor of the results is made. */
  results(values: Float64Array = filled(RESULT_WORDS, DIRTY)): TensorId {
    return this.tensor('results', [RESULT_WORDS], 'results', values, { first: true });
  }

  values(id: TensorId): Float64Array {
    const values = this.data.get(id);
    if (!values) throw new Error(`${this.name}: there is no tensor ${id}.`);
    return values;
  }

  /** Runs an instruction's reference on the case's own data, in full float64. */
  run(instruction: Instruction): void {
    runReference(instruction, { get: (id) => this.values(id) });
  }

  /** Runs an earlier instruction's reference, so that what it leaves (statistics, logSumExp) fits; rounds it to f32. */
  runBefore(instruction: Instruction): void {
    this.run(instruction);
    for (const id of Object.values<TensorId | null>({ ...instruction.writes })) {
      if (id === null) continue;
      const values = this.values(id);
      values.forEach((value, index) => (values[index] = Math.fround(value)));
    }
  }

  build(instruction: Instruction): InstructionCase {
    return { name: `${instruction.kind}: ${this.name}`, instruction, tensors: this.tensors, data: this.data };
  }
}
