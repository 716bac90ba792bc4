import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../plan/instruction';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES, weighted } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder } from '../caseBuilder';
import { sortedTokens } from './cases';

describe('embedding', () => {
  it.each(readGoldenOps('embedding'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it('has the gradients of its tables that differences say', () => {
    const build = new CaseBuilder('differences of the embedding');
    const [rows, length, hidden, vocabulary] = [2, 3, 4, 5];
    const tokens = rows * length;
    const dropout = { probability: 0.3, node: 0, elementsPerRow: length * hidden };
    const host = sortedTokens(Float64Array.of(4, 0, 4, 2, 2, 2));
    const scalars = build.scalars({ rowOffset: 3, segments: host.segments });
    const ids = build.integers('inputIds', [tokens], Float64Array.of(4, 0, 4, 2, 2, 2));
    const tokenTypeIds = build.integers('tokenTypeIds', [tokens], Float64Array.of(0, 1, 1, 0, 0, 1));
    const table = build.random('table', [vocabulary, hidden]);
    const positionTable = build.random('positionTable', [length, hidden]);
    const tokenTypeTable = build.random('tokenTypeTable', [2, hidden]);
    const [weight, bias] = [build.random('weight', [hidden]), build.random('bias', [hidden])];
    const [sum, output, statistics] = [build.output('sum', [tokens, hidden]), build.output('output', [tokens, hidden]), build.output('statistics', [tokens, 2])];
    const dOutput = build.random('dOutput', [tokens, hidden]);
    const forward: Instruction[] = [
      { kind: 'gatherRows', reads: { table, ids }, writes: { output: sum }, tokens, hidden, firstRow: 0, tableRows: vocabulary },
      {
        kind: 'embeddingNorm', reads: { sum, positionTable, tokenTypeTable, tokenTypeIds, weight, bias, scalars }, writes: { sum, output, statistics },
        tokens, length, hidden, epsilon: 1e-5, dropout,
      },
    ];
    const loss = () => (forward.forEach((instruction) => build.run(instruction)), weighted(build.values(output), build.values(dOutput)));
    loss();

    const dSum = build.output('dSum', [tokens, hidden]);
    const dTable = build.tensor('dTable', [vocabulary, hidden], 'gradients', new Float64Array(vocabulary * hidden));
    const [dPosition, dTokenType] = [build.output('dPosition', [length, hidden]), build.output('dTokenType', [2, hidden])];
    const order = build.integers('order', [tokens], host.order);
    const segmentIds = build.integers('segmentIds', [tokens], host.segmentIds);
    const segmentOffsets = build.integers('segmentOffsets', [tokens + 1], host.segmentOffsets);
    build.run({ kind: 'normGradient', reads: { dOutput, sum, statistics, weight, scalars }, writes: { dSum, dInput: null }, tokens, hidden, outputDropout: dropout, inputDropout: null, accumulate: false });
    build.run({ kind: 'tableGradient', reads: { dSum, order, segmentIds, segmentOffsets, scalars }, writes: { gradient: dTable }, tokens, hidden, firstRow: 0, tableRows: vocabulary, accumulate: false });
    build.run({ kind: 'positionGradient', reads: { dSum }, writes: { gradient: dPosition }, rows, length, hidden, tableRows: length, accumulate: false });
    build.run({ kind: 'tokenTypeGradient', reads: { dSum, tokenTypeIds }, writes: { gradient: dTokenType }, tokens, hidden, tableRows: 2, accumulate: false });
    for (const [gradient, values] of [[dTable, table], [dPosition, positionTable], [dTokenType, tokenTypeTable]] as const) {
      expect(findMismatch(build.values(gradient), differences(build.values(values), loss), DIFFERENCES)).toBeNull();
    }
  });

  it('sorts tokens by id, and those of one id by their place', () => {
    const { order, segmentIds, segmentOffsets, segments } = sortedTokens(Float64Array.of(7, 3, 7, 0, 3));
    expect([...order]).toEqual([3, 1, 4, 0, 2]);
    expect(segments).toBe(3);
    expect([...segmentIds.subarray(0, 3)]).toEqual([0, 3, 7]);
    expect([...segmentOffsets.subarray(0, 4)]).toEqual([0, 1, 3, 5]);
  });
});
