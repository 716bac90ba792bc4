/** Which linear nodes are computed as one product: queries, keys and values of one input. */
import type { Graph, GraphNode, NodeId } from '../graph/graph';

type LinearNode = Extract<GraphNode, { op: 'linear' }>;

export interface FusedLinears {
  /** In the order their outputs lie side by side: query, key, value. */
  nodes: readonly NodeId[];
  weights: readonly string[];
  biases: readonly string[];
}

/** How many nodes read each node; the logits count as read once more. */
export function countConsumers(graph: Graph): number[] {
  const counts = graph.nodes.map(() => 0);
  for (const node of graph.nodes) for (const input of inputsOf(node)) counts[input] = (counts[input] ?? 0) + 1;
  counts[graph.logits] = (counts[graph.logits] ?? 0) + 1;
  return counts;
}

export function inputsOf(node: GraphNode): NodeId[] {
  switch (node.op) {
    case 'embedding':
      return [];
    case 'attention':
      return [node.query, node.key, node.value];
    case 'residualLayerNorm':
      return [node.input, node.residual];
    case 'linear':
    case 'firstToken':
    case 'meanPool':
    case 'dropout':
      return [node.input];
  }
}

export function parametersOf(node: GraphNode): string[] {
  switch (node.op) {
    case 'embedding':
      return [node.wordTable, node.positionTable, ...(node.tokenTypeTable === null ? [] : [node.tokenTypeTable]), node.layerNorm.weight, node.layerNorm.bias];
    case 'linear':
      return [node.weight, node.bias];
    case 'residualLayerNorm':
      return [node.layerNorm.weight, node.layerNorm.bias];
    case 'attention':
    case 'firstToken':
    case 'meanPool':
    case 'dropout':
      return [];
  }
}

/** Parameters that more than one node uses (tied tables): these cannot be moved beside others. */
function sharedParameters(graph: Graph): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const name of graph.nodes.flatMap(parametersOf)) (seen.has(name) ? shared : seen).add(name);
  return shared;
}

/** Three linears of one input, without activation, read by this attention alone, whose parameters all learn or are all frozen. */
export function fuseLinears(graph: Graph, trained: ReadonlySet<string>): FusedLinears[] {
  const consumers = countConsumers(graph);
  const shared = sharedParameters(graph);
  const alike = (names: readonly string[]): boolean => new Set(names.map((name) => trained.has(name))).size === 1 && !names.some((name) => shared.has(name));
  return graph.nodes.flatMap((node) => {
    if (node.op !== 'attention') return [];
    const nodes = [node.query, node.key, node.value];
    const linears = nodes.flatMap((id) => {
      const linear = graph.nodes[id];
      return linear?.op === 'linear' && linear.activation === 'none' && consumers[id] === 1 ? [linear as LinearNode] : [];
    });
    const weights = linears.map(({ weight }) => weight);
    const biases = linears.map(({ bias }) => bias);
    const oneInput = new Set(linears.map(({ input }) => input)).size === 1;
    const ordered = nodes.every((id, index) => index === 0 || id > (nodes[index - 1] ?? Infinity));
    return linears.length === 3 && oneInput && ordered && alike(weights) && alike(biases) ? [{ nodes, weights, biases }] : [];
  });
}
