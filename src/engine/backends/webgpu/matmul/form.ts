/**
 * One product of two matrices, C[m, n] = sum over k of A(m, k) B(k, n), in the three layouts that a linear layer needs.
 * A variant of the ladder is a way to compute it; what happens to a sum afterwards (bias, activation, accumulation) is
 * the caller's epilogue, the same for all variants.
 */
import type { Workgroups } from '../kernel';
import type { MatmulForm, MatmulShape } from './shape';

/** Which index of each operand is contiguous in memory. */
export const CONTIGUOUS: Record<MatmulForm, { a: 'm' | 'k'; b: 'n' | 'k' }> = {
  forward: { a: 'k', b: 'k' },
  inputGradient: { a: 'k', b: 'n' },
  weightGradient: { a: 'm', b: 'n' },
};

/** Widths in which a kernel sees its tensors: 4 where every row begins at a multiple of 4 floats. */
export interface MatmulWidths {
  a: 1 | 4;
  b: 1 | 4;
  c: 1 | 4;
}

export function widthsOf({ form, m, n, k }: MatmulShape): MatmulWidths {
  const width = (row: number) => (row % 4 === 0 ? 4 : 1);
  return {
    a: width(CONTIGUOUS[form].a === 'k' ? k : m),
    b: width(CONTIGUOUS[form].b === 'k' ? k : n),
    c: width(n),
  };
}

/** What a variant gives: WGSL with arrays `$a` and `$b`, members m, n, k of numbers, and calls of the epilogue. */
export interface MatmulCode {
  widths: MatmulWidths;
  code: string;
  workgroups: Workgroups;
}

/**
 * The epilogue defines, for width 1, `finish(m: u32, n: u32, sum: f32)`, for width 4
 * `finish4(m: u32, n: u32, sum: vec4<f32>)` (four columns from n on); and, where `rowSums` is asked for,
 * `finishRow(m: u32, sum: f32)` gets the sum over k of A(m, k): the gradient of a bias, in the same dispatch.
 */
export interface MatmulVariant {
  readonly name: string;
  build(shape: MatmulShape, rowSums: boolean): MatmulCode;
}

/** For variants that load one float at a time. */
export function scalarLoads(form: MatmulForm): string {
  const { a, b } = CONTIGUOUS[form];
  return `
fn loadA(m: u32, k: u32) -> f32 { return $a[${a === 'k' ? 'm * numbers.k + k' : 'k * numbers.m + m'}]; }
fn loadB(k: u32, n: u32) -> f32 { return $b[${b === 'k' ? 'n * numbers.k + k' : 'k * numbers.n + n'}]; }`;
}
