/** Where a plan's numbers live. A plan names tensors; only a backend knows addresses or buffers. */

export type TensorId = number;

/**
 * parameters, gradients and the two moments are laid out alike; `frozen` holds parameters that do not learn;
 * `activations` is the arena, reused by lifetime; `inputs` is uploaded for each batch; `results` is read back, late.
 */
export type Region = 'parameters' | 'gradients' | 'firstMoments' | 'secondMoments' | 'frozen' | 'activations' | 'inputs' | 'results';

export interface PlanTensor {
  id: TensorId;
  name: string;
  dtype: 'f32' | 'i32';
  shape: readonly number[];
  region: Region;
  /** Which of the region's buffers: always 0 where the device has no limit on a binding. */
  buffer: number;
  /** In elements of 4 bytes, from the start of the buffer; a multiple of `ALIGNMENT`. */
  offset: number;
}

/** WebGPU binds storage at multiples of 256 bytes; WASM loads 16 bytes at a time. 64 elements suit both. */
export const ALIGNMENT = 64;

export function aligned(elements: number): number {
  return Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** What dropout an instruction applies. An element's number counts from the first row of the whole batch. */
export interface DropoutSpec {
  probability: number;
  /** The graph node's index: with seed, step and element it decides the mask (see random/dropoutMask.ts). */
  node: number;
  /** Elements in each row of the batch; a micro-batch that begins at row r begins at element r x this. */
  elementsPerRow: number;
}

/** Words (4 bytes each) at the start of the inputs: what changes from step to step. Floats are stored as their bits. */
export const SCALARS = {
  seed: 0,
  step: 1,
  /** 0 or 1. */
  dropoutEnabled: 2,
  /** Rows of the batch that came before this micro-batch. */
  rowOffset: 3,
  /** f32: 1 / the number of terms in the whole batch's mean loss. */
  lossScale: 4,
  learningRate: 5,
  weightDecay: 6,
  beta1: 7,
  beta2: 8,
  epsilon: 9,
  maxGradNorm: 10,
  /** f32: 1 - beta1 ** step. */
  correction1: 11,
  /** f32: 1 - beta2 ** step. */
  correction2: 12,
  /** Number of different token ids in this micro-batch (segments of `sortedTokens`). */
  segments: 13,
} as const;
export const SCALAR_WORDS = 64;

/** Words at the start of the results. */
export const RESULTS = {
  loss: 0,
  gradientNorm: 1,
  /** min(1, max norm / (norm + 1e-6)), or 0 where the norm is not finite: then nothing is updated. */
  clipCoefficient: 2,
  /** Index of the first chunk of gradients that is not finite, -1 where all are. */
  nonFiniteChunk: 3,
} as const;
export const RESULT_WORDS = 64;
