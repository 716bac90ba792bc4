/** Plans on the CPU: programs for the WASM module, in one memory that all threads share. */
import type { ParameterLayout, Plan, PlanLimits, UpdatePlan } from '../../plan/plan';
import { RESULT_WORDS, SCALAR_WORDS } from '../../plan/tensor';
import type { Instruction } from '../../plan/instruction';
import type { ExecutorCounts, ExecutorMemory, PlanExecutor, WritableRegion, Work } from '../executor';
import { encodeProgram, programWords, type Program } from './encode';
import type { EngineHost } from './host';
import { addressIn, largerSizes, NO_STEP, placeKept, placeStep, sameSizes, tensorAddress, type StepPlaces, type StepSizes } from './layout';
import { scratchNeeds } from './scratchNeeds';

const BYTES = 4;

type Runnable = Pick<Plan, 'tensors' | 'instructions'>;

/** What a run on this device chose to compute with; a run that goes on later may ask for the same. */
export interface WasmChoices extends Record<string, string> {
  build: string;
  threads: string;
  tile: string;
}

interface Kept {
  regions: ReadonlyMap<string, number>;
  end: number;
  layout: ParameterLayout;
  update: UpdatePlan;
}

export class WasmExecutor implements PlanExecutor {
  readonly limits: PlanLimits = { maxBindingBytes: Infinity, maxBufferBytes: Infinity };
  private kept: Kept | null = null;
  /** The most that any plan so far needs. */
  private sizes: StepSizes = NO_STEP;
  private places: StepPlaces | null = null;
  /** Programs of prepared plans: made anew, when next run, after `places` have moved. */
  private readonly programs = new Map<Runnable, { program: Program; places: StepPlaces }>();
  private readonly prepared = new WeakSet<Plan>();
  private bytesUploaded = 0;
  private bytesReadBack = 0;

  constructor(private readonly host: EngineHost) {}

  async allocate(layout: ParameterLayout, update: UpdatePlan): Promise<void> {
    if (this.kept) throw new Error('Buffers are allocated once.');
    const { chunkTable, partialElements } = update;
    const { regions, end } = placeKept(this.host.firstFree, { parameters: layout, chunkTable: chunkTable.length, partials: partialElements });
    const before = this.host.memory.bytes;
    this.host.memory.ensure(end);
    // Fresh memory is zero; only what the choice of a tile has used is not.
    this.host.memory.words().fill(0, this.host.firstFree / BYTES, Math.min(before, end) / BYTES);
    this.kept = { regions, end, layout, update };
    this.host.memory.words().set(chunkTable, addressIn([{ regions }], 'inputs', 1, 0) / BYTES);
    this.bytesUploaded += chunkTable.byteLength;
    this.makeRoom({ ...this.needsOf(update.instructions), inputs: SCALAR_WORDS, results: RESULT_WORDS, arena: [] });
  }

  write(region: WritableRegion, buffer: number, offset: number, data: Float32Array): void {
    this.host.memory.floats().set(data, this.addressOf(region, buffer, offset) / BYTES);
    this.bytesUploaded += data.byteLength;
  }

  async read(region: WritableRegion, buffer: number, offset: number, elements: number): Promise<Float32Array> {
    return this.copyOut(this.addressOf(region, buffer, offset), elements);
  }

  clear(region: WritableRegion): void {
    const { layout } = this.allocated();
    const buffers = region === 'frozen' ? layout.frozen : layout.trained;
    buffers.forEach((elements, buffer) => {
      const start = this.addressOf(region, buffer, 0) / BYTES;
      this.host.memory.words().fill(0, start, start + elements);
    });
  }

  async prepare(plan: Plan): Promise<void> {
    if (this.prepared.has(plan)) return;
    const { inputElements, resultElements, arena } = plan;
    this.makeRoom({ ...this.needsOf(plan.instructions), inputs: inputElements, results: resultElements, arena });
    this.prepared.add(plan);
  }

  async run(work: readonly Work[], update: boolean): Promise<Float32Array[]> {
    if (update && work.length === 0) throw new Error('An update needs the scalars of a plan.');
    const results: Float32Array[] = [];
    work.forEach(({ plan, inputs }, index) => {
      if (!this.prepared.has(plan)) throw new Error('A plan is prepared before it runs.');
      this.host.memory.words().set(inputs, this.addressOf('inputs', 0, 0) / BYTES);
      this.bytesUploaded += inputs.byteLength;
      this.runProgram(plan);
      // The update's results stand beside those of the last plan.
      if (update && index === work.length - 1) this.runProgram(this.allocated().update);
      results.push(this.copyOut(this.addressOf('results', 0, 0), plan.resultElements));
    });
    return results;
  }

  memory(): ExecutorMemory {
    const { bytes } = this.host.memory;
    return { buffers: bytes > 0 ? 1 : 0, bytes };
  }

  counts(): ExecutorCounts {
    const { bytesUploaded, bytesReadBack } = this;
    return { dispatches: null, submits: null, buffersCreated: null, bindGroupsCreated: null, bytesUploaded, bytesReadBack };
  }

  choices(): WasmChoices {
    const { build, threads, tile } = this.host;
    return { build, threads: String(threads), tile: String(tile) };
  }

  dispose(): void {
    this.kept = null;
    this.places = null;
    this.programs.clear();
    this.host.dispose();
  }

  private allocated(): Kept {
    if (!this.kept) throw new Error('No buffers are allocated.');
    return this.kept;
  }

  private needsOf(instructions: readonly Instruction[]): Pick<StepSizes, 'shared' | 'own' | 'program'> {
    return { ...scratchNeeds(instructions, this.host.exports), program: programWords(instructions) };
  }

  /** Areas move when one grows. Nothing in them outlives a run, and programs are encoded again when next run. */
  private makeRoom(needed: StepSizes): void {
    const sizes = largerSizes(this.sizes, needed);
    if (this.places && sameSizes(sizes, this.sizes)) return;
    const places = placeStep(this.allocated().end, sizes, this.host.threads);
    this.host.memory.ensure(places.end);
    this.sizes = sizes;
    this.places = places;
  }

  private addressOf(region: Parameters<typeof addressIn>[1], buffer: number, offset: number): number {
    const kept = this.allocated();
    return addressIn(this.places ? [kept, this.places] : [kept], region, buffer, offset);
  }

  private programOf(plan: Runnable, places: StepPlaces): Program {
    const known = this.programs.get(plan);
    if (known?.places === places) return known.program;
    const kept = this.allocated();
    const address = (id: number) => {
      const tensor = plan.tensors[id];
      if (!tensor) throw new Error(`The plan has no tensor ${id}.`);
      return tensorAddress([kept, places], tensor);
    };
    const program = encodeProgram(plan.instructions, address, { ...places, sharedScratchBytes: this.sizes.shared, tile: this.host.tile });
    this.programs.set(plan, { program, places });
    return program;
  }

  private runProgram(plan: Runnable): void {
    if (!this.places) throw new Error('No buffers are allocated.');
    const { words, count } = this.programOf(plan, this.places);
    // Some kilobytes; a place of its own for each plan's program would have to move whenever another plan is prepared.
    this.host.memory.words().set(words, this.places.program / BYTES);
    this.host.run(this.places.program, count);
  }

  private copyOut(address: number, elements: number): Float32Array {
    this.bytesReadBack += elements * BYTES;
    // A slice is a copy, and one in memory that is not shared.
    return this.host.memory.floats().slice(address / BYTES, address / BYTES + elements);
  }
}
