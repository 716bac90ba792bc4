/** Pooling on WebGPU: an invocation for each element (or four) of what is written. */
import { elementwise, elementwiseGroups, input, reads, writes, type Kernel, type Operand } from '../../backends/webgpu/kernel';
import { rowWidth } from '../../backends/webgpu/rowKernels';
import type { TensorId } from '../../plan/tensor';
import type { Pool, PoolGradient, PoolingKind } from './op';

function maskIf(pooling: PoolingKind, mask: TensorId): Record<string, Operand> {
  return pooling === 'mean' ? { mask: input(mask) } : {};
}

/** Tokens that are not padding, at least 1: a row of padding has sum 0 and so mean 0. */
const KEPT = `
fn keptTokens(row: u32) -> f32 {
  var kept = 0u;
  for (var token = 0u; token < numbers.length; token++) { kept += u32(mask(row * numbers.length + token) != 0); }
  return f32(max(kept, 1u));
}`;

export function pool({ reads: from, writes: to, rows, length, hidden, pooling }: Pool): Kernel[] {
  const { element, count } = rowWidth(hidden);
  const mean = `
  var sum = ${element}(0.0f);
  for (var token = 0u; token < numbers.length; token++) {
    if (mask(row * numbers.length + token) != 0) { sum += $input[(row * numbers.length + token) * ${count}u + column]; }
  }
  $output[index] = sum / keptTokens(row);`;
  const body = `
  let row = index / ${count}u;
  let column = index % ${count}u;
  ${pooling === 'mean' ? mean : `$output[index] = $input[row * numbers.length * ${count}u + column];`}`;
  return [
    {
      label: `pool ${pooling}`,
      operands: { input: reads(from.input, element), ...maskIf(pooling, from.attentionMask), output: writes(to.output, element) },
      numbers: { elements: rows * count, length },
      body: (pooling === 'mean' ? KEPT : '') + elementwise('numbers.elements', body),
      workgroups: elementwiseGroups(rows * count),
      operations: rows * length * hidden * 4,
    },
  ];
}

export function poolGradient(instruction: PoolGradient): Kernel[] {
  const { reads: from, writes: to, rows, length, hidden, pooling, accumulate } = instruction;
  const { element, count } = rowWidth(hidden);
  const share = pooling === 'mean' ? `if (mask(token) != 0) { value = $dOutput[row * ${count}u + column] / keptTokens(row); }` : `if (token % numbers.length == 0u) { value = $dOutput[row * ${count}u + column]; }`;
  const body = `
  let token = index / ${count}u;
  let row = token / numbers.length;
  let column = index % ${count}u;
  var value = ${element}(0.0f);
  ${share}
  $dInput[index] ${accumulate ? '+=' : '='} value;`;
  return [
    {
      label: `poolGradient ${pooling}`,
      operands: { dOutput: reads(from.dOutput, element), ...maskIf(pooling, from.attentionMask), dInput: writes(to.dInput, element) },
      numbers: { elements: rows * length * count, length },
      body: (pooling === 'mean' ? KEPT : '') + elementwise('numbers.elements', body),
      workgroups: elementwiseGroups(rows * length * count),
      operations: rows * length * hidden * 8,
    },
  ];
}
