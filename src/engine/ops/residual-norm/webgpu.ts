/** LayerNorm on WebGPU: a workgroup for each token, whose values stay in registers between mean, variance and output. */
import { fold, input, reads, writes, type Kernel, type Operand } from '../../backends/webgpu/kernel';
import { addColumns, columnGroups, columnSums, declareColumns, eachColumn, ROW_INVOCATIONS, rowMain, rowWidth, valueType, type RowWidth } from '../../backends/webgpu/rowKernels';
import { dropouts, dropsAny, reduction } from '../../backends/webgpu/snippets';
import type { TensorId } from '../../plan/tensor';
import type { NormGradient, NormParameterGradient, ResidualNorm } from './op';

/** Scalars are bound only where dropout reads them. */
export function scalarsIf(needed: boolean, scalars: TensorId): Record<string, Operand> {
  return needed ? { scalars: input(scalars) } : {};
}

/** The dropout scale of `place`, as the row's type. */
export function scaleAt(name: string, { width }: RowWidth): string {
  return width === 4 ? `${name}Scale4(place * 4u)` : `${name}Scale(place)`;
}

/**
 * From `value0 ..` (declared) to statistics and the normalized values `value0 ..`. Two passes: the variance of numbers
 * far from zero would lose its digits as mean of squares less square of mean.
 */
export function normalize(width: RowWidth, hidden: number): string {
  return `
  let mean = reduceSum(local, ${addColumns(width, (i) => `total(value${i})`)}) / ${hidden}.0f;
${eachColumn(width, (i) => `value${i} -= V(mean);`)}
  let variance = reduceSum(local, ${addColumns(width, (i) => `total(value${i} * value${i})`)}) / ${hidden}.0f;
  let inverse = inverseSqrt(variance + numbers.epsilon);
  if (local == 0u) {
    $statistics[row * 2u] = mean;
    $statistics[row * 2u + 1u] = inverse;
  }
${eachColumn(width, (i) => `value${i} *= inverse;`)}`;
}

export function residualNorm({ reads: from, writes: to, tokens, hidden, epsilon, dropout }: ResidualNorm): Kernel[] {
  const width = rowWidth(hidden);
  const source = dropouts({ mask: dropout });
  return [
    {
      label: 'residualNorm',
      operands: {
        sum: writes(to.sum, width.element),
        residual: reads(from.residual, width.element),
        weight: reads(from.weight, width.element),
        bias: reads(from.bias, width.element),
        ...scalarsIf(dropsAny(dropout), from.scalars),
        output: writes(to.output, width.element),
        statistics: writes(to.statistics),
      },
      numbers: { tokens, epsilon: { float: epsilon }, ...source.numbers },
      body: `${valueType(width)}${source.code}${reduction(ROW_INVOCATIONS)}
${rowMain(
  'numbers.tokens',
  `${declareColumns(width, 'value')}
${eachColumn(width, (i) => `value${i} = $residual[place] + $sum[place] * ${scaleAt('mask', width)};
    $sum[place] = value${i};`)}
${normalize(width, hidden)}
${eachColumn(width, (i) => `$output[place] = value${i} * $weight[column] + $bias[column];`)}`,
)}`,
      workgroups: fold(tokens),
      operations: tokens * hidden * 60,
    },
  ];
}

export function normGradient(instruction: NormGradient): Kernel[] {
  const { reads: from, writes: to, tokens, hidden, outputDropout, inputDropout, accumulate } = instruction;
  const width = rowWidth(hidden);
  const own = to.dInput === null ? null : inputDropout;
  const source = dropouts({ outer: outputDropout, inner: own });
  const dInput: Record<string, Operand> = to.dInput === null ? {} : { dInput: writes(to.dInput, width.element) };
  const sums = `vec2<f32>(${addColumns(width, (i) => `total(g${i})`)}, ${addColumns(width, (i) => `total(g${i} * x${i})`)})`;
  return [
    {
      label: 'normGradient',
      operands: {
        dOutput: reads(from.dOutput, width.element),
        sum: reads(from.sum, width.element),
        statistics: reads(from.statistics),
        weight: reads(from.weight, width.element),
        ...scalarsIf(dropsAny(outputDropout, own), from.scalars),
        dSum: writes(to.dSum, width.element),
        ...dInput,
      },
      numbers: { tokens, ...source.numbers },
      body: `${valueType(width)}${source.code}${reduction(ROW_INVOCATIONS, 'vec2<f32>')}
${rowMain(
  'numbers.tokens',
  `  let mean = $statistics[row * 2u];
  let inverse = $statistics[row * 2u + 1u];
${declareColumns(width, 'g', 'x')}
${eachColumn(width, (i) => `g${i} = $dOutput[place] * ${scaleAt('outer', width)} * $weight[column];
    x${i} = ($sum[place] - V(mean)) * inverse;`)}
  let means = reduceSum(local, ${sums}) / ${hidden}.0f;
${eachColumn(width, (i) => `let ds = inverse * (g${i} - V(means.x) - x${i} * means.y);
    $dSum[place] ${accumulate ? '+=' : '='} ds;
    ${to.dInput === null ? '' : `$dInput[place] = ds * ${scaleAt('inner', width)};`}`)}`,
)}`,
      workgroups: fold(tokens),
      operations: tokens * hidden * 80,
    },
  ];
}

export function normParameterGradient(instruction: NormParameterGradient): Kernel[] {
  const { reads: from, writes: to, tokens, hidden, outputDropout, accumulate } = instruction;
  if (to.dWeight === null && to.dBias === null) return [];
  const width = rowWidth(hidden);
  const source = dropouts({ outer: outputDropout });
  const assign = accumulate ? '+=' : '=';
  const targets: Record<string, Operand> = {
    ...(to.dWeight === null ? {} : { dWeight: writes(to.dWeight, width.element) }),
    ...(to.dBias === null ? {} : { dBias: writes(to.dBias, width.element) }),
  };
  return [
    {
      label: 'normParameterGradient',
      operands: {
        dOutput: reads(from.dOutput, width.element),
        sum: reads(from.sum, width.element),
        statistics: reads(from.statistics),
        ...scalarsIf(dropsAny(outputDropout), from.scalars),
        ...targets,
      },
      numbers: { tokens, ...source.numbers },
      body:
        source.code +
        columnSums({
          width,
          rows: 'numbers.tokens',
          sums: 2,
          term: `let d = $dOutput[place] * ${scaleAt('outer', width)};
      sum0 += d * (($sum[place] - V($statistics[row * 2u])) * $statistics[row * 2u + 1u]);
      sum1 += d;`,
          finish: `${to.dWeight === null ? '' : `$dWeight[column] ${assign} sum0;`}
    ${to.dBias === null ? '' : `$dBias[column] ${assign} sum1;`}`,
        }),
      workgroups: columnGroups(width),
      operations: tokens * hidden * 40,
    },
  ];
}
