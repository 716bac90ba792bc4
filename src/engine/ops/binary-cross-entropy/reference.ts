/** Float64 reference of binary cross-entropy and its gradient. */
import { RESULTS, SCALARS } from '../../plan/tensor';
import { at, store, type Reference } from '../memory';

export const binaryCrossEntropy: Reference<'binaryCrossEntropy'> = ({ reads, writes, rows, labels }, memory) => {
  const logits = memory.get(reads.logits);
  const targets = memory.get(reads.targets);
  const lossScale = at(memory.get(reads.scalars), SCALARS.lossScale);
  const dLogits = memory.get(writes.dLogits);
  let total = 0;
  for (let element = 0; element < rows * labels; element++) {
    const logit = at(logits, element);
    const target = at(targets, element);
    total += Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
    store(dLogits, element, lossScale * (1 / (1 + Math.exp(-logit)) - target));
  }
  store(memory.get(writes.results), RESULTS.loss, lossScale * total);
};
