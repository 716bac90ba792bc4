/** What goes up to the device for one micro-batch: scalars, ids, mask, labels, and the token order for the table's gradient. */
import type { Batch, StepSettings } from '../backend';
import type { Plan } from './plan';
import { SCALARS, type TensorId } from './tensor';

/** Part of a batch: rows `first` to `first + rows`. */
export function sliceBatch(batch: Batch, first: number, rows: number): Batch {
  const { length } = batch;
  const part = (values: Int32Array): Int32Array => values.subarray((first * values.length) / batch.rows, ((first + rows) * values.length) / batch.rows);
  const targets = batch.targets;
  return {
    rows,
    length,
    inputIds: part(batch.inputIds),
    attentionMask: part(batch.attentionMask),
    tokenTypeIds: part(batch.tokenTypeIds),
    labels: part(batch.labels),
    ...(targets && { targets: targets.subarray((first * targets.length) / batch.rows, ((first + rows) * targets.length) / batch.rows) }),
  };
}

/** Terms of the mean loss: labelled rows (or tokens), or every element of the targets. */
export function lossTerms(batch: Batch): number {
  return batch.targets ? batch.targets.length : batch.labels.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
}

/** Token positions sorted by id (stable), and where each id's run begins: sums in this order are the same every time. */
export function sortTokens(ids: Int32Array): { order: Int32Array; segmentIds: Int32Array; segmentOffsets: Int32Array; segments: number } {
  // Position in the low bits: one sort of plain numbers, and equal ids stay in order.
  const keys = Float64Array.from(ids, (id, position) => id * ids.length + position).sort();
  const order = new Int32Array(ids.length);
  const segmentIds = new Int32Array(ids.length);
  const segmentOffsets = new Int32Array(ids.length + 1);
  let segments = 0;
  let last = -1;
  keys.forEach((key, index) => {
    const id = Math.floor(key / ids.length);
    order[index] = key - id * ids.length;
    if (id === last) return;
    segmentIds[segments] = id;
    segmentOffsets[segments++] = index;
    last = id;
  });
  segmentOffsets.fill(ids.length, segments);
  return { order, segmentIds, segmentOffsets, segments };
}

export interface MicroBatch {
  batch: Batch;
  /** Rows of the whole batch before this one. */
  rowOffset: number;
  /** 1 / terms of the whole batch's mean. */
  lossScale: number;
}

function writeScalars(words: Int32Array<ArrayBuffer>, { rowOffset, lossScale }: MicroBatch, settings: StepSettings | null): void {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  words[SCALARS.rowOffset] = rowOffset;
  floats[SCALARS.lossScale] = lossScale;
  if (!settings) return;
  const { step, seed, learningRate, weightDecay, adamBeta1, adamBeta2, adamEpsilon, maxGradNorm, dropout } = settings;
  words[SCALARS.seed] = seed | 0;
  words[SCALARS.step] = step;
  words[SCALARS.dropoutEnabled] = dropout ? 1 : 0;
  floats[SCALARS.learningRate] = learningRate;
  floats[SCALARS.weightDecay] = weightDecay;
  floats[SCALARS.beta1] = adamBeta1;
  floats[SCALARS.beta2] = adamBeta2;
  floats[SCALARS.epsilon] = adamEpsilon;
  floats[SCALARS.maxGradNorm] = maxGradNorm;
  floats[SCALARS.correction1] = 1 - adamBeta1 ** step;
  floats[SCALARS.correction2] = 1 - adamBeta2 ** step;
}

/** @param settings null: dropout off, no update (prediction, or gradients alone) */
export function packInputs(plan: Plan, micro: MicroBatch, settings: StepSettings | null): Int32Array<ArrayBuffer> {
  const words = new Int32Array(plan.inputElements);
  const place = (id: TensorId): number => plan.tensors[id]?.offset ?? 0;
  const { inputs } = plan;
  const { batch } = micro;
  writeScalars(words, micro, settings);
  words.set(batch.inputIds, place(inputs.inputIds));
  words.set(batch.attentionMask, place(inputs.attentionMask));
  words.set(batch.tokenTypeIds, place(inputs.tokenTypeIds));
  if (inputs.labels !== null) {
    if (batch.targets) new Float32Array(words.buffer).set(batch.targets, place(inputs.labels));
    else words.set(batch.labels, place(inputs.labels));
  }
  if (inputs.order !== null && inputs.segmentIds !== null && inputs.segmentOffsets !== null) {
    const { order, segmentIds, segmentOffsets, segments } = sortTokens(batch.inputIds);
    words[SCALARS.segments] = segments;
    words.set(order, place(inputs.order));
    words.set(segmentIds, place(inputs.segmentIds));
    words.set(segmentOffsets, place(inputs.segmentOffsets));
  }
  return words;
}
