/** The ladder, lowest rung first. */
import type { Kernel, KernelContext, KernelNumber, Operand } from '../kernel';
import type { MatmulVariant } from './form';
import { naive } from './naive';
import { registers128, registers32, registers64 } from './registers';
import type { MatmulShape } from './shape';
import { tiled } from './tiled';

export const MATMUL_VARIANTS: readonly MatmulVariant[] = [naive, tiled, registers32, registers64, registers128];

/** What is used where nothing was measured. */
export const DEFAULT_VARIANT = 'registers64';

export function variantNamed(name: string): MatmulVariant {
  const variant = MATMUL_VARIANTS.find((candidate) => candidate.name === name);
  if (!variant) throw new Error(`No matmul variant ${name}.`);
  return variant;
}

export interface MatmulRequest {
  label: string;
  shape: MatmulShape;
  a: Operand;
  b: Operand;
  /** Of the epilogue, whose elements are `c` wide. */
  operands(c: 'f32' | 'vec4<f32>'): Record<string, Operand>;
  numbers?: Record<string, KernelNumber>;
  /** Defines `finish` (width 1) or `finish4`; see `MatmulVariant`. */
  epilogue(width: 1 | 4): string;
  rowSums: boolean;
}

const elementOf = (width: 1 | 4) => (width === 4 ? 'vec4<f32>' : 'f32');

export function matmulKernel(request: MatmulRequest, context: KernelContext): Kernel {
  const { label, shape, a, b } = request;
  const variant = variantNamed(context.chooseMatmul(shape));
  const { widths, code, workgroups } = variant.build(shape, request.rowSums);
  return {
    label: `${label} ${variant.name}`,
    operands: {
      a: { ...a, element: elementOf(widths.a) },
      b: { ...b, element: elementOf(widths.b) },
      ...request.operands(elementOf(widths.c)),
    },
    numbers: { m: shape.m, n: shape.n, k: shape.k, ...request.numbers },
    body: `${request.epilogue(widths.c)}\n${code}`,
    workgroups,
    operations: 2 * shape.m * shape.n * shape.k,
  };
}
