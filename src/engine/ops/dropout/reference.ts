/** Float64 reference of dropout, and the scales that the other references multiply with. */
import { philox4x32, type Philox4 } from '../../../domain';
import { SCALARS, type DropoutSpec } from '../../plan/tensor';
import { at, store, type Reference } from '../memory';

/**
 * What each element is multiplied with: 0 where dropped, 1 / (1 - probability) where kept, 1 where there is no dropout.
 * Elements are counted within the micro-batch; the mask counts them within the whole batch (see random/dropoutMask.ts).
 */
export function dropoutScales(dropout: DropoutSpec | null, scalars: Float64Array): (element: number) => number {
  if (!dropout || at(scalars, SCALARS.dropoutEnabled) === 0) return () => 1;
  const { probability, node, elementsPerRow } = dropout;
  const seed = at(scalars, SCALARS.seed);
  const step = at(scalars, SCALARS.step);
  const first = at(scalars, SCALARS.rowOffset) * elementsPerRow;
  const threshold = Math.round(probability * 2 ** 32);
  const keep = 1 / (1 - probability);
  // Four neighbours share one block of the generator.
  let block = -1;
  let words: Philox4 = [0, 0, 0, 0];
  return (element) => {
    const numbered = first + element;
    if (Math.floor(numbered / 4) !== block) {
      block = Math.floor(numbered / 4);
      words = philox4x32([block, node, step, 0], [seed, 0]);
    }
    return (words[numbered % 4] ?? NaN) >= threshold ? keep : 0;
  };
}

export const applyDropout: Reference<'applyDropout'> = ({ reads, writes, elements, dropout, accumulate }, memory) => {
  const input = memory.get(reads.input);
  const output = memory.get(writes.output);
  const scale = dropoutScales(dropout, memory.get(reads.scalars));
  for (let element = 0; element < elements; element++) store(output, element, at(input, element) * scale(element), accumulate);
};
