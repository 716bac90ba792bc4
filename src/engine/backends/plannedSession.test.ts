import { describe, expect, it } from 'vitest';
import { allNames, graphOf } from '../testing/planned';
import type { Tensor } from '../backend';
import { ReferenceExecutor } from './reference/executor';
import { PlannedSession } from './plannedSession';

const graph = graphOf('parity/golden/tiny-bert', 5);

function open(): PlannedSession {
  const parameters = new Map<string, Tensor>(graph.parameters.map(({ name, shape }) => [name, { shape: [...shape], data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.01) }]));
  return new PlannedSession(new ReferenceExecutor(), { graph, parameters, trained: allNames(graph) });
}

describe('a planned session', () => {
  it('keeps nothing of what its calls have given', async () => {
    const { gc } = globalThis;
    if (!gc) throw new Error('Tests run with --expose-gc (vitest.config.ts).');
    const session = open();
    const given = await (async () => new WeakRef(await session.readParameters()))();
    for (let call = 0; call < 3; call++) await session.readOptimizer();
    // What a finished promise holds goes in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
    gc();
    expect(given.deref()).toBeUndefined();
    session.dispose();
  });

  it('runs calls in their order, whether they are waited for or not', async () => {
    const session = open();
    const [name = ''] = [...allNames(graph)];
    const size = (await session.readParameters()).get(name)?.data.length ?? 0;
    session.writeParameters(new Map([[name, { shape: [size], data: new Float32Array(size).fill(1) }]]));
    const first = session.readParameters();
    session.writeParameters(new Map([[name, { shape: [size], data: new Float32Array(size).fill(2) }]]));
    const second = session.readParameters();
    expect((await first).get(name)?.data[0]).toBe(1);
    expect((await second).get(name)?.data[0]).toBe(2);
    session.dispose();
  });

  it('refuses calls after it is closed, instead of waiting for ever', async () => {
    const session = open();
    session.dispose();
    await expect(session.readParameters()).rejects.toThrow();
  });
});
