/** Linear layers on WebGPU: one product of the matmul ladder each, with everything else in its epilogue. */
import { reads, writes, type Kernel, type KernelContext, type Operand } from '../../backends/webgpu/kernel';
import { matmulKernel } from '../../backends/webgpu/matmul/variants';
import { columnGroups, columnSums, rowWidth } from '../../backends/webgpu/rowKernels';
import { activationCode } from '../../backends/webgpu/snippets';
import type { Linear, LinearInputGradient, LinearWeightGradient } from './op';

export function linear({ reads: from, writes: to, rows, outputs, inputs, activation }: Linear, context: KernelContext): Kernel[] {
  const pre = to.preActivation;
  return [
    matmulKernel(
      {
        label: 'linear',
        shape: { form: 'forward', m: rows, n: outputs, k: inputs },
        a: reads(from.input),
        b: reads(from.weight),
        operands: (element): Record<string, Operand> => ({
          bias: reads(from.bias, element),
          out: writes(to.output, element),
          ...(pre === null ? {} : { pre: writes(pre, element) }),
        }),
        rowSums: false,
        epilogue: (width) =>
          width === 4
            ? `${activationCode(activation)}
fn finish4(m: u32, n: u32, sum: vec4<f32>) {
  let place = (m * numbers.n + n) >> 2u;
  let value = sum + $bias[n >> 2u];
  ${pre === null ? '' : '$pre[place] = value;'}
  $out[place] = activate4(value);
}`
            : `${activationCode(activation)}
fn finish(m: u32, n: u32, sum: f32) {
  let place = m * numbers.n + n;
  let value = sum + $bias[n];
  ${pre === null ? '' : '$pre[place] = value;'}
  $out[place] = activate(value);
}`,
      },
      context,
    ),
  ];
}

export function linearInputGradient(instruction: LinearInputGradient, context: KernelContext): Kernel[] {
  const { reads: from, writes: to, rows, outputs, inputs, activation, accumulate } = instruction;
  const pre = from.preActivation;
  const assign = accumulate ? '+=' : '=';
  return [
    matmulKernel(
      {
        label: 'linearInputGradient',
        shape: { form: 'inputGradient', m: rows, n: inputs, k: outputs },
        a: reads(from.dOutput),
        b: reads(from.weight),
        operands: (element): Record<string, Operand> => ({
          out: writes(to.dInput, element),
          ...(pre === null ? {} : { pre: reads(pre, element) }),
        }),
        rowSums: false,
        epilogue: (width) =>
          width === 4
            ? `${pre === null ? '' : activationCode(activation)}
fn finish4(m: u32, n: u32, sum: vec4<f32>) {
  let place = (m * numbers.n + n) >> 2u;
  $out[place] ${assign} sum${pre === null ? '' : ' * slope4($pre[place])'};
}`
            : `${pre === null ? '' : activationCode(activation)}
fn finish(m: u32, n: u32, sum: f32) {
  let place = m * numbers.n + n;
  $out[place] ${assign} sum${pre === null ? '' : ' * slope($pre[place])'};
}`,
      },
      context,
    ),
  ];
}

/** A bias that learns while its weight does not: column sums alone. */
function biasGradient(dOutput: number, dBias: number, rows: number, outputs: number, accumulate: boolean): Kernel {
  const width = rowWidth(outputs);
  return {
    label: 'linearWeightGradient bias',
    operands: { dOutput: reads(dOutput, width.element), out: writes(dBias, width.element) },
    numbers: { rows },
    body: columnSums({
      width,
      rows: 'numbers.rows',
      sums: 1,
      term: 'sum0 += $dOutput[place];',
      finish: `$out[column] ${accumulate ? '+=' : '='} sum0;`,
    }),
    workgroups: columnGroups(width),
    operations: rows * outputs,
  };
}

export function linearWeightGradient(instruction: LinearWeightGradient, context: KernelContext): Kernel[] {
  const { reads: from, writes: to, rows, outputs, inputs, accumulate } = instruction;
  const { dWeight, dBias } = to;
  if (dWeight === null) return dBias === null ? [] : [biasGradient(from.dOutput, dBias, rows, outputs, accumulate)];
  const assign = accumulate ? '+=' : '=';
  const finishRow = dBias === null ? '' : `fn finishRow(m: u32, sum: f32) { $bias[m] ${assign} sum; }`;
  return [
    matmulKernel(
      {
        label: 'linearWeightGradient',
        shape: { form: 'weightGradient', m: outputs, n: inputs, k: rows },
        a: reads(from.dOutput),
        b: reads(from.input),
        operands: (element): Record<string, Operand> => ({
          out: writes(dWeight, element),
          ...(dBias === null ? {} : { bias: writes(dBias) }),
        }),
        rowSums: dBias !== null,
        epilogue: (width) =>
          width === 4
            ? `fn finish4(m: u32, n: u32, sum: vec4<f32>) { $out[(m * numbers.n + n) >> 2u] ${assign} sum; }\n${finishRow}`
            : `fn finish(m: u32, n: u32, sum: f32) { $out[m * numbers.n + n] ${assign} sum; }\n${finishRow}`,
      },
      context,
    ),
  ];
}
