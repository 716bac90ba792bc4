import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../plan/instruction';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES, weighted } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { at } from '../memory';
import { CaseBuilder } from '../caseBuilder';

describe('LayerNorm', () => {
  it.each(readGoldenOps('residual-norm'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  const build = new CaseBuilder('differences of LayerNorm');
  const sizes = { tokens: 4, hidden: 5 };
  const dropout = { probability: 0.4, node: 2, elementsPerRow: 10 };
  const scalars = build.scalars({ rowOffset: 1 });
  const x = build.random('x', [4, 5]);
  const residual = build.random('residual', [4, 5]);
  const weight = build.random('weight', [5]);
  const bias = build.random('bias', [5]);
  const sum = build.output('sum', [4, 5]);
  const output = build.output('output', [4, 5]);
  const statistics = build.output('statistics', [4, 2]);
  const dOutput = build.random('dOutput', [4, 5]);
  const [dSum, dInput] = [build.output('dSum', [4, 5]), build.output('dInput', [4, 5])];
  const forward: Instruction = {
    kind: 'residualNorm', reads: { sum, residual, weight, bias, scalars }, writes: { sum, output, statistics }, ...sizes, epsilon: 1e-5, dropout,
  };
  const loss = () => {
    build.values(sum).set(build.values(x));
    build.run(forward);
    return weighted(build.values(output), build.values(dOutput));
  };
  loss();
  build.run({ kind: 'normGradient', reads: { dOutput, sum, statistics, weight, scalars }, writes: { dSum, dInput }, ...sizes, outputDropout: null, inputDropout: dropout, accumulate: false });

  it('has the gradients that differences say', () => {
    const [dWeight, dBias] = [build.output('dWeight', [5]), build.output('dBias', [5])];
    build.run({ kind: 'normParameterGradient', reads: { dOutput, sum, statistics, scalars }, writes: { dWeight, dBias }, ...sizes, outputDropout: null, accumulate: false });
    for (const [gradient, values] of [[dSum, residual], [dInput, x], [dWeight, weight], [dBias, bias]] as const) {
      expect(findMismatch(build.values(gradient), differences(build.values(values), loss), DIFFERENCES)).toBeNull();
    }
  });

  it('normalizes: each row has mean 0 and variance 1 before weight and bias', () => {
    loss();
    for (let token = 0; token < 4; token++) {
      const row = build.values(output).subarray(token * 5, token * 5 + 5).map((value, column) => (value - at(build.values(bias), column)) / at(build.values(weight), column));
      expect(Math.abs(row.reduce((total, value) => total + value, 0))).toBeLessThan(1e-12);
      expect(Math.abs(row.reduce((total, value) => total + value ** 2, 0) / 5 - 1)).toBeLessThan(1e-4);
    }
  });

  it('does not care for a shift: the gradient of each row sums to 0', () => {
    for (let token = 0; token < 4; token++) {
      expect(Math.abs(build.values(dSum).subarray(token * 5, token * 5 + 5).reduce((total, value) => total + value, 0))).toBeLessThan(1e-12);
    }
  });

  it('gives the same gradient in place', () => {
    const inPlace = build.tensor('inPlace', [4, 5], 'activations', build.values(dOutput).slice());
    build.run({ kind: 'normGradient', reads: { dOutput: inPlace, sum, statistics, weight, scalars }, writes: { dSum: inPlace, dInput: null }, ...sizes, outputDropout: null, inputDropout: null, accumulate: false });
    expect(build.values(inPlace)).toEqual(build.values(dSum));
  });
});
