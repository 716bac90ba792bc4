/** How an attention node becomes instructions, and its gradients. */
import type { GraphNode } from '../../graph/graph';
import type { OpRule, PlanBuilder } from '../../plan/builder';
import type { TensorId } from '../../plan/tensor';
import type { QueryKeyValueLayout } from './op';

type AttentionNode = Extract<GraphNode, { op: 'attention' }>;

function layoutOf(builder: PlanBuilder, node: AttentionNode): QueryKeyValueLayout {
  const [query, key, value] = [builder.value(node.query), builder.value(node.key), builder.value(node.value)];
  if (query.rowStride !== key.rowStride || key.rowStride !== value.rowStride) throw new Error('Queries, keys and values must lie alike.');
  return { queryOffset: query.offset, keyOffset: key.offset, valueOffset: value.offset, rowStride: query.rowStride };
}

export const attentionRule: OpRule<'attention'> = {
  forward(builder, node, id) {
    const { rows, length } = builder.request;
    const { columns: hidden } = builder.sizeOf(id);
    const { scalars, attentionMask } = builder.inputs;
    const context = builder.output(id);
    const logSumExp = builder.tensor(`node ${id} log sums`, [rows, node.heads, length]);
    builder.emit({
      kind: 'attention',
      reads: { query: builder.value(node.query).tensor, key: builder.value(node.key).tensor, value: builder.value(node.value).tensor, attentionMask, scalars },
      writes: { context, logSumExp },
      rows,
      length,
      heads: node.heads,
      headSize: hidden / node.heads,
      layout: layoutOf(builder, node),
      dropout: builder.dropout(node.dropout, id, node.heads * length * length),
    });
    builder.setValue(id, { tensor: context, offset: 0, rowStride: hidden });
    builder.keep(id, { sum: context, statistics: logSumExp });
  },

  backward(builder, node, id, dContext) {
    const { rows, length } = builder.request;
    const { columns: hidden } = builder.sizeOf(id);
    const { scalars, attentionMask } = builder.inputs;
    const { sum: context, statistics: logSumExp } = builder.kept(id);
    const delta = builder.tensor(`node ${id} delta`, [rows, node.heads, length]);
    const layout = layoutOf(builder, node);
    const emit = (dQuery: TensorId, dKey: TensorId, dValue: TensorId): void =>
      builder.emit({
        kind: 'attentionGradient',
        reads: {
          query: builder.value(node.query).tensor,
          key: builder.value(node.key).tensor,
          value: builder.value(node.value).tensor,
          attentionMask,
          scalars,
          context,
          logSumExp,
          dContext,
        },
        writes: { dQuery, dKey, dValue, delta },
        rows,
        length,
        heads: node.heads,
        headSize: hidden / node.heads,
        layout,
        dropout: builder.dropout(node.dropout, id, node.heads * length * length),
      });
    if (builder.fused.has(node.query)) {
      const gradient = builder.tensor(`gradient of nodes ${node.query}, ${node.key}, ${node.value}`, [builder.tokens, layout.rowStride]);
      for (const input of [node.query, node.key, node.value]) builder.adoptGradient(input, gradient);
      emit(gradient, gradient, gradient);
      return;
    }
    // Three of their own; one that nobody needs is written all the same and dropped.
    const write = (input: number, then: (tensor: TensorId) => void): void =>
      builder.needsGradient(input) ? builder.writeGradient(input, then) : then(builder.tensor(`unused gradient of node ${input}`, [builder.tokens, hidden]));
    write(node.query, (dQuery) => write(node.key, (dKey) => write(node.value, (dValue) => emit(dQuery, dKey, dValue))));
  },
};
