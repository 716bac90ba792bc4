import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../plan/instruction';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES, weighted } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder } from '../caseBuilder';

describe('pooling', () => {
  it.each(readGoldenOps('pooling'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it.each(['firstToken', 'mean'] as const)('%s has the gradient that differences say, 0 in a row of padding', (pooling) => {
    const build = new CaseBuilder(`differences of ${pooling}`);
    const sizes = { rows: 2, length: 3, hidden: 2 };
    const input = build.random('input', [2, 3, 2]);
    const attentionMask = build.integers('attentionMask', [2, 3], Float64Array.of(1, 0, 1, 0, 0, 0));
    const output = build.output('output', [2, 2]);
    const dOutput = build.random('dOutput', [2, 2]);
    const dInput = build.output('dInput', [2, 3, 2]);
    const forward: Instruction = { kind: 'pool', reads: { input, attentionMask }, writes: { output }, ...sizes, pooling };
    build.run({ kind: 'poolGradient', reads: { dOutput, attentionMask }, writes: { dInput }, ...sizes, pooling, accumulate: false });
    const loss = () => (build.run(forward), weighted(build.values(output), build.values(dOutput)));
    expect(findMismatch(build.values(dInput), differences(build.values(input), loss), DIFFERENCES)).toBeNull();
    if (pooling === 'mean') expect([...build.values(output).subarray(2)]).toEqual([0, 0]);
  });
});
