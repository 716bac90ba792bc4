/** From a graph and a bucket to a plan: forward, loss, backward in reverse order, then a place for everything. */
import { backwardNode, forwardNode, lossInstruction } from '../ops/rules';
import { PlanBuilder, type PlanRequest } from './builder';
import { placeActivations } from './arena';
import { fuseLinears } from './fusion';
import { layoutParameters } from './layout';
import type { ParameterLayout, Plan, PlanInputs, PlanLimits } from './plan';
import { aligned, elementsOf, RESULT_WORDS, SCALAR_WORDS, type PlanTensor } from './tensor';
import type { Graph } from '../graph/graph';

const BYTES = 4;

/** Where parameters lie for this graph: those that are used as one product side by side. */
export function layoutFor(graph: Graph, trained: ReadonlySet<string>, limits: PlanLimits): ParameterLayout {
  const groups = fuseLinears(graph, trained).flatMap(({ weights, biases }) => [weights, biases]);
  return layoutParameters(graph, trained, groups, limits);
}

/** Lays the inputs out one behind the other; ids of their tensors are 0, 1, 2 and so on. */
function planInputs({ graph, layout, purpose, rows, length }: PlanRequest, logits: readonly number[]): { tensors: PlanTensor[]; inputs: PlanInputs; elements: number } {
  const tensors: PlanTensor[] = [];
  let elements = 0;
  const input = (name: string, shape: readonly number[], dtype: 'f32' | 'i32' = 'i32'): number => {
    const id = tensors.push({ id: tensors.length, name, dtype, shape, region: 'inputs', buffer: 0, offset: elements }) - 1;
    elements += aligned(elementsOf(shape));
    return id;
  };
  const batch = [rows, length];
  const scalars = input('scalars', [SCALAR_WORDS]);
  const inputIds = input('input ids', batch);
  const attentionMask = input('attention mask', batch);
  const tokenTypeIds = input('token type ids', batch);
  const classes = graph.loss === 'softmaxCrossEntropy';
  const labels = purpose === 'predict' ? null : input(classes ? 'labels' : 'targets', classes ? logits.slice(0, -1) : logits, classes ? 'i32' : 'f32');
  const tableLearns = purpose === 'train' && (layout.slices.get(graph.wordTable) ?? []).some(({ region }) => region === 'parameters');
  const sorted = (name: string, count: number): number | null => (tableLearns ? input(name, [count]) : null);
  const order = sorted('order of tokens by id', rows * length);
  const segmentIds = sorted('ids that occur', rows * length);
  const segmentOffsets = sorted('segments of the order', rows * length + 1);
  return { tensors, inputs: { scalars, inputIds, attentionMask, tokenTypeIds, labels, order, segmentIds, segmentOffsets }, elements };
}

function emitBackward(builder: PlanBuilder): void {
  const { graph } = builder.request;
  if (!builder.needsGradient(graph.logits)) throw new Error('Nothing in this model learns.');
  const { rows, columns } = builder.sizeOf(graph.logits);
  const { tensor: dLogits } = builder.claimGradient(graph.logits);
  lossInstruction(builder, graph.loss, builder.dense(graph.logits), dLogits, rows, columns);
  for (let id = graph.nodes.length - 1; id >= 0; id--) {
    const dOutput = builder.gradient(id);
    if (dOutput !== null) backwardNode(builder, builder.node(id), id, dOutput);
  }
}

/** @throws Error where a tensor is larger than the device can bind */
export function compilePlan(request: PlanRequest, limits: PlanLimits): Plan {
  const { graph, purpose, rows, length, accumulate } = request;
  const logitsShape = (graph.shapes[graph.logits] ?? []).map((size) => (size === 'B' ? rows : size === 'S' ? length : size));
  const { tensors, inputs, elements } = planInputs(request, logitsShape);
  const results = tensors.push({ id: tensors.length, name: 'results', dtype: 'f32', shape: [RESULT_WORDS], region: 'results', buffer: 0, offset: 0 }) - 1;
  const builder = new PlanBuilder(request, inputs, tensors, results);
  graph.nodes.forEach((node, id) => forwardNode(builder, node, id));
  const forward = builder.instructions.length;
  if (builder.training) emitBackward(builder);
  const capacity = Math.floor(Math.min(limits.maxBindingBytes, limits.maxBufferBytes) / BYTES);
  const arena = placeActivations(builder.tensors, builder.instructions, capacity);
  return {
    purpose,
    rows,
    length,
    accumulate,
    tensors: builder.tensors,
    instructions: builder.instructions,
    forward,
    arena,
    inputs,
    inputElements: elements,
    resultElements: RESULT_WORDS + elementsOf(logitsShape),
    logits: builder.dense(graph.logits),
  };
}
