/** Float64 reference of cross-entropy and its gradient. */
import { RESULTS, SCALARS } from '../../plan/tensor';
import { at, store, type Reference } from '../memory';

export const softmaxCrossEntropy: Reference<'softmaxCrossEntropy'> = ({ reads, writes, rows, labels }, memory) => {
  const logits = memory.get(reads.logits);
  const answers = memory.get(reads.labels);
  const lossScale = at(memory.get(reads.scalars), SCALARS.lossScale);
  const dLogits = memory.get(writes.dLogits);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const scores = logits.subarray(row * labels, (row + 1) * labels);
    const answer = at(answers, row);
    const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    const logSumExp = largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
    if (answer >= 0) total += logSumExp - at(scores, answer);
    for (let label = 0; label < labels; label++) {
      const difference = Math.exp(at(scores, label) - logSumExp) - (label === answer ? 1 : 0);
      store(dLogits, row * labels + label, answer >= 0 ? lossScale * difference : 0);
    }
  }
  store(memory.get(writes.results), RESULTS.loss, lossScale * total);
};
