/**
 * What a backend does for a session: memory for parameters, plans turned into something that runs, runs in order. All
 * that is the same on every device (which plan, what to upload, what the results mean) is in `PlannedSession`.
 */
import type { ParameterLayout, Plan, PlanLimits, UpdatePlan } from '../plan/plan';
import type { Region } from '../plan/tensor';

/** One micro-batch: a prepared plan and its inputs, `plan.inputElements` words. */
export interface Work {
  plan: Plan;
  inputs: Int32Array<ArrayBuffer>;
}

export interface ExecutorMemory {
  buffers: number;
  bytes: number;
}

/** Counts since the executor was made; what does not apply to a device is null. */
export interface ExecutorCounts {
  dispatches: number | null;
  submits: number | null;
  buffersCreated: number | null;
  bindGroupsCreated: number | null;
  bytesUploaded: number | null;
  bytesReadBack: number | null;
}

export type WritableRegion = Extract<Region, 'parameters' | 'gradients' | 'firstMoments' | 'secondMoments' | 'frozen'>;

export interface PlanExecutor {
  readonly limits: PlanLimits;
  /** Makes the flat buffers (zeroed) and keeps the update plan. Called once. @throws OutOfDeviceMemory */
  allocate(layout: ParameterLayout, update: UpdatePlan): Promise<void>;
  /** Copies `data` to the device; it may be reused at once. */
  write(region: WritableRegion, buffer: number, offset: number, data: Float32Array): void;
  /** Waits for everything submitted before, then copies. */
  read(region: WritableRegion, buffer: number, offset: number, elements: number): Promise<Float32Array>;
  clear(region: WritableRegion): void;
  /** Pipelines, bindings, room in the arena. A plan is prepared once and may then run any number of times. @throws OutOfDeviceMemory */
  prepare(plan: Plan): Promise<void>;
  /**
   * Runs the plans in order; then, where asked, the update (norm, clipping, AdamW) with the scalars of the last. Runs
   * take place in the order of the calls. Settles with each plan's results (`plan.resultElements` values; the update's
   * are in the last).
   */
  run(work: readonly Work[], update: boolean): Promise<Float32Array[]>;
  memory(): ExecutorMemory;
  counts(): ExecutorCounts;
  dispose(): void;
}

/** The device has no room: the batch is halved and tried again. */
export class OutOfDeviceMemory extends Error {
  override readonly name = 'OutOfDeviceMemory';

  /** @param bytes asked for, where known */
  constructor(readonly bytes: number | null) {
    super(bytes === null ? 'The device has no memory left.' : `The device refused ${bytes} bytes.`);
  }
}
