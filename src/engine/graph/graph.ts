/**
 * The language in which `models` describe what is computed: a list of fused ops over named parameters.
 * Pure data. Backends interpret or compile it; nothing here touches a device.
 *
 * Shapes are written with B = rows in the batch, S = length in tokens, H = hidden size, L = number of labels.
 */

/** A size is a number, or one of the two that change from batch to batch. */
export type Dimension = 'B' | 'S' | number;
export type Shape = readonly Dimension[];

/** Index of a node in `Graph.nodes`; a node only refers to nodes before it. */
export type NodeId = number;

export type Activation = 'none' | 'gelu' | 'gelu_new' | 'relu' | 'tanh';

export interface LayerNormParameters {
  weight: string;
  bias: string;
  epsilon: number;
}

export type GraphNode =
  /** dropout(LayerNorm(word[id] + position[s] + tokenType[t])) : [B, S, H] */
  | {
      op: 'embedding';
      wordTable: string;
      positionTable: string;
      tokenTypeTable: string | null;
      layerNorm: LayerNormParameters;
      dropout: number;
    }
  /** activation(x Wᵀ + b), W as [out, in] : [..., in] -> [..., out] */
  | { op: 'linear'; input: NodeId; weight: string; bias: string; activation: Activation }
  /** softmax(Q Kᵀ / sqrt(head size) + mask) V, dropout on the probabilities : three of [B, S, H] -> [B, S, H] */
  | { op: 'attention'; query: NodeId; key: NodeId; value: NodeId; heads: number; dropout: number }
  /** LayerNorm(residual + dropout(x)) : [B, S, H] */
  | { op: 'residualLayerNorm'; input: NodeId; residual: NodeId; layerNorm: LayerNormParameters; dropout: number }
  /** First token of each row : [B, S, H] -> [B, H] */
  | { op: 'firstToken'; input: NodeId }
  /** Mean over the tokens of each row that are not padding : [B, S, H] -> [B, H] */
  | { op: 'meanPool'; input: NodeId }
  | { op: 'dropout'; input: NodeId; probability: number };

export type LossKind = 'softmaxCrossEntropy' | 'binaryCrossEntropy' | 'meanSquaredError';

export interface ParameterSpec {
  /** As Hugging Face writes it. */
  name: string;
  shape: readonly number[];
  /** How a new one is made: only ever used for a head. */
  initializer: { kind: 'normal'; standardDeviation: number } | { kind: 'zeros' } | { kind: 'ones' };
  /** Weight decay applies: false for biases and LayerNorm, as in `Trainer.get_decay_parameter_names`. */
  decay: boolean;
  /** `head` parameters may be missing from a base model and are then initialised. */
  part: 'encoder' | 'pooler' | 'head';
}

export interface Graph {
  parameters: readonly ParameterSpec[];
  nodes: readonly GraphNode[];
  shapes: readonly Shape[];
  /** [B, L], or [B, S, L] where every token has a label. */
  logits: NodeId;
  loss: LossKind;
  /** Name of the table that token ids index. */
  wordTable: string;
}

/** Collects nodes and checks each against its shape rule, so a wrong model fails when described, not when run. */
export class GraphBuilder {
  private readonly parameters = new Map<string, ParameterSpec>();
  private readonly nodes: GraphNode[] = [];
  private readonly shapes: Shape[] = [];

  parameter(spec: ParameterSpec): string {
    if (this.parameters.has(spec.name)) throw new Error(`Parameter ${spec.name} is described twice.`);
    this.parameters.set(spec.name, spec);
    return spec.name;
  }

  add(node: GraphNode): NodeId {
    this.shapes.push(this.shapeOf(node));
    return this.nodes.push(node) - 1;
  }

  build(logits: NodeId, loss: LossKind): Graph {
    const shape = this.shape(logits);
    if (shape.length < 2 || shape.length > 3 || shape[0] !== 'B') throw new Error(`Logits must be [B, L] or [B, S, L], not [${shape.join(', ')}].`);
    if (shape.length === 3 && loss !== 'softmaxCrossEntropy') throw new Error(`${loss} compares whole rows, not [${shape.join(', ')}].`);
    const embedding = this.nodes.find((node) => node.op === 'embedding');
    if (!embedding) throw new Error('A graph needs an embedding.');
    return {
      parameters: [...this.parameters.values()],
      nodes: this.nodes,
      shapes: this.shapes,
      logits,
      loss,
      wordTable: embedding.wordTable,
    };
  }

  private shape(node: NodeId): Shape {
    const shape = this.shapes[node];
    if (!shape) throw new Error(`Node ${node} is not defined yet.`);
    return shape;
  }

  private parameterShape(name: string, rank: number): readonly number[] {
    const spec = this.parameters.get(name);
    if (!spec) throw new Error(`Parameter ${name} is not described.`);
    if (spec.shape.length !== rank) throw new Error(`Parameter ${name} must have ${rank} dimensions.`);
    return spec.shape;
  }

  private checkVector(name: string, size: Dimension | undefined): void {
    const [length] = this.parameterShape(name, 1);
    if (length !== size) throw new Error(`Parameter ${name} has ${length} values where ${size} are needed.`);
  }

  private shapeOf(node: GraphNode): Shape {
    switch (node.op) {
      case 'embedding': {
        const hidden = this.parameterShape(node.wordTable, 2)[1] ?? 0;
        for (const table of [node.positionTable, node.tokenTypeTable]) {
          if (table !== null && this.parameterShape(table, 2)[1] !== hidden) throw new Error(`${table} is not ${hidden} wide.`);
        }
        this.checkVector(node.layerNorm.weight, hidden);
        this.checkVector(node.layerNorm.bias, hidden);
        return ['B', 'S', hidden];
      }
      case 'linear': {
        const input = this.shape(node.input);
        const [output, inner] = this.parameterShape(node.weight, 2);
        if (input.at(-1) !== inner || output === undefined) throw new Error(`${node.weight} does not fit an input of [${input.join(', ')}].`);
        this.checkVector(node.bias, output);
        return [...input.slice(0, -1), output];
      }
      case 'attention': {
        const shape = this.shape(node.query);
        for (const other of [node.key, node.value]) {
          if (this.shape(other).join() !== shape.join()) throw new Error('Query, key and value must have one shape.');
        }
        const hidden = shape[2];
        if (shape.length !== 3 || typeof hidden !== 'number' || hidden % node.heads !== 0) {
          throw new Error(`[${shape.join(', ')}] cannot be cut into ${node.heads} heads.`);
        }
        return shape;
      }
      case 'residualLayerNorm': {
        const shape = this.shape(node.input);
        if (this.shape(node.residual).join() !== shape.join()) throw new Error('Input and residual must have one shape.');
        this.checkVector(node.layerNorm.weight, shape.at(-1));
        this.checkVector(node.layerNorm.bias, shape.at(-1));
        return shape;
      }
      case 'firstToken':
      case 'meanPool': {
        const [batch, , hidden] = this.shape(node.input);
        if (batch === undefined || hidden === undefined) throw new Error('Only [B, S, H] can be pooled.');
        return [batch, hidden];
      }
      case 'dropout':
        return this.shape(node.input);
    }
  }
}
