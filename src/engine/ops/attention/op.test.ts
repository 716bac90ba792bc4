import { describe, expect, it } from 'vitest';
import type { InstructionOf } from '../../plan/instruction';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES, weighted } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder } from '../caseBuilder';

describe('attention', () => {
  it.each(readGoldenOps('attention'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  const [rows, length, heads, headSize] = [2, 4, 2, 3];
  const hidden = heads * headSize;
  const build = new CaseBuilder('differences of attention');
  const scalars = build.scalars({ rowOffset: 1 });
  const attentionMask = build.integers('attentionMask', [rows, length], Float64Array.of(1, 1, 1, 1, 1, 0, 1, 0));
  const all = build.random('queryKeyValue', [rows * length, 3 * hidden]);
  const context = build.output('context', [rows * length, hidden]);
  const logSumExp = build.output('logSumExp', [rows, heads, length]);
  const dContext = build.random('dContext', [rows * length, hidden]);
  const dAll = build.output('dQueryKeyValue', [rows * length, 3 * hidden]);
  const delta = build.output('delta', [rows, heads, length]);
  const common = {
    rows, length, heads, headSize,
    layout: { queryOffset: 0, keyOffset: hidden, valueOffset: 2 * hidden, rowStride: 3 * hidden },
    dropout: { probability: 0.3, node: 1, elementsPerRow: heads * length * length },
  };
  const forward: InstructionOf<'attention'> = { kind: 'attention', reads: { query: all, key: all, value: all, attentionMask, scalars }, writes: { context, logSumExp }, ...common };
  const backward: InstructionOf<'attentionGradient'> = {
    kind: 'attentionGradient',
    reads: { ...forward.reads, context, logSumExp, dContext },
    writes: { dQuery: dAll, dKey: dAll, dValue: dAll, delta },
    ...common,
  };

  it('has the gradients that differences say', () => {
    build.run(forward);
    build.run(backward);
    const loss = () => (build.run(forward), weighted(build.values(context), build.values(dContext)));
    expect(findMismatch(build.values(dAll), differences(build.values(all), loss), DIFFERENCES)).toBeNull();
  });

  it('has delta as both of its formulas', () => {
    build.run(forward);
    build.run(backward);
    const products = build.values(dContext).map((value, index) => value * (build.values(context)[index] ?? NaN));
    const sums = Array.from({ length: rows * heads * length }, (_, place) => {
      const [row, head, i] = [Math.floor(place / (heads * length)), Math.floor(place / length) % heads, place % length];
      const first = ((row * length + i) * heads + head) * headSize;
      return products.subarray(first, first + headSize).reduce((sum, value) => sum + value, 0);
    });
    expect(findMismatch(build.values(delta), sums, DIFFERENCES)).toBeNull();
  });

  it('does not care for a shift of all keys: their gradient sums to 0 over the tokens of a row', () => {
    build.run(forward);
    build.run(backward);
    for (let row = 0; row < rows; row++) {
      for (let column = hidden; column < 2 * hidden; column++) {
        const sum = Array.from({ length }, (_, i) => build.values(dAll)[(row * length + i) * 3 * hidden + column] ?? NaN).reduce((total, value) => total + value, 0);
        expect(Math.abs(sum)).toBeLessThan(1e-12);
      }
    }
  });

  it('lets padded keys take no part, whatever they hold', () => {
    build.run(forward);
    const before = build.values(context).slice();
    const values = build.values(all);
    const original = values.slice();
    // Token 5 (row 1, place 1) is padding: its key and value, not its query.
    values.fill(1e6, 5 * 3 * hidden + hidden, 6 * 3 * hidden);
    build.run(forward);
    expect(build.values(context)).toEqual(before);
    values.set(original);
  });
});
