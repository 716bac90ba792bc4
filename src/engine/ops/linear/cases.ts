/** Cases of the matrix products. Sizes around the tiles (4, 6, 8, 16, 64), real ones with few rows. */
import type { Activation } from '../../graph/graph';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers } from '../caseBuilder';

export const ACTIVATIONS: readonly Activation[] = ['none', 'gelu', 'gelu_new', 'relu', 'tanh'];

interface Sizes {
  rows: number;
  outputs: number;
  inputs: number;
}

const sizes = (rows: number, outputs: number, inputs: number): Sizes => ({ rows, outputs, inputs });

function randomSizes(count: number, seed: number, largest: number): Sizes[] {
  const numbers = new SeededNumbers(seed);
  const one = () => numbers.integer(1, largest);
  return Array.from({ length: count }, () => sizes(one(), one(), one()));
}

const SIZES: readonly Sizes[] = [
  sizes(1, 1, 1), sizes(1, 1, 7), sizes(2, 3, 5), sizes(4, 4, 4), sizes(5, 3, 4), sizes(6, 8, 16), sizes(7, 9, 17),
  sizes(8, 16, 8), sizes(15, 17, 15), sizes(16, 16, 16), sizes(17, 15, 13), sizes(31, 37, 41), sizes(63, 65, 33),
  sizes(64, 64, 64), sizes(65, 63, 67),
  ...randomSizes(5, 1, 70),
  // Labels; one head of the model; queries, keys and values in one; the two halves of a feed-forward block.
  sizes(7, 6, 384), sizes(33, 384, 384), sizes(16, 1152, 384), sizes(16, 1536, 384), sizes(7, 384, 1536), sizes(1, 384, 384),
];

const named = ({ rows, outputs, inputs }: Sizes) => `${rows} rows, ${inputs} to ${outputs}`;

interface LinearVariant {
  activation: Activation;
  keep: boolean;
  frozen?: boolean;
  /** The output is the logits, which lie behind the results. */
  logits?: boolean;
}

function linearCase(size: Sizes, { activation, keep, frozen = false, logits = false }: LinearVariant, note = ''): InstructionCase {
  const { rows, outputs, inputs } = size;
  const build = new CaseBuilder(`${named(size)}, ${activation}${keep ? ', kept before it' : ''}${frozen ? ', frozen' : ''}${note}`);
  const region = frozen ? 'frozen' : 'parameters';
  const input = build.random('input', [rows, inputs]);
  // Of the size that real weights have, so that outputs are about 1 whatever the number of inputs.
  const weight = build.random('weight', [outputs, inputs], region, 1 / Math.sqrt(inputs));
  const bias = build.random('bias', [outputs], region);
  const output = build.output('output', [rows, outputs], logits ? 'results' : 'activations');
  const preActivation = keep ? build.output('preActivation', [rows, outputs]) : null;
  return build.build({ kind: 'linear', reads: { input, weight, bias }, writes: { output, preActivation }, ...size, activation });
}

export function linearCases(): InstructionCase[] {
  return [
    ...SIZES.map((size, index) => linearCase(size, { activation: ACTIVATIONS[index % 5] ?? 'none', keep: index % 3 === 0 })),
    ...ACTIVATIONS.flatMap((activation) => [true, false].map((keep) => linearCase(sizes(17, 33, 19), { activation, keep }, ', every activation'))),
    linearCase(sizes(5, 64, 64), { activation: 'none', keep: false, frozen: true }),
    linearCase(sizes(16, 6, 384), { activation: 'none', keep: false, logits: true }, ', logits'),
    linearCase(sizes(512, 24, 32), { activation: 'gelu', keep: true }, ', many rows'),
  ];
}

interface GradientVariant {
  accumulate: boolean;
  activation?: Activation;
  frozen?: boolean;
}

function inputGradientCase(size: Sizes, { accumulate, activation = 'none', frozen = false }: GradientVariant, note = ''): InstructionCase {
  const { rows, outputs, inputs } = size;
  const build = new CaseBuilder(`${named(size)}, ${activation}${accumulate ? ', added' : ''}${frozen ? ', frozen' : ''}${note}`);
  const dOutput = build.random('dOutput', [rows, outputs]);
  const weight = build.random('weight', [outputs, inputs], frozen ? 'frozen' : 'parameters', 1 / Math.sqrt(outputs));
  const preActivation = activation === 'none' ? null : build.random('preActivation', [rows, inputs], 'activations', 2);
  const dInput = build.target('dInput', [rows, inputs], accumulate, 'activations');
  return build.build({ kind: 'linearInputGradient', reads: { dOutput, weight, preActivation }, writes: { dInput }, ...size, activation, accumulate });
}

export function linearInputGradientCases(): InstructionCase[] {
  return [
    ...SIZES.map((size, index) => inputGradientCase(size, { accumulate: index % 2 === 1 })),
    ...ACTIVATIONS.map((activation) => inputGradientCase(sizes(17, 33, 19), { accumulate: false, activation }, ', every activation')),
    inputGradientCase(sizes(16, 384, 1536), { accumulate: false, activation: 'gelu' }),
    inputGradientCase(sizes(9, 33, 64), { accumulate: true }, ', both ways'),
    inputGradientCase(sizes(9, 33, 64), { accumulate: false }, ', both ways'),
    inputGradientCase(sizes(5, 64, 64), { accumulate: false, frozen: true }),
  ];
}

function weightGradientCase(size: Sizes, accumulate: boolean, wanted: { weight: boolean; bias: boolean }, note = ''): InstructionCase {
  const { rows, outputs, inputs } = size;
  const build = new CaseBuilder(`${named(size)}${accumulate ? ', added' : ''}${wanted.weight ? '' : ', weight frozen'}${wanted.bias ? '' : ', bias frozen'}${note}`);
  const dOutput = build.random('dOutput', [rows, outputs]);
  const input = build.random('input', [rows, inputs]);
  const dWeight = wanted.weight ? build.target('dWeight', [outputs, inputs], accumulate) : null;
  const dBias = wanted.bias ? build.target('dBias', [outputs], accumulate) : null;
  return build.build({ kind: 'linearWeightGradient', reads: { dOutput, input }, writes: { dWeight, dBias }, ...size, accumulate });
}

export function linearWeightGradientCases(): InstructionCase[] {
  const both = { weight: true, bias: true };
  return [
    ...SIZES.map((size, index) => weightGradientCase(size, index % 2 === 0, both)),
    ...[true, false].flatMap((accumulate) => [
      weightGradientCase(sizes(19, 33, 17), accumulate, both, ', both ways'),
      weightGradientCase(sizes(19, 33, 17), accumulate, { weight: true, bias: false }),
      weightGradientCase(sizes(19, 33, 17), accumulate, { weight: false, bias: true }),
    ]),
    weightGradientCase(sizes(1031, 13, 17), false, both, ', many rows'),
    weightGradientCase(sizes(512, 65, 63), true, both, ', many rows'),
    weightGradientCase(sizes(5, 3, 4), true, { weight: false, bias: false }, ', nothing to do'),
  ];
}
