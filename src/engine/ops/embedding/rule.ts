/** How an embedding node becomes instructions, and its gradients. */
import type { OpRule, PlanBuilder } from '../../plan/builder';
import type { ParameterSlice } from '../../plan/plan';
import type { TensorId } from '../../plan/tensor';
import { normParameters } from '../residual-norm/parameters';

function rowsOf(slice: ParameterSlice, hidden: number): { firstRow: number; tableRows: number } {
  return { firstRow: slice.first / hidden, tableRows: slice.elements / hidden };
}

function tableRows(builder: PlanBuilder, name: string, hidden: number): number {
  return builder.slices(name).reduce((sum, { elements }) => sum + elements, 0) / hidden;
}

function wordGradient(builder: PlanBuilder, name: string, dSum: TensorId, hidden: number): void {
  const { order, segmentIds, segmentOffsets, scalars } = builder.inputs;
  if (order === null || segmentIds === null || segmentOffsets === null) return;
  for (const slice of builder.slices(name)) {
    if (slice.region === 'frozen') return;
    const place = rowsOf(slice, hidden);
    const { tensor: gradient, accumulate } = builder.claimSlice(name, slice, [place.tableRows, hidden]);
    // Only rows of ids that occur are written; what an earlier batch left in the others has to go.
    if (!accumulate) builder.emit({ kind: 'clear', reads: {}, writes: { target: gradient }, elements: slice.elements });
    builder.emit({
      kind: 'tableGradient',
      reads: { dSum, order, segmentIds, segmentOffsets, scalars },
      writes: { gradient },
      tokens: builder.tokens,
      hidden,
      ...place,
      accumulate,
    });
  }
}

export const embeddingRule: OpRule<'embedding'> = {
  forward(builder, node, id) {
    const { scalars, inputIds, tokenTypeIds } = builder.inputs;
    const { length } = builder.request;
    const hidden = builder.sizeOf(id).columns;
    const tokens = builder.tokens;
    const sum = builder.tensor(`node ${id} sum`, [tokens, hidden]);
    for (const slice of builder.slices(node.wordTable)) {
      const place = rowsOf(slice, hidden);
      const table = builder.sliceTensor(node.wordTable, slice, [place.tableRows, hidden], slice.region);
      builder.emit({ kind: 'gatherRows', reads: { table, ids: inputIds }, writes: { output: sum }, tokens, hidden, ...place });
    }
    const { weight, bias, epsilon } = node.layerNorm;
    const table = (name: string): TensorId => builder.parameter(name, [tableRows(builder, name, hidden), hidden]);
    const output = builder.output(id);
    const statistics = builder.tensor(`node ${id} statistics`, [tokens, 2]);
    builder.emit({
      kind: 'embeddingNorm',
      reads: {
        sum,
        positionTable: table(node.positionTable),
        tokenTypeTable: node.tokenTypeTable === null ? null : table(node.tokenTypeTable),
        tokenTypeIds,
        weight: builder.parameter(weight, [hidden]),
        bias: builder.parameter(bias, [hidden]),
        scalars,
      },
      writes: { sum, output, statistics },
      tokens,
      length,
      hidden,
      epsilon,
      dropout: builder.dropout(node.dropout, id, length * hidden),
    });
    builder.setValue(id, { tensor: output, offset: 0, rowStride: hidden });
    builder.keep(id, { sum, statistics });
  },

  backward(builder, node, id, dOutput) {
    const { scalars, tokenTypeIds } = builder.inputs;
    const { rows, length } = builder.request;
    const { tokens } = builder;
    const hidden = builder.sizeOf(id).columns;
    const { sum, statistics } = builder.kept(id);
    const outputDropout = builder.dropout(node.dropout, id, length * hidden);
    const { weight, bias } = node.layerNorm;
    normParameters(builder, { weight, bias, dOutput, sum, statistics, tokens, hidden, outputDropout });
    const learns = (name: string | null): name is string => name !== null && builder.slices(name).some(({ region }) => region === 'parameters');
    if (![node.wordTable, node.positionTable, node.tokenTypeTable].some(learns)) return;
    // In place: nothing else reads the gradient of the embedding's output.
    const dSum = dOutput;
    builder.emit({
      kind: 'normGradient',
      reads: { dOutput, sum, statistics, weight: builder.parameter(weight, [hidden]), scalars },
      writes: { dSum, dInput: null },
      tokens,
      hidden,
      outputDropout,
      inputDropout: null,
      accumulate: false,
    });
    wordGradient(builder, node.wordTable, dSum, hidden);
    const position = builder.claimParameter(node.positionTable, [tableRows(builder, node.positionTable, hidden), hidden]);
    if (position) {
      const { tensor: gradient, accumulate } = position;
      builder.emit({ kind: 'positionGradient', reads: { dSum }, writes: { gradient }, rows, length, hidden, tableRows: tableRows(builder, node.positionTable, hidden), accumulate });
    }
    if (node.tokenTypeTable === null) return;
    const types = tableRows(builder, node.tokenTypeTable, hidden);
    const tokenType = builder.claimParameter(node.tokenTypeTable, [types, hidden]);
    if (tokenType) {
      const { tensor: gradient, accumulate } = tokenType;
      builder.emit({ kind: 'tokenTypeGradient', reads: { dSum, tokenTypeIds }, writes: { gradient }, tokens, hidden, tableRows: types, accumulate });
    }
  },
};
