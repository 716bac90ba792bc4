/** Cases of LayerNorm and its gradients. */
import type { DropoutSpec } from '../../plan/tensor';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers, type ScalarValues } from '../caseBuilder';

interface Sizes {
  tokens: number;
  hidden: number;
}

const sizes = (tokens: number, hidden: number): Sizes => ({ tokens, hidden });

function sizesOfCases(): Sizes[] {
  const numbers = new SeededNumbers(6);
  return [
    sizes(1, 1), sizes(1, 7), sizes(3, 5), sizes(2, 64), sizes(5, 63), sizes(4, 65), sizes(16, 16), sizes(17, 33),
    sizes(1, 384), sizes(7, 384), sizes(33, 384), sizes(2, 768), sizes(3, 1536),
    // Two elements are always normalized to 1 and -1: their gradient is 0 but for epsilon, and only noise could be compared.
    ...Array.from({ length: 5 }, () => sizes(numbers.integer(1, 30), numbers.integer(3, 150))),
  ];
}

/** Every other case has dropout, begun in the middle of a batch by some. */
const dropoutOf = (index: number, hidden: number): DropoutSpec | null =>
  index % 2 === 0 ? null : { probability: index % 4 === 1 ? 0.1 : 0.5, node: index, elementsPerRow: hidden };
const scalarsOf = (index: number): ScalarValues => ({ rowOffset: index % 3 === 0 ? 5 : 0, seed: 7 + index });

const named = ({ tokens, hidden }: Sizes, dropout: DropoutSpec | null, scalars: ScalarValues) =>
  `${tokens} x ${hidden}${dropout ? `, dropout ${dropout.probability} from row ${scalars.rowOffset ?? 0}${scalars.dropoutEnabled === 0 ? ' off' : ''}` : ''}`;

interface NormVariant {
  dropout: DropoutSpec | null;
  scalars: ScalarValues;
  epsilon?: number;
  mean?: number;
  note?: string;
}

function normCase(size: Sizes, { dropout, scalars, epsilon = 1e-12, mean = 0, note = '' }: NormVariant): InstructionCase {
  const { tokens, hidden } = size;
  const build = new CaseBuilder(named(size, dropout, scalars) + note);
  const step = build.scalars(scalars);
  const sum = build.random('sum', [tokens, hidden]);
  const residual = build.tensor('residual', [tokens, hidden], 'activations', build.numbers.normal(tokens * hidden, 1, mean));
  const weight = build.tensor('weight', [hidden], 'parameters', build.numbers.normal(hidden, 0.3, 1));
  const bias = build.random('bias', [hidden], 'parameters');
  const output = build.output('output', [tokens, hidden]);
  const statistics = build.output('statistics', [tokens, 2]);
  return build.build({ kind: 'residualNorm', reads: { sum, residual, weight, bias, scalars: step }, writes: { sum, output, statistics }, ...size, epsilon, dropout });
}

export function residualNormCases(): InstructionCase[] {
  const usual = { probability: 0.1, node: 4, elementsPerRow: 7 * 65 };
  return [
    ...sizesOfCases().map((size, index) => normCase(size, { dropout: dropoutOf(index, size.hidden), scalars: scalarsOf(index) })),
    // The variance as a mean of squares less a squared mean would have no correct digit left here.
    normCase(sizes(5, 384), { dropout: null, scalars: {}, mean: 100, note: ', far from 0' }),
    normCase(sizes(5, 64), { dropout: null, scalars: {}, epsilon: 0.5, note: ', large epsilon' }),
    normCase(sizes(14, 65), { dropout: usual, scalars: { rowOffset: 3 }, note: ', rows of 7 tokens' }),
    normCase(sizes(14, 65), { dropout: usual, scalars: { dropoutEnabled: 0 } }),
  ];
}

/** A LayerNorm's sum, and the statistics its forward pass leaves. */
function normalized(build: CaseBuilder, { tokens, hidden }: Sizes, scalars: number) {
  const sum = build.tensor('sum', [tokens, hidden], 'activations', build.numbers.normal(tokens * hidden, 2, 1));
  const weight = build.tensor('weight', [hidden], 'parameters', build.numbers.normal(hidden, 0.3, 1));
  const statistics = build.output('statistics', [tokens, 2]);
  const spare = build.tensor('spare', [tokens, hidden], 'activations', new Float64Array(tokens * hidden));
  build.runBefore({
    kind: 'residualNorm',
    reads: { sum, residual: spare, weight, bias: weight, scalars },
    writes: { sum, output: spare, statistics },
    tokens, hidden, epsilon: 1e-12, dropout: null,
  });
  return { sum, weight, statistics };
}

interface GradientVariant {
  outputDropout?: DropoutSpec | null;
  inputDropout?: DropoutSpec | null;
  wantsInput: boolean;
  inPlace?: boolean;
  accumulate?: boolean;
  scalars?: ScalarValues;
  note?: string;
}

function gradientCase(size: Sizes, { outputDropout = null, inputDropout = null, wantsInput, inPlace = false, accumulate = false, scalars = {}, note = '' }: GradientVariant): InstructionCase {
  const { tokens, hidden } = size;
  const build = new CaseBuilder(
    `${tokens} x ${hidden}${outputDropout ? ', output dropout' : ''}${inputDropout ? ', input dropout' : ''}${wantsInput ? '' : ', sum only'}${inPlace ? ', in place' : ''}${accumulate ? ', added' : ''}${note}`,
  );
  const step = build.scalars(scalars);
  const { sum, weight, statistics } = normalized(build, size, step);
  const dOutput = build.random('dOutput', [tokens, hidden]);
  const dSum = inPlace ? dOutput : build.target('dSum', [tokens, hidden], accumulate, 'activations');
  const dInput = wantsInput ? build.output('dInput', [tokens, hidden]) : null;
  return build.build({
    kind: 'normGradient',
    reads: { dOutput, sum, statistics, weight, scalars: step },
    writes: { dSum, dInput },
    ...size, outputDropout, inputDropout, accumulate,
  });
}

export function normGradientCases(): InstructionCase[] {
  const spec = (hidden: number, node: number): DropoutSpec => ({ probability: 0.2, node, elementsPerRow: hidden });
  return [
    ...sizesOfCases().map((size, index) =>
      gradientCase(size, { inputDropout: dropoutOf(index, size.hidden), wantsInput: index % 2 === 1, inPlace: index % 3 === 0, accumulate: index % 3 === 1, scalars: scalarsOf(index) }),
    ),
    gradientCase(sizes(6, 63), { outputDropout: spec(63, 0), wantsInput: false, inPlace: true }),
    gradientCase(sizes(6, 63), { outputDropout: spec(63, 0), wantsInput: false, scalars: { rowOffset: 2 }, note: ', from row 2' }),
    gradientCase(sizes(6, 63), { outputDropout: spec(63, 0), inputDropout: spec(63, 9), wantsInput: true, accumulate: true }),
    gradientCase(sizes(6, 63), { inputDropout: spec(63, 9), wantsInput: true, scalars: { dropoutEnabled: 0 }, note: ', switched off' }),
    gradientCase(sizes(6, 63), { wantsInput: true }),
    gradientCase(sizes(6, 384), { wantsInput: true, inPlace: true }),
  ];
}

function parameterCase(size: Sizes, wanted: { weight: boolean; bias: boolean }, accumulate: boolean, dropout: DropoutSpec | null, scalars: ScalarValues = {}): InstructionCase {
  const { tokens, hidden } = size;
  const build = new CaseBuilder(named(size, dropout, scalars) + (wanted.weight ? '' : ', weight frozen') + (wanted.bias ? '' : ', bias frozen') + (accumulate ? ', added' : ''));
  const step = build.scalars(scalars);
  const { sum, statistics } = normalized(build, size, step);
  const dOutput = build.random('dOutput', [tokens, hidden]);
  const dWeight = wanted.weight ? build.target('dWeight', [hidden], accumulate) : null;
  const dBias = wanted.bias ? build.target('dBias', [hidden], accumulate) : null;
  return build.build({
    kind: 'normParameterGradient',
    reads: { dOutput, sum, statistics, scalars: step },
    writes: { dWeight, dBias },
    ...size, outputDropout: dropout, accumulate,
  });
}

export function normParameterGradientCases(): InstructionCase[] {
  const both = { weight: true, bias: true };
  return [
    ...sizesOfCases().map((size, index) => parameterCase(size, both, index % 3 === 1, dropoutOf(index, size.hidden), scalarsOf(index))),
    parameterCase(sizes(1031, 24), both, false, null),
    parameterCase(sizes(512, 65), both, true, { probability: 0.1, node: 0, elementsPerRow: 128 * 65 }, { rowOffset: 1 }),
    ...[true, false].flatMap((accumulate) => [
      parameterCase(sizes(9, 33), { weight: true, bias: false }, accumulate, null),
      parameterCase(sizes(9, 33), { weight: false, bias: true }, accumulate, null),
    ]),
    parameterCase(sizes(9, 33), { weight: false, bias: false }, false, null),
  ];
}
