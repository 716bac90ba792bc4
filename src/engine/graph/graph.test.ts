import { describe, expect, it } from 'vitest';
import { GraphBuilder, type NodeId } from './graph';

const HIDDEN = 8;

/** A builder that knows parameters of several shapes, and has an embedding [B, S, 8] as node 0. */
function begun(): { builder: GraphBuilder; hidden: NodeId } {
  const builder = new GraphBuilder();
  const shapes: Record<string, number[]> = {
    words: [20, HIDDEN], positions: [16, HIDDEN], types: [2, HIDDEN], narrow: [16, 6],
    scale: [HIDDEN], shift: [HIDDEN], short: [6],
    weight: [12, HIDDEN], bias: [12], square: [HIDDEN, HIDDEN], classifier: [3, HIDDEN], classifierBias: [3],
  };
  for (const [name, shape] of Object.entries(shapes)) {
    builder.parameter({ name, shape, initializer: { kind: 'zeros' }, decay: true, part: 'encoder' });
  }
  const hidden = builder.add({ op: 'embedding', wordTable: 'words', positionTable: 'positions', tokenTypeTable: 'types', layerNorm, dropout: 0.1 });
  return { builder, hidden };
}

const layerNorm = { weight: 'scale', bias: 'shift', epsilon: 1e-12 };

describe('GraphBuilder', () => {
  it('gives every node its shape', () => {
    const { builder, hidden } = begun();
    const wide = builder.add({ op: 'linear', input: hidden, weight: 'weight', bias: 'bias', activation: 'gelu' });
    const attended = builder.add({ op: 'attention', query: hidden, key: hidden, value: hidden, heads: 4, dropout: 0 });
    const normalized = builder.add({ op: 'residualLayerNorm', input: attended, residual: hidden, layerNorm, dropout: 0 });
    const first = builder.add({ op: 'firstToken', input: normalized });
    const dropped = builder.add({ op: 'dropout', input: first, probability: 0.5 });
    const logits = builder.add({ op: 'linear', input: dropped, weight: 'classifier', bias: 'classifierBias', activation: 'none' });
    const graph = builder.build(logits, 'softmaxCrossEntropy');
    expect(graph.shapes).toEqual([['B', 'S', 8], ['B', 'S', 12], ['B', 'S', 8], ['B', 'S', 8], ['B', 8], ['B', 8], ['B', 3]]);
    expect([hidden, wide, logits]).toEqual([0, 1, 6]);
    expect(graph).toMatchObject({ logits: 6, loss: 'softmaxCrossEntropy', wordTable: 'words' });
    expect(graph.parameters).toHaveLength(12);
  });

  it('takes an embedding without token types', () => {
    const { builder } = begun();
    expect(builder.add({ op: 'embedding', wordTable: 'words', positionTable: 'positions', tokenTypeTable: null, layerNorm, dropout: 0 })).toBe(1);
  });
});

describe('GraphBuilder refuses', () => {
  it('a parameter that is described twice', () => {
    const { builder } = begun();
    expect(() => builder.parameter({ name: 'bias', shape: [12], initializer: { kind: 'zeros' }, decay: false, part: 'head' })).toThrow('bias is described twice');
  });

  it('a parameter that is not described, or of another rank', () => {
    const { builder, hidden } = begun();
    expect(() => builder.add({ op: 'linear', input: hidden, weight: 'nothing', bias: 'bias', activation: 'none' })).toThrow('nothing is not described');
    expect(() => builder.add({ op: 'linear', input: hidden, weight: 'scale', bias: 'bias', activation: 'none' })).toThrow('scale must have 2 dimensions');
    expect(() => builder.add({ op: 'linear', input: hidden, weight: 'weight', bias: 'square', activation: 'none' })).toThrow('square must have 1 dimensions');
  });

  it('a node that does not exist yet', () => {
    const { builder } = begun();
    expect(() => builder.add({ op: 'dropout', input: 1, probability: 0 })).toThrow('Node 1 is not defined');
    expect(() => builder.build(7, 'softmaxCrossEntropy')).toThrow('Node 7 is not defined');
  });

  it('tables of different widths, and a LayerNorm of another size', () => {
    const { builder } = begun();
    const embedding = { op: 'embedding', wordTable: 'words', positionTable: 'positions', tokenTypeTable: 'types', layerNorm, dropout: 0 } as const;
    expect(() => builder.add({ ...embedding, positionTable: 'narrow' })).toThrow('narrow is not 8 wide');
    expect(() => builder.add({ ...embedding, tokenTypeTable: 'narrow' })).toThrow('narrow is not 8 wide');
    expect(() => builder.add({ ...embedding, layerNorm: { ...layerNorm, weight: 'short' } })).toThrow('short has 6 values where 8 are needed');
    expect(() => builder.add({ ...embedding, layerNorm: { ...layerNorm, bias: 'short' } })).toThrow('short has 6 values where 8 are needed');
  });

  it('a dense layer that does not fit its input, or its bias', () => {
    const { builder, hidden } = begun();
    const wide = builder.add({ op: 'linear', input: hidden, weight: 'weight', bias: 'bias', activation: 'none' });
    expect(() => builder.add({ op: 'linear', input: wide, weight: 'weight', bias: 'bias', activation: 'none' })).toThrow('weight does not fit an input of [B, S, 12]');
    expect(() => builder.add({ op: 'linear', input: hidden, weight: 'weight', bias: 'scale', activation: 'none' })).toThrow('scale has 8 values where 12 are needed');
  });

  it('attention over different shapes, over heads that do not divide, and over [B, H]', () => {
    const { builder, hidden } = begun();
    const wide = builder.add({ op: 'linear', input: hidden, weight: 'weight', bias: 'bias', activation: 'none' });
    const first = builder.add({ op: 'firstToken', input: hidden });
    const attention = { op: 'attention', query: hidden, key: hidden, value: hidden, heads: 2, dropout: 0 } as const;
    expect(() => builder.add({ ...attention, key: wide })).toThrow('must have one shape');
    expect(() => builder.add({ ...attention, value: wide })).toThrow('must have one shape');
    expect(() => builder.add({ ...attention, heads: 3 })).toThrow('cannot be cut into 3 heads');
    expect(() => builder.add({ ...attention, heads: 0 })).toThrow('cannot be cut into 0 heads');
    expect(() => builder.add({ ...attention, query: first, key: first, value: first })).toThrow('cannot be cut into 2 heads');
  });

  it('a residual of another shape, and a LayerNorm of another size', () => {
    const { builder, hidden } = begun();
    const wide = builder.add({ op: 'linear', input: hidden, weight: 'weight', bias: 'bias', activation: 'none' });
    expect(() => builder.add({ op: 'residualLayerNorm', input: hidden, residual: wide, layerNorm, dropout: 0 })).toThrow('must have one shape');
    expect(() => builder.add({ op: 'residualLayerNorm', input: wide, residual: wide, layerNorm, dropout: 0 })).toThrow('scale has 8 values where 12 are needed');
  });

  it('the first token of what has no tokens', () => {
    const { builder, hidden } = begun();
    const first = builder.add({ op: 'firstToken', input: hidden });
    expect(() => builder.add({ op: 'firstToken', input: first })).toThrow('can be pooled');
  });

  it('logits that are not [B, L] or [B, S, L], a row loss over tokens, and a graph without an embedding', () => {
    const { builder, hidden } = begun();
    expect(builder.build(hidden, 'softmaxCrossEntropy').logits).toBe(hidden);
    expect(() => builder.build(hidden, 'meanSquaredError')).toThrow('meanSquaredError compares whole rows, not [B, S, 8]');
    expect(() => new GraphBuilder().build(0, 'softmaxCrossEntropy')).toThrow('Node 0 is not defined');
  });
});
