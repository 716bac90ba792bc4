/**
 * Whole plans in float64, instruction by instruction, with the references: the oracle for planner and devices. Far too
 * slow to train with, and never part of the product. What a plan has not written is NaN, so reading it shows.
 */
import type { ParameterLayout, Plan, PlanLimits, UpdatePlan } from '../../plan/plan';
import { elementsOf, RESULT_WORDS, SCALARS, SCALAR_WORDS, type PlanTensor, type TensorId } from '../../plan/tensor';
import { runReference } from '../../ops/references';
import type { ExecutorCounts, ExecutorMemory, PlanExecutor, WritableRegion, Work } from '../executor';

const BYTES = 8;

/** Scalars that are words without a sign; the others are the bits of an f32. */
const WHOLE_SCALARS: ReadonlySet<number> = new Set([SCALARS.seed, SCALARS.step, SCALARS.dropoutEnabled, SCALARS.rowOffset, SCALARS.segments]);

type Runnable = Pick<Plan, 'tensors' | 'instructions'>;

interface Kept {
  regions: Record<WritableRegion, Float64Array[]>;
  update: UpdatePlan;
  partials: Float64Array;
}

/** What lasts for one plan: inputs as they came up, results, and the arena. */
interface Run {
  inputs: Int32Array<ArrayBuffer>;
  results: Float64Array;
  arena: Float64Array[];
}

function decodeScalars(words: Int32Array<ArrayBuffer>): Float64Array {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  return Float64Array.from({ length: SCALAR_WORDS }, (_, index) => (WHOLE_SCALARS.has(index) ? (words[index] ?? 0) >>> 0 : (floats[index] ?? NaN)));
}

/** A tensor of the inputs. Instructions only read these, so a copy will do. */
function decodeInput({ id, dtype, offset, shape }: PlanTensor, scalars: TensorId, inputs: Int32Array<ArrayBuffer>): Float64Array {
  if (id === scalars) return decodeScalars(inputs);
  const words = inputs.subarray(offset, offset + elementsOf(shape));
  return Float64Array.from(dtype === 'i32' ? words : new Float32Array(words.buffer, words.byteOffset, words.length));
}

export class ReferenceExecutor implements PlanExecutor {
  private kept: Kept | null = null;
  private readonly prepared = new WeakSet<Plan>();

  /** @param limits finite ones make the planner cut tables and buffers, as a device would */
  constructor(readonly limits: PlanLimits = { maxBindingBytes: Infinity, maxBufferBytes: Infinity }) {}

  async allocate(layout: ParameterLayout, update: UpdatePlan): Promise<void> {
    if (this.kept) throw new Error('Buffers are allocated once.');
    const zeros = (sizes: readonly number[]) => sizes.map((elements) => new Float64Array(elements));
    const { trained, frozen } = layout;
    this.kept = {
      regions: { parameters: zeros(trained), gradients: zeros(trained), firstMoments: zeros(trained), secondMoments: zeros(trained), frozen: zeros(frozen) },
      update,
      partials: new Float64Array(update.partialElements),
    };
  }

  write(region: WritableRegion, buffer: number, offset: number, data: Float32Array): void {
    this.bufferOf(region, buffer).set(data, offset);
  }

  async read(region: WritableRegion, buffer: number, offset: number, elements: number): Promise<Float32Array> {
    return Float32Array.from(this.bufferOf(region, buffer).subarray(offset, offset + elements));
  }

  clear(region: WritableRegion): void {
    for (const buffer of this.allocated().regions[region]) buffer.fill(0);
  }

  async prepare(plan: Plan): Promise<void> {
    this.prepared.add(plan);
  }

  async run(work: readonly Work[], update: boolean): Promise<Float32Array[]> {
    if (update && work.length === 0) throw new Error('An update needs the scalars of a plan.');
    return work.map(({ plan, inputs }, index) => {
      if (!this.prepared.has(plan)) throw new Error('A plan is prepared before it runs.');
      if (inputs.length !== plan.inputElements) throw new Error(`The plan wants ${plan.inputElements} words of inputs, not ${inputs.length}.`);
      const results = new Float64Array(plan.resultElements).fill(NaN, RESULT_WORDS);
      const run = { inputs, results, arena: plan.arena.map((elements) => new Float64Array(elements).fill(NaN)) };
      this.runAll(plan, plan.inputs.scalars, run);
      if (update && index === work.length - 1) this.runUpdate(run);
      return Float32Array.from(results);
    });
  }

  memory(): ExecutorMemory {
    const buffers = this.kept ? [...Object.values(this.kept.regions).flat(), this.kept.partials] : [];
    return { buffers: buffers.length, bytes: BYTES * buffers.reduce((sum, { length }) => sum + length, 0) };
  }

  counts(): ExecutorCounts {
    return { dispatches: null, submits: null, buffersCreated: null, bindGroupsCreated: null, bytesUploaded: null, bytesReadBack: null };
  }

  dispose(): void {
    this.kept = null;
  }

  private allocated(): Kept {
    if (!this.kept) throw new Error('No buffers are allocated.');
    return this.kept;
  }

  private bufferOf(region: WritableRegion, buffer: number): Float64Array {
    const found = this.allocated().regions[region][buffer];
    if (!found) throw new Error(`There is no buffer ${buffer} of ${region}.`);
    return found;
  }

  private runUpdate(run: Run): void {
    const { update } = this.allocated();
    const scalars = update.tensors.find(({ name }) => name === 'scalars');
    if (!scalars) throw new Error('The update has no scalars.');
    this.runAll(update, scalars.id, run);
  }

  private runAll({ tensors, instructions }: Runnable, scalars: TensorId, run: Run): void {
    const memory = new Map(tensors.map((tensor) => [tensor.id, this.valuesOf(tensor, scalars, run)]));
    const get = (id: TensorId): Float64Array => {
      const values = memory.get(id);
      if (!values) throw new Error(`The plan has no tensor ${id}.`);
      return values;
    };
    for (const instruction of instructions) runReference(instruction, { get });
  }

  /** A view of the tensor's place, so that tensors which share one see each other's numbers as on a device. */
  private valuesOf(tensor: PlanTensor, scalars: TensorId, run: Run): Float64Array {
    const { region, buffer, offset, shape, name } = tensor;
    const end = offset + elementsOf(shape);
    if (region === 'inputs') {
      const { chunkTable } = this.allocated().update;
      return buffer === 0 ? decodeInput(tensor, scalars, run.inputs) : Float64Array.from(chunkTable.subarray(offset, end));
    }
    const place = this.placeOf(region, buffer, run);
    if (end > place.length) throw new Error(`${name} ends at ${end} of ${region} ${buffer}, which has ${place.length} elements.`);
    return place.subarray(offset, end);
  }

  private placeOf(region: Exclude<PlanTensor['region'], 'inputs'>, buffer: number, run: Run): Float64Array {
    if (region === 'results') return buffer === 0 ? run.results : this.allocated().partials;
    if (region !== 'activations') return this.bufferOf(region, buffer);
    const found = run.arena[buffer];
    if (!found) throw new Error(`The arena has no buffer ${buffer}.`);
    return found;
  }
}
