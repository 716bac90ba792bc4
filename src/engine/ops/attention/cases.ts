/** Cases of attention: lengths around the tiles, padding, fused and separate operands, dropout. */
import type { InstructionOf } from '../../plan/instruction';
import type { DropoutSpec } from '../../plan/tensor';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers, type ScalarValues } from '../caseBuilder';
import { paddedMask } from '../pooling/cases';

interface Sizes {
  rows: number;
  length: number;
  heads: number;
  headSize: number;
}

const sizes = (rows: number, length: number, heads: number, headSize: number): Sizes => ({ rows, length, heads, headSize });

type Masking = 'none' | 'padded' | 'left';

interface Variant {
  /** Queries, keys and values are columns of one tensor. */
  fused: boolean;
  masking: Masking;
  dropout?: number;
  scalars?: ScalarValues;
  /** Of queries and keys: scores have about its square. */
  deviation?: number;
}

function maskOf(numbers: SeededNumbers, masking: Masking, rows: number, length: number): Float64Array {
  const mask = masking === 'none' ? new Float64Array(rows * length).fill(1) : paddedMask(numbers, rows, length);
  // Padding in front: the largest score of a row is then not among the first keys.
  if (masking === 'left') for (let row = 0; row < rows; row++) mask.subarray(row * length, (row + 1) * length).reverse();
  return mask;
}

const named = ({ rows, length, heads, headSize }: Sizes, { fused, masking, dropout = 0, scalars = {}, deviation = 1 }: Variant) =>
  `${rows} x ${length}, ${heads} heads of ${headSize}, ${fused ? 'fused' : 'separate'}, mask ${masking}` +
  (dropout > 0 ? `, dropout ${dropout} from row ${scalars.rowOffset ?? 0}${scalars.dropoutEnabled === 0 ? ' off' : ''}` : '') +
  (deviation === 1 ? '' : ', sharp');

/** The forward instruction with its tensors. */
function forward(build: CaseBuilder, size: Sizes, variant: Variant): InstructionOf<'attention'> {
  const { rows, length, heads, headSize } = size;
  const hidden = heads * headSize;
  const { fused, masking, dropout: probability = 0, deviation = 1 } = variant;
  const scalars = build.scalars(variant.scalars);
  const attentionMask = build.integers('attentionMask', [rows, length], maskOf(build.numbers, masking, rows, length));
  const make = (name: string) => build.random(name, [rows * length, hidden], 'activations', deviation);
  const query = fused ? build.random('queryKeyValue', [rows * length, 3 * hidden], 'activations', deviation) : make('query');
  const key = fused ? query : make('key');
  const value = fused ? query : make('value');
  const layout = fused
    ? { queryOffset: 0, keyOffset: hidden, valueOffset: 2 * hidden, rowStride: 3 * hidden }
    : { queryOffset: 0, keyOffset: 0, valueOffset: 0, rowStride: hidden };
  const context = build.output('context', [rows * length, hidden]);
  const logSumExp = build.output('logSumExp', [rows, heads, length]);
  const dropout: DropoutSpec | null = probability > 0 ? { probability, node: 6, elementsPerRow: heads * length * length } : null;
  return { kind: 'attention', reads: { query, key, value, attentionMask, scalars }, writes: { context, logSumExp }, ...size, layout, dropout };
}

function forwardCase(size: Sizes, variant: Variant): InstructionCase {
  const build = new CaseBuilder(named(size, variant));
  return build.build(forward(build, size, variant));
}

function gradientCase(size: Sizes, variant: Variant): InstructionCase {
  const build = new CaseBuilder(named(size, variant));
  const before = forward(build, size, variant);
  build.runBefore(before);
  const { rows, length, heads, headSize } = size;
  const hidden = heads * headSize;
  const { context, logSumExp } = before.writes;
  const dContext = build.random('dContext', [rows * length, hidden]);
  const make = (name: string) => build.output(name, [rows * length, hidden]);
  const dQuery = variant.fused ? build.output('dQueryKeyValue', [rows * length, 3 * hidden]) : make('dQuery');
  const dKey = variant.fused ? dQuery : make('dKey');
  const dValue = variant.fused ? dQuery : make('dValue');
  const delta = build.output('delta', [rows, heads, length]);
  const { layout, dropout } = before;
  return build.build({
    kind: 'attentionGradient',
    reads: { ...before.reads, context, logSumExp, dContext },
    writes: { dQuery, dKey, dValue, delta },
    ...size, layout, dropout,
  });
}

function variants(longest: Sizes): readonly (readonly [Sizes, Variant])[] {
  const numbers = new SeededNumbers(9);
  const random = Array.from({ length: 5 }, (_, index) => {
    const size = sizes(numbers.integer(1, 4), numbers.integer(1, 40), numbers.integer(1, 4), 4 * numbers.integer(1, 10));
    return [size, { fused: index % 2 === 0, masking: 'padded', dropout: index % 2 === 0 ? 0.1 : 0 }] as const;
  });
  return [
    [sizes(1, 1, 1, 1), { fused: false, masking: 'none' }],
    [sizes(1, 1, 12, 32), { fused: true, masking: 'none' }],
    [sizes(2, 5, 3, 5), { fused: false, masking: 'padded' }],
    [sizes(3, 7, 12, 32), { fused: true, masking: 'padded' }],
    [sizes(3, 7, 12, 32), { fused: false, masking: 'padded', dropout: 0.1 }],
    [sizes(3, 7, 2, 8), { fused: true, masking: 'padded', dropout: 0.5, scalars: { rowOffset: 3 } }],
    // 49 probabilities a row: the second row of the batch begins in the middle of a block of four.
    [sizes(2, 7, 1, 8), { fused: true, masking: 'none', dropout: 0.5, scalars: { rowOffset: 1 } }],
    [sizes(3, 16, 4, 8), { fused: true, masking: 'left' }],
    [sizes(3, 15, 2, 16), { fused: false, masking: 'left', dropout: 0.1 }],
    [sizes(3, 17, 3, 16), { fused: true, masking: 'padded' }],
    [sizes(2, 33, 12, 32), { fused: true, masking: 'padded', dropout: 0.1, scalars: { rowOffset: 5 } }],
    [sizes(4, 33, 2, 32), { fused: true, masking: 'padded', deviation: 5 }],
    [sizes(2, 33, 2, 32), { fused: true, masking: 'none', dropout: 0.1, scalars: { dropoutEnabled: 0 } }],
    [sizes(1, 63, 1, 32), { fused: true, masking: 'none' }],
    [sizes(2, 64, 1, 64), { fused: true, masking: 'padded' }],
    [sizes(1, 65, 2, 64), { fused: false, masking: 'none', dropout: 0.1 }],
    [sizes(1, 128, 2, 32), { fused: true, masking: 'none', dropout: 0.1 }],
    [longest, { fused: true, masking: 'none', dropout: 0.1 }],
    ...random,
  ];
}

export function attentionCases(): InstructionCase[] {
  return variants(sizes(1, 512, 1, 32)).map(([size, variant]) => forwardCase(size, variant));
}

export function attentionGradientCases(): InstructionCase[] {
  // Half as wide: the backward pass has five products where the forward pass has two.
  return variants(sizes(1, 512, 1, 16)).map(([size, variant]) => gradientCase(size, variant));
}
