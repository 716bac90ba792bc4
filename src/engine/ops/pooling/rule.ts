/** How pooling becomes instructions, and its gradient. */
import type { NodeId } from '../../graph/graph';
import type { OpRule, PlanBuilder } from '../../plan/builder';
import type { TensorId } from '../../plan/tensor';
import type { PoolingKind } from './op';

function forward(builder: PlanBuilder, input: NodeId, id: NodeId, pooling: PoolingKind): void {
  const { rows, length } = builder.request;
  const { columns: hidden } = builder.sizeOf(id);
  const output = builder.output(id);
  builder.emit({ kind: 'pool', reads: { input: builder.dense(input), attentionMask: builder.inputs.attentionMask }, writes: { output }, rows, length, hidden, pooling });
  builder.setValue(id, { tensor: output, offset: 0, rowStride: hidden });
}

function backward(builder: PlanBuilder, input: NodeId, id: NodeId, dOutput: TensorId, pooling: PoolingKind): void {
  if (!builder.needsGradient(input)) return;
  const { rows, length } = builder.request;
  const { columns: hidden } = builder.sizeOf(id);
  const { tensor: dInput, accumulate } = builder.claimGradient(input);
  builder.emit({ kind: 'poolGradient', reads: { dOutput, attentionMask: builder.inputs.attentionMask }, writes: { dInput }, rows, length, hidden, pooling, accumulate });
}

export const firstTokenRule: OpRule<'firstToken'> = {
  forward: (builder, node, id) => forward(builder, node.input, id, 'firstToken'),
  backward: (builder, node, id, dOutput) => backward(builder, node.input, id, dOutput, 'firstToken'),
};

export const meanPoolRule: OpRule<'meanPool'> = {
  forward: (builder, node, id) => forward(builder, node.input, id, 'mean'),
  backward: (builder, node, id, dOutput) => backward(builder, node.input, id, dOutput, 'mean'),
};
