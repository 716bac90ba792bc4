/**
 * A static plan: everything a batch of one (rows, length) bucket needs, decided once. Instructions run in order, each
 * after the one before it; tensors have their final places; nothing is allocated while a plan runs.
 */
import type { Instruction } from './instruction';
import type { PlanTensor, Region, TensorId } from './tensor';

/** What a device can bind and hold; infinite in WASM, where all memory is one. */
export interface PlanLimits {
  /** Bytes one binding may cover: no tensor is larger, so a table that is gets cut into slices of rows. */
  maxBindingBytes: number;
  /** Bytes one buffer may have: the arena and the flat buffers are split into several where they need more. */
  maxBufferBytes: number;
}

export interface Plan {
  purpose: 'train' | 'predict';
  rows: number;
  length: number;
  /** Gradients are added to what is there: for all micro-batches of a step but a single one. */
  accumulate: boolean;
  /** Indexed by id. */
  tensors: readonly PlanTensor[];
  /** Forward, then (for training) loss and backward. */
  instructions: readonly Instruction[];
  /** Number of instructions that are the forward pass. */
  forward: number;
  /** Elements of each buffer of the arena. */
  arena: readonly number[];
  inputs: PlanInputs;
  /** Elements (of 4 bytes) of the inputs, scalars included. */
  inputElements: number;
  /** Elements of the results: RESULT_WORDS, then the logits. */
  resultElements: number;
  logits: TensorId;
}

export interface PlanInputs {
  scalars: TensorId;
  inputIds: TensorId;
  attentionMask: TensorId;
  tokenTypeIds: TensorId;
  /** i32 labels or f32 targets; null in a plan that predicts. */
  labels: TensorId | null;
  /** See `TableGradient`; null where no table learns. */
  order: TensorId | null;
  segmentIds: TensorId | null;
  segmentOffsets: TensorId | null;
}

/** Part of a parameter: the whole of it, unless it is larger than a binding may be. */
export interface ParameterSlice {
  region: Extract<Region, 'parameters' | 'frozen'>;
  buffer: number;
  offset: number;
  elements: number;
  /** First element of the parameter that this slice holds; its rows are whole. */
  first: number;
}

export interface ParameterLayout {
  /** By Hugging Face name. Gradients and moments of a slice in `parameters` have the same buffer and offset. */
  slices: ReadonlyMap<string, readonly ParameterSlice[]>;
  /** Elements of each buffer of `parameters` (and of gradients and both moments). */
  trained: readonly number[];
  /** Elements at the start of each of those buffers to which weight decay applies. */
  decayed: readonly number[];
  frozen: readonly number[];
}

/** Once a step, after all micro-batches: global norm, clipping, AdamW. */
export interface UpdatePlan {
  tensors: readonly PlanTensor[];
  instructions: readonly Instruction[];
  /** What `chunkTable` holds: to be uploaded once. Region `inputs`, buffer 1. */
  chunkTable: Int32Array<ArrayBuffer>;
  /** Which parameter each chunk belongs to. */
  chunkNames: readonly string[];
  /** Elements of `partials`: region `results`, buffer 1. */
  partialElements: number;
}
