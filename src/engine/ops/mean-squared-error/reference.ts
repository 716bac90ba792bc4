/** Float64 reference of the mean squared error and its gradient. */
import { RESULTS, SCALARS } from '../../plan/tensor';
import { at, store, type Reference } from '../memory';

export const meanSquaredError: Reference<'meanSquaredError'> = ({ reads, writes, rows, labels }, memory) => {
  const logits = memory.get(reads.logits);
  const targets = memory.get(reads.targets);
  const lossScale = at(memory.get(reads.scalars), SCALARS.lossScale);
  const dLogits = memory.get(writes.dLogits);
  let total = 0;
  for (let element = 0; element < rows * labels; element++) {
    const difference = at(logits, element) - at(targets, element);
    total += difference ** 2;
    store(dLogits, element, lossScale * 2 * difference);
  }
  store(memory.get(writes.results), RESULTS.loss, lossScale * total);
};
