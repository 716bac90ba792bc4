/** parity/shared_dropout.py puts the engine's masks into a model of transformers by these places in the graph. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../engine';
import { bert } from '.';

const { nodes } = JSON.parse(readFileSync('parity/golden/dropout.json', 'utf8')) as { nodes: Record<'sequence' | 'token', Record<string, number>> };
const config = JSON.parse(readFileSync('public/models/all-MiniLM-L6-v2/config.json', 'utf8')) as unknown;

/** Places that drop something, in order. */
function droppingNodes(graph: Graph): number[] {
  return graph.nodes.flatMap((node, id) => {
    const probability = node.op === 'dropout' ? node.probability : 'dropout' in node ? node.dropout : 0;
    return probability > 0 ? [id] : [];
  });
}

describe('nodes with dropout are where the reference runs expect them (parity/golden/dropout.json)', () => {
  const model = bert.describe(config, 'config.json');

  it('for whole texts', () => {
    expect(droppingNodes(model.sequenceClassificationGraph(6))).toEqual(Object.values(nodes.sequence));
  });

  it('for a tag a word', () => {
    expect(droppingNodes(model.tokenClassificationGraph(9))).toEqual(Object.values(nodes.token));
  });
});
