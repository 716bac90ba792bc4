/** Between a case's numbers and the 4-byte words that devices hold. */
import type { PlanTensor } from '../plan/tensor';

/** Words of the scalars that are whole numbers; the others are floats, stored as their bits. */
const WHOLE_SCALARS = new Set([0, 1, 2, 3, 13]);

const isFloatScalar = (index: number): boolean => !WHOLE_SCALARS.has(index);

/** Every case calls its scalars tensor `scalars`. All other tensors are converted as a whole: some have millions of elements. */
export function encodeWords(tensor: PlanTensor, values: Float64Array): Int32Array<ArrayBuffer> {
  if (tensor.name !== 'scalars') return tensor.dtype === 'f32' ? new Int32Array(new Float32Array(values).buffer) : new Int32Array(values);
  const words = new Int32Array(values.length);
  const floats = new Float32Array(words.buffer);
  values.forEach((value, index) => {
    if (isFloatScalar(index)) floats[index] = value;
    else words[index] = value | 0;
  });
  return words;
}

export function decodeWords(tensor: PlanTensor, words: Int32Array): Float64Array {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  if (tensor.name !== 'scalars') return new Float64Array(tensor.dtype === 'f32' ? floats : words);
  return Float64Array.from(words, (word, index) => (isFloatScalar(index) ? (floats[index] ?? NaN) : word));
}
