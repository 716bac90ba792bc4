/** Cases of the activations: all of them, with arguments where exponentials overflow or nothing is left. */
import type { Activation } from '../../graph/graph';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers } from '../caseBuilder';
import { ACTIVATIONS } from '../linear/cases';

const EDGES = [0, -0, 1e-8, -1e-8, 0.5, -0.5, 1, -1, 3, -3, 4.5, -4.5, 5.5, -5.5, 8, -8, 12, -12];
const FAR = [20, -20, 50, -50, 88, -89, 100, -100, 1000, -1000, 30_000, -30_000];

const lengths = () => {
  const numbers = new SeededNumbers(2);
  return [1, 3, 4, 5, 63, 64, 65, 257, 1000, 33 * 384, ...Array.from({ length: 5 }, () => numbers.integer(1, 3000))];
};

type Fill = (build: CaseBuilder) => Float64Array;
const edges = (values: readonly number[]): Fill => () => Float64Array.from(values, Math.fround);

function applyCase(activation: Activation, name: string, fill: Fill): InstructionCase {
  const build = new CaseBuilder(`${activation}, ${name}`);
  const values = fill(build);
  const elements = values.length;
  const input = build.tensor('input', [elements], 'activations', values);
  const output = build.output('output', [elements]);
  return build.build({ kind: 'applyActivation', reads: { input }, writes: { output }, elements, activation });
}

function gradientCase(activation: Activation, name: string, inPlace: boolean, fill: Fill): InstructionCase {
  const build = new CaseBuilder(`${activation}, ${name}${inPlace ? ', in place' : ''}`);
  const values = fill(build);
  const elements = values.length;
  const input = build.tensor('input', [elements], 'activations', values);
  const dOutput = build.random('dOutput', [elements]);
  const dInput = inPlace ? dOutput : build.output('dInput', [elements]);
  return build.build({ kind: 'activationGradient', reads: { dOutput, input }, writes: { dInput }, elements, activation });
}

export function applyActivationCases(): InstructionCase[] {
  return [
    ...ACTIVATIONS.flatMap((activation) => [applyCase(activation, 'edges', edges(EDGES)), applyCase(activation, 'far out', edges(FAR))]),
    ...lengths().map((elements, index) => applyCase(ACTIVATIONS[index % 5] ?? 'none', `${elements} elements`, (build) => build.numbers.normal(elements, 2))),
  ];
}

export function activationGradientCases(): InstructionCase[] {
  return [
    ...ACTIVATIONS.flatMap((activation) => [gradientCase(activation, 'edges', false, edges(EDGES)), gradientCase(activation, 'far out', true, edges(FAR))]),
    ...lengths().map((elements, index) =>
      gradientCase(ACTIVATIONS[index % 5] ?? 'none', `${elements} elements`, index % 2 === 0, (build) => build.numbers.normal(elements, 2)),
    ),
  ];
}
