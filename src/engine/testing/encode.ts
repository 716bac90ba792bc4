/** Between a case's numbers and the 4-byte words that devices hold. */
import type { PlanTensor } from '../plan/tensor';

/** Words of the scalars that are whole numbers; the others are floats, stored as their bits. */
const WHOLE_SCALARS = new Set([0, 1, 2, 3, 13]);

function isFloat(tensor: PlanTensor, index: number): boolean {
  return tensor.name === 'scalars' ? !WHOLE_SCALARS.has(index) : tensor.dtype === 'f32';
}

/** Every case calls its scalars tensor `scalars`. */
export function encodeWords(tensor: PlanTensor, values: Float64Array): Int32Array<ArrayBuffer> {
  const words = new Int32Array(values.length);
  const floats = new Float32Array(words.buffer);
  values.forEach((value, index) => {
    if (isFloat(tensor, index)) floats[index] = value;
    else words[index] = value | 0;
  });
  return words;
}

export function decodeWords(tensor: PlanTensor, words: Int32Array): Float64Array {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  return Float64Array.from(words, (word, index) => (isFloat(tensor, index) ? (floats[index] ?? NaN) : word));
}
