/** How a residual with LayerNorm becomes instructions, and its gradients. */
import type { OpRule } from '../../plan/builder';
import { normParameters } from './parameters';

export const residualNormRule: OpRule<'residualLayerNorm'> = {
  forward(builder, node, id) {
    const { rows: tokens, columns: hidden } = builder.sizeOf(id);
    const { weight, bias, epsilon } = node.layerNorm;
    // The sum takes the place of x, whose own value nothing needs afterwards.
    let sum = builder.dense(node.input);
    // (A dropout that does nothing hands on its own input, which others may read.)
    if (builder.consumers[node.input] !== 1 || builder.node(node.input).op === 'dropout') {
      sum = builder.tensor(`node ${id} sum`, [tokens, hidden]);
      builder.add(builder.dense(node.input), sum, tokens * hidden, false);
    }
    const output = builder.output(id);
    const statistics = builder.tensor(`node ${id} statistics`, [tokens, 2]);
    builder.emit({
      kind: 'residualNorm',
      reads: {
        sum,
        residual: builder.dense(node.residual),
        weight: builder.parameter(weight, [hidden]),
        bias: builder.parameter(bias, [hidden]),
        scalars: builder.inputs.scalars,
      },
      writes: { sum, output, statistics },
      tokens,
      hidden,
      epsilon,
      dropout: builder.dropout(node.dropout, id, (tokens / builder.request.rows) * hidden),
    });
    builder.setValue(id, { tensor: output, offset: 0, rowStride: hidden });
    builder.keep(id, { sum, statistics });
  },

  backward(builder, node, id, dOutput) {
    const { rows: tokens, columns: hidden } = builder.sizeOf(id);
    const { sum, statistics } = builder.kept(id);
    const { weight, bias } = node.layerNorm;
    // Before the gradient of the sum takes the place of dOutput.
    normParameters(builder, { weight, bias, dOutput, sum, statistics, tokens, hidden, outputDropout: null });
    const residualNeeds = builder.needsGradient(node.residual);
    const inputNeeds = builder.needsGradient(node.input);
    if (!residualNeeds && !inputNeeds) return;
    const known = residualNeeds ? builder.gradient(node.residual) : null;
    const dSum = known ?? dOutput;
    const emit = (dInput: number | null): void =>
      builder.emit({
        kind: 'normGradient',
        reads: { dOutput, sum, statistics, weight: builder.parameter(weight, [hidden]), scalars: builder.inputs.scalars },
        writes: { dSum, dInput },
        tokens,
        hidden,
        outputDropout: null,
        inputDropout: builder.dropout(node.dropout, id, (tokens / builder.request.rows) * hidden),
        accumulate: known !== null,
      });
    if (inputNeeds) builder.writeGradient(node.input, emit);
    else emit(null);
    if (residualNeeds && known === null) builder.adoptGradient(node.residual, dSum);
  },
};
