import { describe, expect, it } from 'vitest';
import { RESULTS } from '../../plan/tensor';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder } from '../caseBuilder';
import { at } from '../memory';

describe('binaryCrossEntropy', () => {
  it.each(readGoldenOps('binary-cross-entropy'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  const build = new CaseBuilder('differences of binaryCrossEntropy');
  const scalars = build.scalars({ lossScale: 0.5 });
  const results = build.results();
  const logits = build.random('logits', [3, 4]);
  const targets = build.tensor('targets', [3, 4], 'inputs', Float64Array.of(0, 1, 1, 0, 0.25, 0, 1, 0, 1, 1, 0, 0.5));
  const dLogits = build.output('dLogits', [3, 4]);
  const loss = () => {
    build.run({ kind: 'binaryCrossEntropy', reads: { logits, targets, scalars }, writes: { dLogits, results }, rows: 3, labels: 4 });
    return at(build.values(results), RESULTS.loss);
  };

  it('has the gradient that differences say', () => {
    loss();
    const gradient = build.values(dLogits).slice();
    expect(findMismatch(gradient, differences(build.values(logits), loss), DIFFERENCES)).toBeNull();
  });
});
