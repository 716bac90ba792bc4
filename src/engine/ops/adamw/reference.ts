/** Float64 reference of AdamW. */
import { RESULTS, SCALARS } from '../../plan/tensor';
import { at, store, type Reference } from '../memory';

/** A first moment smaller than this is stored as 0 (see op.ts). */
const SMALLEST_MOMENT = 1e-30;

export const adamw: Reference<'adamw'> = ({ reads, writes, elements, decayedElements }, memory) => {
  const scalars = memory.get(reads.scalars);
  const clip = at(memory.get(reads.results), RESULTS.clipCoefficient);
  if (clip === 0) return;
  const learningRate = at(scalars, SCALARS.learningRate);
  const weightDecay = at(scalars, SCALARS.weightDecay);
  const beta1 = at(scalars, SCALARS.beta1);
  const beta2 = at(scalars, SCALARS.beta2);
  const epsilon = at(scalars, SCALARS.epsilon);
  const correction1 = at(scalars, SCALARS.correction1);
  const correction2 = at(scalars, SCALARS.correction2);
  for (let element = 0; element < elements; element++) {
    const gradient = at(memory.get(reads.gradients), element) * clip;
    let parameter = at(memory.get(reads.parameters), element);
    if (element < decayedElements) parameter -= learningRate * weightDecay * parameter;
    const first = beta1 * at(memory.get(reads.firstMoments), element) + (1 - beta1) * gradient;
    const second = beta2 * at(memory.get(reads.secondMoments), element) + (1 - beta2) * gradient ** 2;
    parameter -= (learningRate * (first / correction1)) / (Math.sqrt(second / correction2) + epsilon);
    store(memory.get(writes.firstMoments), element, Math.abs(first) < SMALLEST_MOMENT ? 0 : first);
    store(memory.get(writes.secondMoments), element, second);
    store(memory.get(writes.parameters), element, parameter);
  }
};
