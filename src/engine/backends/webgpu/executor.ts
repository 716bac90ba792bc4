/**
 * Plans on WebGPU. Everything is made before the first run: a run writes one buffer of inputs, encodes the same
 * dispatches again, submits them in a few pieces and copies the results to a buffer that is mapped when they are done.
 */
import type { ParameterLayout, Plan, PlanLimits, UpdatePlan } from '../../plan/plan';
import { SCALAR_WORDS, RESULT_WORDS } from '../../plan/tensor';
import type { ExecutorCounts, ExecutorMemory, PlanExecutor, WritableRegion, Work } from '../executor';
import { BoundSteps } from './bound';
import { allocateBuffer, RegionBuffers, type BufferNeed } from './buffers';
import type { DeviceCounts } from './counting';
import type { WebgpuDevice } from './device';
import type { KernelContext, Step } from './kernel';
import { stepsOf } from './kernels';
import { MatmulLadder } from './matmul/ladder';
import type { MatmulShape } from './matmul/shape';
import { ReadbackRing } from './readback';
import { MAP_READ, USAGE } from './usage';
import type { DeviceLoss } from './watch';

export interface WebgpuExecutorOptions {
  /** Matmul variants by class of shapes, as `choices()` gave them to the run that is taken up again. */
  choices?: Readonly<Record<string, string>>;
}

interface Prepared {
  bound: BoundSteps;
  /** The buffers' generation its bind groups are of. */
  generation: number;
}

/** A stretch of one list of steps. */
interface Piece {
  bound: BoundSteps;
  first: number;
  end: number;
}

const WORD = 4;
const PARAMETER_REGIONS = ['parameters', 'gradients', 'firstMoments', 'secondMoments'] as const;

export class WebgpuExecutor implements PlanExecutor {
  readonly limits: PlanLimits;
  private readonly device: GPUDevice;
  private readonly buffers: RegionBuffers;
  private readonly ring: ReadbackRing;
  private readonly ladder: MatmulLadder;
  private readonly plans = new Map<Plan, Prepared>();
  private readonly before: DeviceCounts;
  private update: Prepared | null = null;
  private disposed = false;
  /** Preparing one plan after the other: both may replace the same buffers. */
  private preparing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly on: WebgpuDevice,
    { choices = {} }: WebgpuExecutorOptions = {},
  ) {
    this.device = on.device;
    this.buffers = new RegionBuffers(on.device);
    this.ring = new ReadbackRing(on.device);
    this.ladder = new MatmulLadder(on, choices);
    this.before = on.counted.counts();
    const { maxStorageBufferBindingSize, maxBufferSize } = on.device.limits;
    this.limits = { maxBindingBytes: maxStorageBufferBindingSize, maxBufferBytes: maxBufferSize };
  }

  /** Settles when the device is gone. What waits for it then rejects by itself. */
  get lost(): Promise<DeviceLoss> {
    return this.on.lost;
  }

  /** Matmul variants that were chosen so far, by class of shapes. */
  choices(): Record<string, string> {
    return this.ladder.choices();
  }

  async allocate(layout: ParameterLayout, update: UpdatePlan): Promise<void> {
    const needs: BufferNeed[] = [];
    for (const region of PARAMETER_REGIONS) layout.trained.forEach((elements, buffer) => needs.push({ region, buffer, bytes: elements * WORD }));
    layout.frozen.forEach((elements, buffer) => needs.push({ region: 'frozen', buffer, bytes: elements * WORD }));
    needs.push({ region: 'inputs', buffer: 0, bytes: SCALAR_WORDS * WORD }, { region: 'results', buffer: 0, bytes: RESULT_WORDS * WORD });
    needs.push({ region: 'inputs', buffer: 1, bytes: update.chunkTable.byteLength }, { region: 'results', buffer: 1, bytes: update.partialElements * WORD });
    await this.on.watch.guard(this.buffers.ensure(needs));
    if (update.chunkTable.length > 0) this.device.queue.writeBuffer(this.buffers.bufferOf('inputs', 1), 0, update.chunkTable);
    if (layout.trained.length > 0) this.update = await this.on.watch.guard(this.makeReady(update));
  }

  write(region: WritableRegion, buffer: number, offset: number, data: Float32Array): void {
    this.device.queue.writeBuffer(this.buffers.bufferOf(region, buffer), offset * WORD, data.buffer, data.byteOffset, data.byteLength);
  }

  async read(region: WritableRegion, buffer: number, offset: number, elements: number): Promise<Float32Array> {
    this.check();
    const size = elements * WORD;
    const source = this.buffers.bufferOf(region, buffer);
    return this.on.watch.guard(
      (async () => {
        const staging = await allocateBuffer(this.device, { label: 'parameters to host', size, usage: USAGE.mapRead | USAGE.copyDestination });
        try {
          const encoder = this.device.createCommandEncoder();
          encoder.copyBufferToBuffer(source, offset * WORD, staging, 0, size);
          this.device.queue.submit([encoder.finish()]);
          await staging.mapAsync(MAP_READ);
          return new Float32Array(staging.getMappedRange().slice(0));
        } finally {
          staging.destroy();
        }
      })(),
    );
  }

  clear(region: WritableRegion): void {
    const encoder = this.device.createCommandEncoder();
    for (const buffer of this.buffers.ofRegion(region)) encoder.clearBuffer(buffer);
    this.device.queue.submit([encoder.finish()]);
  }

  prepare(plan: Plan): Promise<void> {
    const made = this.preparing.then(() => this.on.watch.guard(this.prepareNow(plan)));
    this.preparing = made.catch(() => undefined);
    return made;
  }

  private async prepareNow(plan: Plan): Promise<void> {
    this.check();
    await this.buffers.ensure([
      ...plan.arena.map((elements, buffer): BufferNeed => ({ region: 'activations', buffer, bytes: elements * WORD })),
      { region: 'inputs', buffer: 0, bytes: plan.inputElements * WORD },
      { region: 'results', buffer: 0, bytes: plan.resultElements * WORD },
    ]);
    await this.ring.ensure(plan.resultElements * WORD);
    let prepared = this.plans.get(plan);
    if (!prepared) {
      prepared = await this.makeReady(plan);
      this.plans.set(plan, prepared);
    }
    this.bindAgain(prepared);
    if (this.update) this.bindAgain(this.update);
  }

  private async makeReady({ instructions, tensors }: Pick<Plan, 'instructions' | 'tensors'>): Promise<Prepared> {
    const maxStorageBuffers = this.device.limits.maxStorageBuffersPerShaderStage;
    const build = (chooseMatmul: KernelContext['chooseMatmul']): Step[] => instructions.flatMap((instruction) => stepsOf(instruction, { tensors, maxStorageBuffers, chooseMatmul }));
    const shapes: MatmulShape[] = [];
    build((shape) => {
      shapes.push(shape);
      return this.ladder.choose(shape);
    });
    await this.ladder.settle(shapes);
    const steps = build((shape) => this.ladder.choose(shape));
    this.device.pushErrorScope('validation');
    const making = BoundSteps.prepare(this.device, this.on.pipelines, steps, tensors);
    // Scopes are a stack: this one ends before anything else can begin one.
    const [bound, error] = await Promise.all([making, this.device.popErrorScope()]);
    if (error) throw new Error(`WebGPU: ${error.message}`);
    return { bound, generation: -1 };
  }

  private bindAgain(prepared: Prepared): void {
    if (prepared.generation === this.buffers.generation) return;
    prepared.bound.bind(this.device, this.buffers.bufferOf);
    prepared.generation = this.buffers.generation;
  }

  private check(): void {
    if (this.disposed) throw new Error('The executor is disposed.');
    if (this.on.watch.failure) throw this.on.watch.failure;
  }

  async run(work: readonly Work[], update: boolean): Promise<Float32Array[]> {
    this.check();
    const measure = this.on.pace.shouldMeasure();
    this.device.pushErrorScope('validation');
    const results: Promise<Float32Array>[] = [];
    let scope: Promise<GPUError | null>;
    try {
      work.forEach((item, index) => {
        results.push(this.submit(item, update && index === work.length - 1, measure));
      });
    } finally {
      scope = this.device.popErrorScope();
    }
    const [values, error] = await this.on.watch.guard(Promise.all([Promise.all(results), scope]));
    if (error) throw new Error(`WebGPU error: ${error.message}`);
    return values;
  }

  /** Encodes and submits one micro-batch; all of it has been submitted when this returns. */
  private submit({ plan, inputs }: Work, update: boolean, measure: boolean): Promise<Float32Array> {
    const prepared = this.plans.get(plan);
    if (!prepared) throw new Error('The plan was not prepared.');
    this.bindAgain(prepared);
    const lists = [prepared.bound];
    if (update && this.update) {
      this.bindAgain(this.update);
      lists.push(this.update.bound);
    }
    const { device } = this;
    device.queue.writeBuffer(this.buffers.bufferOf('inputs', 0), 0, inputs);
    const target = this.ring.take();
    const operations = lists.flatMap((bound) => [...bound.operations]);
    const ends = this.on.pace.cut(operations);
    let first = 0;
    ends.forEach((end, index) => {
      const encoder = device.createCommandEncoder();
      for (const piece of piecesOf(lists, first, end)) piece.bound.encode(encoder, this.buffers.bufferOf, piece.first, piece.end);
      if (index === ends.length - 1) encoder.copyBufferToBuffer(this.buffers.bufferOf('results', 0), 0, target, 0, plan.resultElements * WORD);
      device.queue.submit([encoder.finish()]);
      if (measure) this.time(operations.slice(first, end));
      first = end;
    });
    return this.ring.read(target, plan.resultElements);
  }

  /** When the submit before this one was done. */
  private lastDone = 0;

  private time(operations: readonly number[]): void {
    const submitted = performance.now();
    const total = operations.reduce((sum, count) => sum + count, 0);
    const done = this.device.queue.onSubmittedWorkDone().then(() => {
      const now = performance.now();
      this.on.pace.record(total, now - Math.max(submitted, this.lastDone));
      this.lastDone = now;
    });
    done.catch(() => undefined);
  }

  memory(): ExecutorMemory {
    const numbers = [...this.plans.values(), ...(this.update ? [this.update] : [])].map(({ bound }) => bound.bytes);
    return {
      buffers: this.buffers.count + this.ring.count + numbers.length,
      bytes: numbers.reduce((sum, bytes) => sum + bytes, this.buffers.bytes + this.ring.bytes),
    };
  }

  counts(): ExecutorCounts {
    const now = this.on.counted.counts();
    const since = (name: keyof DeviceCounts) => now[name] - this.before[name];
    return {
      dispatches: since('dispatches'),
      submits: since('submits'),
      buffersCreated: since('buffersCreated'),
      bindGroupsCreated: since('bindGroupsCreated'),
      bytesUploaded: since('bytesUploaded'),
      bytesReadBack: since('bytesReadBack'),
    };
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const { bound } of this.plans.values()) bound.dispose();
    this.update?.bound.dispose();
    this.plans.clear();
    this.update = null;
    this.buffers.dispose();
    this.ring.dispose();
  }
}

/** Steps first .. end - 1 of several lists laid end to end. */
function piecesOf(lists: readonly BoundSteps[], first: number, end: number): Piece[] {
  let start = 0;
  return lists.flatMap((bound) => {
    const piece = { bound, first: Math.max(0, first - start), end: Math.min(bound.length, end - start) };
    start += bound.length;
    return piece.first < piece.end ? [piece] : [];
  });
}
