/** How dropout becomes instructions, and its gradient. */
import type { OpRule } from '../../plan/builder';

export const dropoutRule: OpRule<'dropout'> = {
  forward(builder, node, id) {
    const { rows, columns } = builder.sizeOf(id);
    const dropout = builder.dropout(node.probability, id, (rows / builder.request.rows) * columns);
    const input = builder.dense(node.input);
    if (!dropout && id !== builder.request.graph.logits) {
      builder.setValue(id, builder.value(node.input));
      return;
    }
    const output = builder.output(id);
    const elements = rows * columns;
    if (dropout) builder.emit({ kind: 'applyDropout', reads: { input, scalars: builder.inputs.scalars }, writes: { output }, elements, dropout, accumulate: false });
    else builder.add(input, output, elements, false);
    builder.setValue(id, { tensor: output, offset: 0, rowStride: columns });
  },

  backward(builder, node, id, dOutput) {
    if (!builder.needsGradient(node.input)) return;
    const { rows, columns } = builder.sizeOf(id);
    const dropout = builder.dropout(node.probability, id, (rows / builder.request.rows) * columns);
    const { tensor, accumulate } = builder.claimGradient(node.input);
    const elements = rows * columns;
    if (!dropout) builder.add(dOutput, tensor, elements, accumulate);
    else builder.emit({ kind: 'applyDropout', reads: { input: dOutput, scalars: builder.inputs.scalars }, writes: { output: tensor }, elements, dropout, accumulate });
  },
};
