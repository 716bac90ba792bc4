/** Embeddings on WebGPU: gathering and norm forward; the three tables' gradients in a fixed order, without atomics. */
import { elementwise, elementwiseGroups, fold, input, reads, writes, type Kernel, type Operand } from '../../backends/webgpu/kernel';
import { columnGroups, columnSums, declareColumns, eachColumn, ROW_INVOCATIONS, rowMain, rowWidth, valueType } from '../../backends/webgpu/rowKernels';
import { dropouts, dropsAny, reduction, scalar } from '../../backends/webgpu/snippets';
import { normalize, scalarsIf, scaleAt } from '../residual-norm/webgpu';
import type { EmbeddingNorm, GatherRows, PositionGradient, TableGradient, TokenTypeGradient } from './op';

export function gatherRows({ reads: from, writes: to, tokens, hidden, firstRow, tableRows }: GatherRows): Kernel[] {
  const { element, count } = rowWidth(hidden);
  return [
    {
      label: 'gatherRows',
      operands: { table: reads(from.table, element), ids: input(from.ids), output: writes(to.output, element) },
      numbers: { elements: tokens * count, firstRow, tableRows },
      body: elementwise(
        'numbers.elements',
        `
  // Below the first row the difference wraps to a number that no table has rows for.
  let row = u32(ids(index / ${count}u)) - numbers.firstRow;
  if (row < numbers.tableRows) { $output[index] = $table[row * ${count}u + index % ${count}u]; }`,
      ),
      workgroups: elementwiseGroups(tokens * count),
      operations: tokens * hidden * 8,
    },
  ];
}

export function embeddingNorm({ reads: from, writes: to, tokens, length, hidden, epsilon, dropout }: EmbeddingNorm): Kernel[] {
  const width = rowWidth(hidden);
  const { element, count } = width;
  const source = dropouts({ mask: dropout });
  const typed: Record<string, Operand> =
    from.tokenTypeTable === null ? {} : { typeTable: reads(from.tokenTypeTable, element), typeIds: input(from.tokenTypeIds) };
  const type = from.tokenTypeTable === null ? '' : ` + $typeTable[u32(typeIds(row)) * ${count}u + column]`;
  return [
    {
      label: 'embeddingNorm',
      operands: {
        sum: writes(to.sum, element),
        positions: reads(from.positionTable, element),
        ...typed,
        weight: reads(from.weight, element),
        bias: reads(from.bias, element),
        ...scalarsIf(dropsAny(dropout), from.scalars),
        output: writes(to.output, element),
        statistics: writes(to.statistics),
      },
      numbers: { tokens, length, epsilon: { float: epsilon }, ...source.numbers },
      body: `${valueType(width)}${source.code}${reduction(ROW_INVOCATIONS)}
${rowMain(
  'numbers.tokens',
  `${declareColumns(width, 'value')}
${eachColumn(width, (i) => `value${i} = $sum[place] + $positions[(row % numbers.length) * ${count}u + column]${type};
    $sum[place] = value${i};`)}
${normalize(width, hidden)}
${eachColumn(width, (i) => `$output[place] = (value${i} * $weight[column] + $bias[column]) * ${scaleAt('mask', width)};`)}`,
)}`,
      workgroups: fold(tokens),
      operations: tokens * hidden * 60,
    },
  ];
}

/** A workgroup for each segment there could be; those past the last one leave at once. */
export function tableGradient(instruction: TableGradient): Kernel[] {
  const { reads: from, writes: to, tokens, hidden, firstRow, tableRows, accumulate } = instruction;
  const { element, count } = rowWidth(hidden);
  return [
    {
      label: 'tableGradient',
      operands: {
        dSum: reads(from.dSum, element),
        order: input(from.order),
        segmentIds: input(from.segmentIds),
        segmentOffsets: input(from.segmentOffsets),
        scalars: input(from.scalars),
        gradient: writes(to.gradient, element),
      },
      numbers: { tokens, firstRow, tableRows },
      body: rowMain(
        `min(${scalar('segments')}, numbers.tokens)`,
        `  let tableRow = u32(segmentIds(row)) - numbers.firstRow;
  if (tableRow >= numbers.tableRows) { return; }
  let first = u32(segmentOffsets(row));
  let end = u32(segmentOffsets(row + 1u));
  for (var column = local; column < ${count}u; column += ${ROW_INVOCATIONS}u) {
    var sum = $dSum[u32(order(first)) * ${count}u + column];
    var n = first + 1u;
    // Padding makes one segment long: four loads are under way at a time, added in order.
    for (; n + 4u <= end; n += 4u) {
      let value0 = $dSum[u32(order(n)) * ${count}u + column];
      let value1 = $dSum[u32(order(n + 1u)) * ${count}u + column];
      let value2 = $dSum[u32(order(n + 2u)) * ${count}u + column];
      let value3 = $dSum[u32(order(n + 3u)) * ${count}u + column];
      sum += value0;
      sum += value1;
      sum += value2;
      sum += value3;
    }
    for (; n < end; n++) { sum += $dSum[u32(order(n)) * ${count}u + column]; }
    $gradient[tableRow * ${count}u + column] ${accumulate ? '+=' : '='} sum;
  }`,
      ),
      workgroups: fold(tokens),
      operations: tokens * hidden * 8,
    },
  ];
}

export function positionGradient(instruction: PositionGradient): Kernel[] {
  const { reads: from, writes: to, rows, length, hidden, tableRows, accumulate } = instruction;
  const { element, count } = rowWidth(hidden);
  // Where it accumulates, the rows of the table that no token used are left alone.
  const written = accumulate ? Math.min(length, tableRows) : tableRows;
  return [
    {
      label: 'positionGradient',
      operands: { dSum: reads(from.dSum, element), gradient: writes(to.gradient, element) },
      numbers: { elements: written * count, rows, length },
      body: elementwise(
        'numbers.elements',
        `
  var sum = ${element}(0.0f);
  if (index < numbers.length * ${count}u) {
    for (var row = 0u; row < numbers.rows; row++) { sum += $dSum[row * numbers.length * ${count}u + index]; }
  }
  $gradient[index] ${accumulate ? '+=' : '='} sum;`,
      ),
      workgroups: elementwiseGroups(written * count),
      operations: rows * length * hidden * 8,
    },
  ];
}

export function tokenTypeGradient(instruction: TokenTypeGradient): Kernel[] {
  const { reads: from, writes: to, tokens, hidden, tableRows, accumulate } = instruction;
  const width = rowWidth(hidden);
  return [
    {
      label: 'tokenTypeGradient',
      operands: { dSum: reads(from.dSum, width.element), typeIds: input(from.tokenTypeIds), gradient: writes(to.gradient, width.element) },
      numbers: { tokens },
      body: columnSums({
        width,
        rows: 'numbers.tokens',
        sums: 1,
        term: 'if (u32(typeIds(row)) == workgroup.y) { sum0 += $dSum[place]; }',
        finish: `$gradient[workgroup.y * ${width.count}u + column] ${accumulate ? '+=' : '='} sum0;`,
      }),
      workgroups: columnGroups(width, tableRows),
      operations: tokens * hidden * tableRows * 8,
    },
  ];
}
