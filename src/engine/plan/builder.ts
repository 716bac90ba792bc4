/**
 * Collects a plan's tensors and instructions, and keeps the books of the gradients: which exist, which get added to.
 * The rules of each op (ops/<op>/rule.ts) write through it; `compile.ts` decides their order.
 */
import type { Graph, GraphNode, NodeId } from '../graph/graph';
import { countConsumers, fuseLinears, inputsOf, parametersOf, type FusedLinears } from './fusion';
import type { Instruction } from './instruction';
import type { ParameterLayout, ParameterSlice, PlanInputs } from './plan';
import { aligned, elementsOf, type DropoutSpec, type PlanTensor, type Region, type TensorId } from './tensor';

export interface PlanRequest {
  graph: Graph;
  layout: ParameterLayout;
  trained: ReadonlySet<string>;
  purpose: 'train' | 'predict';
  rows: number;
  length: number;
  accumulate: boolean;
}

/** A node's output: the columns `offset`.. of each row of a tensor whose rows are `rowStride` apart. */
export interface Value {
  tensor: TensorId;
  offset: number;
  rowStride: number;
}

/** Where a gradient goes: written, or added to what other uses of the same value have put there. */
export interface Claim {
  tensor: TensorId;
  accumulate: boolean;
}

/** Sums and statistics of a LayerNorm; context and log sums of an attention. */
interface Saved {
  sum: TensorId;
  statistics: TensorId;
}

export class PlanBuilder {
  readonly tensors: PlanTensor[] = [];
  readonly instructions: Instruction[] = [];
  readonly consumers: readonly number[];
  readonly tokens: number;
  /** By the id of each member. */
  readonly fused: ReadonlyMap<NodeId, FusedLinears>;
  private readonly values = new Map<NodeId, Value>();
  private readonly activationInputs = new Map<NodeId, TensorId>();
  private readonly saved = new Map<NodeId, Saved>();
  private readonly recomputed = new Map<NodeId, TensorId>();
  private readonly gradients = new Map<NodeId, TensorId>();
  private readonly beforeActivation = new Set<NodeId>();
  private readonly parameterIds = new Map<string, TensorId>();
  private readonly written = new Set<string>();
  private readonly needed: readonly boolean[];

  constructor(
    readonly request: PlanRequest,
    readonly inputs: PlanInputs,
    inputTensors: readonly PlanTensor[],
    readonly results: TensorId,
  ) {
    const { graph, trained } = request;
    this.tensors.push(...inputTensors);
    this.tokens = request.rows * request.length;
    this.consumers = countConsumers(graph);
    this.fused = new Map(fuseLinears(graph, trained).flatMap((group) => group.nodes.map((id) => [id, group] as const)));
    const needed: boolean[] = [];
    for (const node of graph.nodes) needed.push(parametersOf(node).some((name) => trained.has(name)) || inputsOf(node).some((input) => needed[input]));
    this.needed = needed;
  }

  get training(): boolean {
    return this.request.purpose === 'train';
  }

  tensor(name: string, shape: readonly number[], region: Region = 'activations', place = { buffer: 0, offset: 0 }, dtype: 'f32' | 'i32' = 'f32'): TensorId {
    return this.tensors.push({ id: this.tensors.length, name, dtype, shape, region, ...place }) - 1;
  }

  emit(instruction: Instruction): void {
    this.instructions.push(instruction);
  }

  node(id: NodeId): GraphNode {
    const node = this.request.graph.nodes[id];
    if (!node) throw new Error(`Node ${id} does not exist.`);
    return node;
  }

  /** Rows and columns of a node's output, all leading dimensions taken together. */
  sizeOf(id: NodeId): { rows: number; columns: number } {
    const sizes = (this.request.graph.shapes[id] ?? []).map((size) => (size === 'B' ? this.request.rows : size === 'S' ? this.request.length : size));
    const columns = sizes.at(-1) ?? 0;
    return { rows: elementsOf(sizes.slice(0, -1)), columns };
  }

  dropout(probability: number, node: NodeId, elementsPerRow: number): DropoutSpec | null {
    return this.training && probability > 0 ? { probability, node, elementsPerRow } : null;
  }

  /** Where a node's output goes: the logits straight to what is read back. */
  output(id: NodeId): TensorId {
    const { rows, columns } = this.sizeOf(id);
    const { graph } = this.request;
    if (id !== graph.logits) return this.tensor(`node ${id} ${this.node(id).op}`, [rows, columns]);
    return this.tensor('logits', [rows, columns], 'results', { buffer: 0, offset: aligned(1) });
  }

  setValue(id: NodeId, value: Value): void {
    this.values.set(id, value);
  }

  value(id: NodeId): Value {
    const value = this.values.get(id);
    if (!value) throw new Error(`Node ${id} has no value yet.`);
    return value;
  }

  /** A value that fills a tensor of its own. */
  dense(id: NodeId): TensorId {
    const { tensor, offset, rowStride } = this.value(id);
    if (offset !== 0 || rowStride !== this.sizeOf(id).columns) throw new Error(`Node ${id} is part of a wider tensor.`);
    return tensor;
  }

  /** Keeps what went into a node's activation, so that its output need not be kept. */
  setActivationInput(id: NodeId, tensor: TensorId): void {
    this.activationInputs.set(id, tensor);
  }

  activationInput(id: NodeId): TensorId | null {
    return this.activationInputs.get(id) ?? null;
  }

  /** A node's output for use in the backward pass: computed again where it came out of an activation. */
  denseAgain(id: NodeId): TensorId {
    const node = this.node(id);
    const input = this.activationInputs.get(id);
    if (node.op !== 'linear' || input === undefined) return this.dense(id);
    const known = this.recomputed.get(id);
    if (known !== undefined) return known;
    const { rows, columns } = this.sizeOf(id);
    const output = this.tensor(`node ${id} ${node.op} again`, [rows, columns]);
    this.emit({ kind: 'applyActivation', reads: { input }, writes: { output }, elements: rows * columns, activation: node.activation });
    this.recomputed.set(id, output);
    return output;
  }

  /** What a node's backward pass needs of its forward pass beside its output. */
  keep(id: NodeId, saved: Saved): void {
    this.saved.set(id, saved);
  }

  kept(id: NodeId): Saved {
    const saved = this.saved.get(id);
    if (!saved) throw new Error(`Node ${id} kept nothing.`);
    return saved;
  }

  slices(name: string): readonly ParameterSlice[] {
    const slices = this.request.layout.slices.get(name);
    if (!slices) throw new Error(`Parameter ${name} has no place.`);
    return slices;
  }

  /** A parameter, or several that lie side by side, as one tensor. */
  parameter(names: string | readonly string[], shape: readonly number[]): TensorId {
    const list = typeof names === 'string' ? [names] : names;
    const [first] = this.slices(list[0] ?? '');
    if (!first) throw new Error(`Parameter ${list.join(' + ')} has no place.`);
    return this.sliceTensor(list.join(' + '), first, shape, first.region);
  }

  /** @returns null where the parameter does not learn */
  claimParameter(names: string | readonly string[], shape: readonly number[]): Claim | null {
    const list = typeof names === 'string' ? [names] : names;
    const [first] = this.slices(list[0] ?? '');
    if (!first || first.region === 'frozen') return null;
    return this.claimSlice(list.join(' + '), first, shape);
  }

  sliceTensor(name: string, slice: ParameterSlice, shape: readonly number[], region: Region): TensorId {
    const key = `${region} ${name} ${slice.first}`;
    const known = this.parameterIds.get(key);
    if (known !== undefined) return known;
    const label = region === 'gradients' ? `gradient of ${name}` : name;
    const id = this.tensor(slice.first > 0 ? `${label} from ${slice.first}` : label, shape, region, { buffer: slice.buffer, offset: slice.offset });
    this.parameterIds.set(key, id);
    return id;
  }

  claimSlice(name: string, slice: ParameterSlice, shape: readonly number[]): Claim {
    const key = `${name} ${slice.first}`;
    const accumulate = this.request.accumulate || this.written.has(key);
    this.written.add(key);
    return { tensor: this.sliceTensor(name, slice, shape, 'gradients'), accumulate };
  }

  needsGradient(id: NodeId): boolean {
    return this.needed[id] ?? false;
  }

  gradient(id: NodeId): TensorId | null {
    return this.gradients.get(id) ?? null;
  }

  /** Makes an existing tensor the gradient of a node that has none yet (in place of a copy). */
  adoptGradient(id: NodeId, tensor: TensorId): void {
    this.gradients.set(id, tensor);
  }

  claimGradient(id: NodeId): Claim {
    const known = this.gradients.get(id);
    if (known !== undefined) return { tensor: known, accumulate: true };
    const { rows, columns } = this.sizeOf(id);
    const tensor = this.tensor(`gradient of node ${id}`, [rows, columns]);
    this.gradients.set(id, tensor);
    return { tensor, accumulate: false };
  }

  /** For ops that can only write a gradient: `write` fills a tensor, which is then added if there was one already. */
  writeGradient(id: NodeId, write: (tensor: TensorId) => void): void {
    const { tensor, accumulate } = this.claimGradient(id);
    if (!accumulate) return write(tensor);
    const { rows, columns } = this.sizeOf(id);
    const share = this.tensor(`share of the gradient of node ${id}`, [rows, columns]);
    write(share);
    this.add(share, tensor, rows * columns, true);
  }

  /** output (+)= input. Dropout with probability 0 is a copy. */
  add(input: TensorId, output: TensorId, elements: number, accumulate: boolean): void {
    const dropout = { probability: 0, node: 0, elementsPerRow: elements };
    this.emit({ kind: 'applyDropout', reads: { input, scalars: this.inputs.scalars }, writes: { output }, elements, dropout, accumulate });
  }

  /** Notes that a linear node's gradient is already that of the value before its activation. */
  markBeforeActivation(id: NodeId): void {
    this.beforeActivation.add(id);
  }

  isBeforeActivation(id: NodeId): boolean {
    return this.beforeActivation.has(id);
  }
}

/** How a node of the graph becomes instructions. `backward` is called once the gradient of its output is complete. */
export interface OpRule<Op extends GraphNode['op']> {
  forward(builder: PlanBuilder, node: Extract<GraphNode, { op: Op }>, id: NodeId): void;
  backward(builder: PlanBuilder, node: Extract<GraphNode, { op: Op }>, id: NodeId, dOutput: TensorId): void;
}
