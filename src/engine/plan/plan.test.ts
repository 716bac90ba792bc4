import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Graph } from '../graph/graph';
import { layoutFor } from './compile';
import { readsOf, writesOf } from './instruction';
import { UNLIMITED } from './memory';
import type { Plan } from './plan';
import { printLayout, printPlan, printUpdate } from './print';
import { aligned, ALIGNMENT, elementsOf } from './tensor';
import { allNames, graphOf, MINIMUM_LIMITS, planOf } from '../testing/planned';
import { planUpdate } from './update';

const bert = graphOf('parity/golden/tiny-bert', 5);
const distilbert = graphOf('parity/golden/tiny-distilbert', 5);
const minilm = graphOf('public/models/all-MiniLM-L6-v2', 6);

/** First and last instruction that touches each activation. */
function lives(plan: Plan): Map<number, { begin: number; end: number }> {
  const result = new Map<number, { begin: number; end: number }>();
  plan.instructions.forEach((instruction, index) => {
    for (const id of [...readsOf(instruction), ...writesOf(instruction)]) {
      if (plan.tensors[id]?.region !== 'activations') continue;
      const known = result.get(id);
      if (known) known.end = index;
      else result.set(id, { begin: index, end: index });
    }
  });
  return result;
}

function overlaps(plan: Plan): string[] {
  const all = [...lives(plan)].flatMap(([id, life]) => {
    const tensor = plan.tensors[id];
    return tensor ? [{ tensor, ...life, end: life.end, last: tensor.offset + elementsOf(tensor.shape) }] : [];
  });
  return all.flatMap((a, index) =>
    all.slice(index + 1).flatMap((b) => {
      const apart = a.tensor.buffer !== b.tensor.buffer || a.end < b.begin || b.end < a.begin || a.last <= b.tensor.offset || b.last <= a.tensor.offset;
      return apart ? [] : [`${a.tensor.name} and ${b.tensor.name}`];
    }),
  );
}

/** Tensors that are read before anything has written them. */
function readBeforeWritten(plan: Plan): string[] {
  const written = new Set<number>();
  const found: string[] = [];
  for (const instruction of plan.instructions) {
    for (const id of readsOf(instruction)) {
      const tensor = plan.tensors[id];
      if (tensor?.region === 'activations' && !written.has(id)) found.push(`${instruction.kind} reads ${tensor.name}`);
    }
    for (const id of writesOf(instruction)) written.add(id);
  }
  return found;
}

const kinds = (plan: Plan): string[] => plan.instructions.map(({ kind }) => kind);
const gradientNames = (plan: Plan): string[] => plan.tensors.filter(({ region }) => region === 'gradients').map(({ name }) => name);

describe('a plan', () => {
  it.each([
    ['tiny-bert', bert],
    ['tiny-distilbert', distilbert],
  ])('of %s is as recorded', async (name, graph) => {
    const layout = layoutFor(graph, allNames(graph), UNLIMITED);
    const text = [printLayout(layout), printPlan(planOf(graph, 2, 8)), printPlan(planOf(graph, 2, 8, { purpose: 'predict' })), printUpdate(planUpdate(layout))].join('\n');
    await expect(text).toMatchFileSnapshot(`./snapshots/${name}.txt`);
  });

  it.each([
    ['BERT', bert],
    ['DistilBERT', distilbert],
    ['MiniLM', minilm],
  ])('of %s shares memory only between tensors that do not live together', (_, graph) => {
    for (const purpose of ['train', 'predict'] as const) {
      const plan = planOf(graph, 3, 24, { purpose, limits: MINIMUM_LIMITS });
      expect(overlaps(plan)).toEqual([]);
      expect(readBeforeWritten(plan)).toEqual([]);
      for (const { offset } of plan.tensors.filter(({ region }) => region === 'activations')) expect(offset % ALIGNMENT).toBe(0);
    }
  });

  it('of MiniLM at 16 x 128 stays within 160 dispatches and 650 MB', () => {
    const plan = planOf(minilm, 16, 128, { limits: MINIMUM_LIMITS });
    const layout = layoutFor(minilm, allNames(minilm), MINIMUM_LIMITS);
    const update = planUpdate(layout);
    // Attention's gradient takes two dispatches; clearing is a command of its own.
    const dispatches = [...kinds(plan), ...update.instructions.map(({ kind }) => kind)].reduce((sum, kind) => sum + (kind === 'attentionGradient' ? 2 : kind === 'clear' ? 0 : 1), 0);
    expect(dispatches).toBeLessThanOrEqual(160);
    const elements = 4 * (layout.trained[0] ?? 0) + plan.arena.reduce((sum, size) => sum + size, 0);
    expect(elements * 4).toBeLessThan(650e6);
    expect(plan.inputElements * 4).toBeLessThan(100e3);
  });

  it('computes queries, keys and values as one product over adjacent weights', () => {
    const layout = layoutFor(bert, allNames(bert), UNLIMITED);
    const place = (name: string): number => layout.slices.get(`bert.encoder.layer.0.attention.self.${name}.weight`)?.[0]?.offset ?? NaN;
    const hidden = 32;
    expect(place('key') - place('query')).toBe(hidden * hidden);
    expect(place('value') - place('key')).toBe(hidden * hidden);
  });
});

describe('frozen parameters', () => {
  const head = new Set(bert.parameters.filter(({ part }) => part === 'head').map(({ name }) => name));

  it('get no gradient, no moments and no work', () => {
    const plan = planOf(bert, 2, 8, { trained: head });
    expect(gradientNames(plan).sort()).toEqual(['gradient of classifier.bias', 'gradient of classifier.weight']);
    expect(kinds(plan).filter((kind) => /Gradient$/.test(kind))).toEqual(['linearWeightGradient']);
    const layout = layoutFor(bert, head, UNLIMITED);
    expect(layout.trained).toEqual([aligned(5 * 32) + aligned(5)]);
  });

  it('below the lowest one that learns stop the backward pass', () => {
    const top = new Set(bert.parameters.filter(({ name, part }) => part !== 'encoder' || name.includes('layer.1.')).map(({ name }) => name));
    const plan = planOf(bert, 2, 8, { trained: top });
    expect(kinds(plan)).not.toContain('tableGradient');
    expect(kinds(plan).filter((kind) => kind === 'attentionGradient')).toHaveLength(1);
  });

  it('of which one is a query keep the product apart', () => {
    const trained = new Set([...allNames(bert)].filter((name) => !/layer\.0\.attention\.self\.query/.test(name)));
    const plan = planOf(bert, 2, 8, { trained });
    expect(gradientNames(plan)).toContain('gradient of bert.encoder.layer.0.attention.self.key.weight');
    expect(gradientNames(plan).join()).not.toContain('layer.0.attention.self.query');
    expect(readBeforeWritten(plan)).toEqual([]);
    expect(overlaps(plan)).toEqual([]);
  });
});

describe('a parameter that two nodes use', () => {
  function tied(): Graph {
    const builder = new GraphBuilder();
    const parameter = (name: string, shape: number[]) => builder.parameter({ name, shape, initializer: { kind: 'zeros' }, decay: shape.length > 1, part: 'encoder' });
    const layerNorm = { weight: parameter('norm.weight', [8]), bias: parameter('norm.bias', [8]), epsilon: 1e-12 };
    const embedding = builder.add({ op: 'embedding', wordTable: parameter('words', [10, 8]), positionTable: parameter('positions', [4, 8]), tokenTypeTable: null, layerNorm, dropout: 0 });
    const weight = parameter('dense.weight', [8, 8]);
    const bias = parameter('dense.bias', [8]);
    const first = builder.add({ op: 'linear', input: embedding, weight, bias, activation: 'gelu' });
    const second = builder.add({ op: 'linear', input: first, weight, bias, activation: 'none' });
    const pooled = builder.add({ op: 'meanPool', input: second });
    return builder.build(builder.add({ op: 'linear', input: pooled, weight: parameter('head.weight', [3, 8]), bias: parameter('head.bias', [3]), activation: 'none' }), 'softmaxCrossEntropy');
  }

  it('gets the sum of both gradients', () => {
    const plan = planOf(tied(), 2, 4);
    const written = plan.instructions.flatMap((instruction) =>
      instruction.kind === 'linearWeightGradient' && instruction.writes.dWeight !== null && plan.tensors[instruction.writes.dWeight]?.name === 'gradient of dense.weight' ? [instruction.accumulate] : [],
    );
    expect(written).toEqual([false, true]);
  });
});

describe('limits', () => {
  it('cut a table that is larger than a binding into slices of whole rows', () => {
    const limits = { maxBindingBytes: 64 * 1024, maxBufferBytes: 128 * 1024 };
    const layout = layoutFor(bert, allNames(bert), limits);
    const slices = layout.slices.get('bert.embeddings.word_embeddings.weight') ?? [];
    const [rows = 0, hidden = 0] = bert.parameters.find(({ name }) => name === bert.wordTable)?.shape ?? [];
    expect(slices.length).toBe(Math.ceil((rows * hidden * 4) / (64 * 1024)));
    expect(slices.reduce((sum, { elements }) => sum + elements, 0)).toBe(rows * hidden);
    for (const size of layout.trained) expect(size * 4).toBeLessThanOrEqual(64 * 1024);
    const plan = planOf(bert, 2, 8, { limits });
    expect(kinds(plan).filter((kind) => kind === 'gatherRows')).toHaveLength(slices.length);
    expect(kinds(plan).filter((kind) => kind === 'tableGradient')).toHaveLength(slices.length);
    expect(plan.arena.every((elements) => elements * 4 <= 64 * 1024)).toBe(true);
  });

  it('that a single activation breaks are reported', () => {
    expect(() => planOf(bert, 64, 64, { limits: { maxBindingBytes: 32 * 1024, maxBufferBytes: 32 * 1024 } })).toThrow(/larger than a buffer/);
  });
});
