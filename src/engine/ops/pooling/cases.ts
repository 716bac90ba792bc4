/** Cases of pooling: both kinds, padded rows, a row of padding only. */
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers } from '../caseBuilder';
import type { PoolingKind } from './op';

interface Sizes {
  rows: number;
  length: number;
  hidden: number;
}

const POOLINGS: readonly PoolingKind[] = ['firstToken', 'mean'];

function sizesOfCases(): Sizes[] {
  const numbers = new SeededNumbers(5);
  const fixed = [[1, 1, 1], [1, 7, 5], [3, 7, 384], [2, 16, 64], [5, 17, 63], [4, 33, 65], [1, 128, 32], [2, 1, 384]] as const;
  return [
    ...fixed.map(([rows, length, hidden]) => ({ rows, length, hidden })),
    ...Array.from({ length: 5 }, () => ({ rows: numbers.integer(1, 6), length: numbers.integer(1, 20), hidden: numbers.integer(1, 80) })),
  ];
}

/** Tokens kept, row by row: the first row is whole, the second (where there is one) all padding, others random. */
export function paddedMask(numbers: SeededNumbers, rows: number, length: number): Float64Array {
  const lengths = Array.from({ length: rows }, (_, row) => (row === 0 ? length : row === 1 ? 0 : numbers.integer(1, length)));
  return Float64Array.from({ length: rows * length }, (_, token) => (token % length < (lengths[Math.floor(token / length)] ?? 0) ? 1 : 0));
}

const named = ({ rows, length, hidden }: Sizes, pooling: PoolingKind) => `${pooling}, ${rows} x ${length} x ${hidden}`;

function poolCase(sizes: Sizes, pooling: PoolingKind): InstructionCase {
  const { rows, length, hidden } = sizes;
  const build = new CaseBuilder(named(sizes, pooling));
  const input = build.random('input', [rows, length, hidden]);
  const attentionMask = build.integers('attentionMask', [rows, length], paddedMask(build.numbers, rows, length));
  const output = build.output('output', [rows, hidden]);
  return build.build({ kind: 'pool', reads: { input, attentionMask }, writes: { output }, ...sizes, pooling });
}

function gradientCase(sizes: Sizes, pooling: PoolingKind, accumulate: boolean): InstructionCase {
  const { rows, length, hidden } = sizes;
  const build = new CaseBuilder(named(sizes, pooling) + (accumulate ? ', added' : ''));
  const dOutput = build.random('dOutput', [rows, hidden]);
  const attentionMask = build.integers('attentionMask', [rows, length], paddedMask(build.numbers, rows, length));
  const dInput = build.target('dInput', [rows, length, hidden], accumulate, 'activations');
  return build.build({ kind: 'poolGradient', reads: { dOutput, attentionMask }, writes: { dInput }, ...sizes, pooling, accumulate });
}

export function poolCases(): InstructionCase[] {
  return sizesOfCases().flatMap((sizes) => POOLINGS.map((pooling) => poolCase(sizes, pooling)));
}

export function poolGradientCases(): InstructionCase[] {
  return sizesOfCases().flatMap((sizes, index) => POOLINGS.map((pooling) => gradientCase(sizes, pooling, index % 2 === 1)));
}
