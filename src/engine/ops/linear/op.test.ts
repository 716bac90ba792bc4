import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../plan/instruction';
import { findMismatch } from '../../check/compare';
import { differences, DIFFERENCES, weighted } from '../../testing/finiteDifferences';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { CaseBuilder } from '../caseBuilder';

describe('linear', () => {
  it.each(readGoldenOps('linear'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it('has the gradients that differences say', () => {
    const build = new CaseBuilder('differences of linear');
    const sizes = { rows: 3, outputs: 4, inputs: 5 };
    const input = build.random('input', [3, 5]);
    const weight = build.random('weight', [4, 5]);
    const bias = build.random('bias', [4]);
    const output = build.output('output', [3, 4]);
    const dOutput = build.random('dOutput', [3, 4]);
    const forward: Instruction = { kind: 'linear', reads: { input, weight, bias }, writes: { output, preActivation: null }, ...sizes, activation: 'none' };
    const loss = () => (build.run(forward), weighted(build.values(output), build.values(dOutput)));

    const [dInput, dWeight, dBias] = [build.output('dInput', [3, 5]), build.output('dWeight', [4, 5]), build.output('dBias', [4])];
    build.run({ kind: 'linearInputGradient', reads: { dOutput, weight, preActivation: null }, writes: { dInput }, ...sizes, activation: 'none', accumulate: false });
    build.run({ kind: 'linearWeightGradient', reads: { dOutput, input }, writes: { dWeight, dBias }, ...sizes, accumulate: false });
    for (const [gradient, values] of [[dInput, input], [dWeight, weight], [dBias, bias]] as const) {
      expect(findMismatch(build.values(gradient), differences(build.values(values), loss), DIFFERENCES)).toBeNull();
    }
  });

  it('is the same for queries, keys and values in one as for each alone', () => {
    const build = new CaseBuilder('one product or three');
    const input = build.random('input', [5, 7]);
    const weight = build.random('weight', [6, 7]);
    const bias = build.random('bias', [6]);
    const whole = build.output('whole', [5, 6]);
    build.run({ kind: 'linear', reads: { input, weight, bias }, writes: { output: whole, preActivation: null }, rows: 5, outputs: 6, inputs: 7, activation: 'none' });
    for (const part of [0, 1, 2]) {
      const ownWeight = build.tensor('weight', [2, 7], 'parameters', build.values(weight).slice(part * 14, part * 14 + 14));
      const ownBias = build.tensor('bias', [2], 'parameters', build.values(bias).slice(part * 2, part * 2 + 2));
      const output = build.output('output', [5, 2]);
      build.run({ kind: 'linear', reads: { input, weight: ownWeight, bias: ownBias }, writes: { output, preActivation: null }, rows: 5, outputs: 2, inputs: 7, activation: 'none' });
      expect(build.values(output)).toEqual(build.values(whole).filter((_, index) => Math.floor((index % 6) / 2) === part));
    }
  });
});
