import { describe, expect, it } from 'vitest';
import { RESULTS, RESULT_WORDS } from '../../plan/tensor';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder, filled } from '../caseBuilder';
import { at } from '../memory';
import { chunksOf } from './cases';
import { CHUNK_ELEMENTS } from './op';

/** Results after the norm of these partials. */
function finish(partials: readonly number[], loss: number) {
  const build = new CaseBuilder('finish');
  const scalars = build.scalars({ maxGradNorm: 1 });
  const values = filled(RESULT_WORDS, 0);
  values[RESULTS.loss] = loss;
  const results = build.results(values);
  const partialsId = build.tensor('partials', [partials.length], 'results', Float64Array.from(partials));
  build.run({ kind: 'finishNorm', reads: { partials: partialsId, scalars, results }, writes: { results }, chunks: partials.length });
  return { norm: at(values, RESULTS.gradientNorm), clip: at(values, RESULTS.clipCoefficient), chunk: at(values, RESULTS.nonFiniteChunk), loss: at(values, RESULTS.loss) };
}

describe('gradient norm', () => {
  it.each(readGoldenOps('gradient-norm'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it('allows no update, and names the first chunk at fault, where something is not finite', () => {
    expect(finish([1, NaN, Infinity], 0.5)).toEqual({ norm: NaN, clip: 0, chunk: 1, loss: 0.5 });
    expect(finish([1, 2, Infinity], 0.5)).toEqual({ norm: Infinity, clip: 0, chunk: 2, loss: 0.5 });
    expect(finish([1, 3], NaN)).toEqual({ norm: 2, clip: 0, chunk: 0, loss: NaN });
    expect(finish([1, 3], 0.5)).toEqual({ norm: 2, clip: 1 / (2 + 1e-6), chunk: -1, loss: 0.5 });
  });

  it('cuts tensors into chunks that cross none', () => {
    expect(chunksOf([1, CHUNK_ELEMENTS + 1])).toEqual({ table: [0, 1, 64, CHUNK_ELEMENTS, 64 + CHUNK_ELEMENTS, 1], elements: 64 + CHUNK_ELEMENTS + 64 });
  });
});
