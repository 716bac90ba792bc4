import { describe, expect, it } from 'vitest';
import { RESULTS } from '../../plan/tensor';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder } from '../caseBuilder';
import { at } from '../memory';

describe('softmaxCrossEntropy', () => {
  it.each(readGoldenOps('softmax-cross-entropy'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  const build = new CaseBuilder('differences of softmaxCrossEntropy');
  const scalars = build.scalars({ lossScale: 0.5 });
  const results = build.results();
  const logits = build.random('logits', [3, 4]);
  const labels = build.integers('labels', [3], Float64Array.of(1, -1, 3));
  const dLogits = build.output('dLogits', [3, 4]);
  const loss = () => {
    build.run({ kind: 'softmaxCrossEntropy', reads: { logits, labels, scalars }, writes: { dLogits, results }, rows: 3, labels: 4 });
    return at(build.values(results), RESULTS.loss);
  };

  it('has the gradient that differences say', () => {
    loss();
    const gradient = build.values(dLogits).slice();
    expect(findMismatch(gradient, differences(build.values(logits), loss), DIFFERENCES)).toBeNull();
  });

  it('does not care for a shift: the gradient of each row sums to 0', () => {
    loss();
    for (const row of [0, 1, 2]) expect(Math.abs(build.values(dLogits).subarray(row * 4, row * 4 + 4).reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-15);
  });
});
