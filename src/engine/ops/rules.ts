/** The ops of the graph: which rule turns each into instructions. One line for every op. */
import type { GraphNode, LossKind, NodeId } from '../graph/graph';
import type { OpRule, PlanBuilder } from '../plan/builder';
import type { TensorId } from '../plan/tensor';
import { attentionRule } from './attention/rule';
import { dropoutRule } from './dropout/rule';
import { embeddingRule } from './embedding/rule';
import { linearRule } from './linear/rule';
import { firstTokenRule, meanPoolRule } from './pooling/rule';
import { residualNormRule } from './residual-norm/rule';

const rules: { [Op in GraphNode['op']]: OpRule<Op> } = {
  embedding: embeddingRule,
  linear: linearRule,
  attention: attentionRule,
  residualLayerNorm: residualNormRule,
  firstToken: firstTokenRule,
  meanPool: meanPoolRule,
  dropout: dropoutRule,
};

function ruleOf<Op extends GraphNode['op']>(op: Op): OpRule<Op> {
  return rules[op];
}

export function forwardNode<Op extends GraphNode['op']>(builder: PlanBuilder, node: Extract<GraphNode, { op: Op }>, id: NodeId): void {
  ruleOf(node.op as Op).forward(builder, node, id);
}

export function backwardNode<Op extends GraphNode['op']>(builder: PlanBuilder, node: Extract<GraphNode, { op: Op }>, id: NodeId, dOutput: TensorId): void {
  ruleOf(node.op as Op).backward(builder, node, id, dOutput);
}

/** Loss and gradient of the logits, in one instruction. */
export function lossInstruction(builder: PlanBuilder, loss: LossKind, logits: TensorId, dLogits: TensorId, rows: number, labels: number): void {
  const { scalars, labels: wanted } = builder.inputs;
  if (wanted === null) throw new Error('A plan that trains needs labels.');
  const writes = { dLogits, results: builder.results };
  if (loss === 'softmaxCrossEntropy') builder.emit({ kind: loss, reads: { logits, labels: wanted, scalars }, writes, rows, labels });
  else builder.emit({ kind: loss, reads: { logits, targets: wanted, scalars }, writes, rows, labels });
}
