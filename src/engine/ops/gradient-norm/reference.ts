/** Float64 references of the global gradient norm and its clipping coefficient. */
import { RESULTS, SCALARS } from '../../plan/tensor';
import { at, store, type Reference } from '../memory';

/** torch.nn.utils.clip_grad_norm_ adds it to the norm before it divides. */
const NORM_EPSILON = 1e-6;

export const squaredNorm: Reference<'squaredNorm'> = ({ reads, writes, firstChunk, chunks }, memory) => {
  const gradients = memory.get(reads.gradients);
  const chunkTable = memory.get(reads.chunkTable);
  const partials = memory.get(writes.partials);
  for (let chunk = firstChunk; chunk < firstChunk + chunks; chunk++) {
    const first = at(chunkTable, chunk * 2);
    const elements = at(chunkTable, chunk * 2 + 1);
    let sum = 0;
    for (let element = first; element < first + elements; element++) sum += at(gradients, element) ** 2;
    store(partials, chunk, sum);
  }
};

export const finishNorm: Reference<'finishNorm'> = ({ reads, writes, chunks }, memory) => {
  const partials = memory.get(reads.partials).subarray(0, chunks);
  const maxNorm = at(memory.get(reads.scalars), SCALARS.maxGradNorm);
  const results = memory.get(writes.results);
  const lossIsFinite = Number.isFinite(at(memory.get(reads.results), RESULTS.loss));
  const norm = Math.sqrt(partials.reduce((sum, partial) => sum + partial, 0));
  const usable = lossIsFinite && Number.isFinite(norm);
  store(results, RESULTS.gradientNorm, norm);
  store(results, RESULTS.clipCoefficient, usable ? Math.min(1, maxNorm / (norm + NORM_EPSILON)) : 0);
  store(results, RESULTS.nonFiniteChunk, lossIsFinite ? partials.findIndex((partial) => !Number.isFinite(partial)) : 0);
};
