/** How a linear node, or three that are one product, becomes instructions, and its gradients. */
import type { GraphNode, NodeId } from '../../graph/graph';
import type { OpRule, PlanBuilder } from '../../plan/builder';
import type { TensorId } from '../../plan/tensor';

type LinearNode = Extract<GraphNode, { op: 'linear' }>;

/** One product: the nodes it computes, side by side in one tensor. */
interface Product {
  nodes: readonly NodeId[];
  weights: readonly string[];
  biases: readonly string[];
}

function productOf(builder: PlanBuilder, node: LinearNode, id: NodeId): Product {
  return builder.fused.get(id) ?? { nodes: [id], weights: [node.weight], biases: [node.bias] };
}

function sizes(builder: PlanBuilder, product: Product, input: NodeId): { rows: number; outputs: number; inputs: number } {
  const outputs = product.nodes.reduce((sum, id) => sum + builder.sizeOf(id).columns, 0);
  const { rows, columns: inputs } = builder.sizeOf(input);
  return { rows, outputs, inputs };
}

function weightGradients(builder: PlanBuilder, product: Product, dOutput: TensorId, input: NodeId): void {
  const size = sizes(builder, product, input);
  const weight = builder.claimParameter(product.weights, [size.outputs, size.inputs]);
  const bias = builder.claimParameter(product.biases, [size.outputs]);
  if (!weight && !bias) return;
  const reads = { dOutput, input: builder.denseAgain(input) };
  const emit = (dWeight: TensorId | null, dBias: TensorId | null, accumulate: boolean): void =>
    builder.emit({ kind: 'linearWeightGradient', reads, writes: { dWeight, dBias }, ...size, accumulate });
  if (!weight || !bias || weight.accumulate === bias.accumulate) {
    emit(weight?.tensor ?? null, bias?.tensor ?? null, (weight ?? bias)?.accumulate ?? false);
    return;
  }
  emit(weight.tensor, null, weight.accumulate);
  emit(null, bias.tensor, bias.accumulate);
}

function inputGradient(builder: PlanBuilder, product: Product, dOutput: TensorId, input: NodeId): void {
  if (!builder.needsGradient(input)) return;
  const size = sizes(builder, product, input);
  const below = builder.node(input);
  const preActivation = below.op === 'linear' && builder.consumers[input] === 1 ? builder.activationInput(input) : null;
  const { tensor: dInput, accumulate } = builder.claimGradient(input);
  builder.emit({
    kind: 'linearInputGradient',
    reads: { dOutput, weight: builder.parameter(product.weights, [size.outputs, size.inputs]), preActivation },
    writes: { dInput },
    ...size,
    activation: preActivation !== null && below.op === 'linear' ? below.activation : 'none',
    accumulate,
  });
  if (preActivation !== null) builder.markBeforeActivation(input);
}

export const linearRule: OpRule<'linear'> = {
  forward(builder, node, id) {
    const product = productOf(builder, node, id);
    // The whole product is computed where its first node stands.
    if (product.nodes[0] !== id) return;
    const size = sizes(builder, product, node.input);
    const output = product.nodes.length === 1 ? builder.output(id) : builder.tensor(`nodes ${product.nodes.join(', ')} linear`, [size.rows, size.outputs]);
    const keeps = builder.training && node.activation !== 'none' && builder.needsGradient(id);
    const preActivation = keeps ? builder.tensor(`node ${id} before ${node.activation}`, [size.rows, size.outputs]) : null;
    builder.emit({
      kind: 'linear',
      reads: {
        input: builder.dense(node.input),
        weight: builder.parameter(product.weights, [size.outputs, size.inputs]),
        bias: builder.parameter(product.biases, [size.outputs]),
      },
      writes: { output, preActivation },
      ...size,
      activation: node.activation,
    });
    if (preActivation !== null) builder.setActivationInput(id, preActivation);
    let offset = 0;
    for (const member of product.nodes) {
      builder.setValue(member, { tensor: output, offset, rowStride: size.outputs });
      offset += builder.sizeOf(member).columns;
    }
  },

  backward(builder, node, id, dOutput) {
    const product = productOf(builder, node, id);
    // Backwards the first node comes last: by then attention has filled the columns of all.
    if (product.nodes[0] !== id) return;
    if (node.activation !== 'none' && !builder.isBeforeActivation(id)) {
      const { rows, columns } = builder.sizeOf(id);
      const input = builder.activationInput(id);
      if (input === null) throw new Error(`Node ${id} kept nothing of its activation.`);
      builder.emit({ kind: 'activationGradient', reads: { dOutput, input }, writes: { dInput: dOutput }, elements: rows * columns, activation: node.activation });
    }
    weightGradients(builder, product, dOutput, node.input);
    inputGradient(builder, product, dOutput, node.input);
  },
};
