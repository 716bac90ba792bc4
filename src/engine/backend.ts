/**
 * What a device must be able to do. A backend is started once; a session holds one model's parameters and optimizer
 * state on it. Whoever opens a session disposes of it; `dispose` releases every buffer.
 */
import type { BackendId, DeviceDescription, MemoryEstimate } from '../domain';
import type { CheckResult, WrongKernel } from './check/result';
import type { Graph } from './graph/graph';

export interface Tensor {
  shape: number[];
  data: Float32Array;
}

/** One padded batch. All arrays are row-major [rows, length] but `labels`, which is [rows]. */
export interface Batch {
  rows: number;
  length: number;
  inputIds: Int32Array;
  attentionMask: Int32Array;
  tokenTypeIds: Int32Array;
  /** -1 where there is no label; such a batch can only be predicted. */
  labels: Int32Array;
  /** [rows, labels], for losses that compare with numbers (binary cross-entropy, mean squared error). */
  targets?: Float32Array;
}

/** The numbers of one optimizer step (AdamW with decoupled decay, as torch.optim.AdamW). */
export interface StepSettings {
  /** Counted from 1: bias correction and dropout depend on it. */
  step: number;
  seed: number;
  learningRate: number;
  weightDecay: number;
  adamBeta1: number;
  adamBeta2: number;
  adamEpsilon: number;
  maxGradNorm: number;
  /** False switches every dropout off (parity with golden values). */
  dropout: boolean;
}

export interface StepResult {
  loss: number;
  /** Global norm before clipping. */
  gradientNorm: number;
  /** [rows, labels] of this batch, with dropout. */
  logits: Float32Array;
  /** Set where loss or gradient was not finite: the first tensor hit. With such a gradient the update was not made. */
  nonFinite: string | null;
}

/** AdamW's moments by parameter name: with the parameters, all that a run needs to go on as if it had not stopped. */
export interface OptimizerState {
  first: Map<string, Tensor>;
  second: Map<string, Tensor>;
}

export interface SessionOptions {
  graph: Graph;
  parameters: ReadonlyMap<string, Tensor>;
  /** Names of the parameters that learn; the others get no gradient and no optimizer state. */
  trained: ReadonlySet<string>;
  /** Most rows computed at once; larger batches are cut and their gradients added up. Null: as many as fit. */
  microBatchRows?: number | null;
}

export interface EngineSession {
  /** Makes all that steps on batches up to this size need, so that the first one does not wait for it. */
  prepare(rows: number, length: number): Promise<void>;
  /** Compares the kernels that such batches use with their references (fault 13); null where there is nothing to check. */
  check(rows: number, length: number): Promise<CheckResult | null>;
  /** Runs one step. The promise may settle some steps later; steps run in the order of their calls. */
  trainStep(batch: Batch, settings: StepSettings): Promise<StepResult>;
  /** Logits [rows, labels], dropout off. */
  predict(batch: Batch): Promise<Float32Array>;
  /** Loss and every trained parameter's gradient, dropout off, parameters untouched. For parity checks. */
  gradients(batch: Batch): Promise<{ loss: number; gradients: Map<string, Tensor> }>;
  readParameters(): Promise<Map<string, Tensor>>;
  /** Replaces values; moments are set to zero. */
  writeParameters(parameters: ReadonlyMap<string, Tensor>): void;
  readOptimizer(): Promise<OptimizerState>;
  writeOptimizer(state: OptimizerState): void;
  /** Null where the backend cannot say beforehand. */
  estimateMemory(rows: number, length: number): MemoryEstimate | null;
  memory(): { tensors: number; bytes: number };
  /** Rows computed at once: fewer than a batch has where the device had no room for more. */
  readonly rowsAtOnce: number;
  dispose(): void;
}

/** The device went away (driver reset, sleep, another program). Nothing that was under way counts. */
export class DeviceLost extends Error {
  override readonly name = 'DeviceLost';
}

/** A kernel's numbers are off: the device is not to be used. */
export class WrongNumbers extends Error {
  override readonly name = 'WrongNumbers';

  constructor(
    readonly wrong: WrongKernel,
    readonly device: string,
  ) {
    super(`${device}: ${wrong.kernel} at ${wrong.size} is off by ${wrong.difference}, allowed ${wrong.allowed}.`);
  }
}

export interface Backend {
  readonly id: BackendId;
  readonly device: DeviceDescription;
  /** Kernel variants, threads and the like: what, besides the recipe, decides the bits of a run. */
  readonly choices: Readonly<Record<string, string>>;
  /** True once the device is gone or broken: no session on it will work again. */
  readonly failed: boolean;
  openSession(options: SessionOptions): EngineSession;
  dispose(): void;
}
