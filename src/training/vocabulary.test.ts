import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Backend, type Batch, type Tensor } from '../engine';
import { startTfjs } from '../engine/backends/tfjs/devices';
import { largestDifference, toBatch, type GoldenCase } from '../engine/testing/golden';
import { readTinyCase } from '../engine/testing/goldenFiles';
import { UsedVocabulary } from './vocabulary';

const table: Tensor = { shape: [6, 2], data: Float32Array.of(0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51) };
const row = (...inputIds: number[]) => ({ inputIds: Int32Array.from(inputIds) });

describe('UsedVocabulary', () => {
  const vocabulary = new UsedVocabulary([row(4, 1, 4), row(1)], [0]);

  it('keeps the used ids and the special ones, each once', () => {
    expect(vocabulary.size).toBe(3);
    expect(vocabulary.translate(Int32Array.of(4, 0, 1, 4))).toEqual(Int32Array.of(2, 0, 1, 2));
    expect(new UsedVocabulary([row(0)], [0]).size).toBe(1);
  });

  it('gives each id its own row of the table', () => {
    expect(vocabulary.take(table)).toEqual({ shape: [3, 2], data: Float32Array.of(0, 1, 10, 11, 40, 41) });
  });

  it('puts the rows back where they were taken', () => {
    expect(vocabulary.restore(vocabulary.take(table), table, 1)).toEqual(table);
    const learnt: Tensor = { shape: [3, 2], data: Float32Array.of(-1, -2, -3, -4, -5, -6) };
    expect(vocabulary.restore(learnt, table, 0.5)).toEqual({ shape: [6, 2], data: Float32Array.of(-1, -2, -3, -4, 10, 10.5, 15, 15.5, -5, -6, 25, 25.5) });
  });

  it('leaves the tables it was given alone', () => {
    const original: Tensor = { shape: [6, 2], data: table.data.slice() };
    for (const decay of [1, 0.5]) {
      vocabulary.restore({ shape: [3, 2], data: new Float32Array(6) }, original, decay);
      expect(original).toEqual(table);
    }
  });

  it('refuses an id that is not used', () => {
    expect(() => vocabulary.translate(Int32Array.of(1, 2))).toThrow(RangeError);
    expect(() => vocabulary.translate(Int32Array.of(-1))).toThrow('Token -1');
  });
});

describe('training with the small table is training with the whole one', () => {
  let backend: Backend;
  let golden: GoldenCase;
  beforeAll(async () => {
    backend = await startTfjs({ backend: 'tfjs-wasm', wasmPaths: null });
    golden = await readTinyCase(async (path) => new Uint8Array(await readFile(path)), 'tiny-bert');
  });
  afterAll(() => backend.dispose());

  const STEPS = 5;
  const WEIGHT_DECAY = 0.5;
  const learningRate = (step: number) => 1e-3 * step;

  async function trained(parameters: ReadonlyMap<string, Tensor>, batches: readonly Batch[]): Promise<Map<string, Tensor>> {
    const { graph } = golden;
    const session = backend.openSession({ graph, parameters, trained: new Set(graph.parameters.map(({ name }) => name)) });
    try {
      for (const [index, batch] of batches.entries()) {
        const step = index + 1;
        await session.trainStep(batch, {
          step, seed: 42, learningRate: learningRate(step), weightDecay: WEIGHT_DECAY,
          adamBeta1: 0.9, adamBeta2: 0.999, adamEpsilon: 1e-8, maxGradNorm: 1, dropout: true,
        });
      }
      return await session.readParameters();
    } finally {
      session.dispose();
    }
  }

  it('after some steps with weight decay, within 1e-6', async () => {
    const { graph, parameters } = golden;
    // Two batches in turn, so that a part of the 120 words occurs only.
    const batches = Array.from({ length: STEPS }, (_, step) => toBatch(golden.training.batches[step % 2] ?? golden.batch));
    const original = parameters.get(graph.wordTable);
    if (!original) throw new Error('The word table is missing.');
    const whole = await trained(parameters, batches);

    const vocabulary = new UsedVocabulary(batches, [0, 1]);
    expect(vocabulary.size).toBeLessThan(100);
    const small = await trained(
      new Map(parameters).set(graph.wordTable, vocabulary.take(original)),
      batches.map((batch) => ({ ...batch, inputIds: vocabulary.translate(batch.inputIds) })),
    );
    let decay = 1;
    for (let step = 1; step <= STEPS; step++) decay *= 1 - learningRate(step) * WEIGHT_DECAY;
    const smallTable = small.get(graph.wordTable);
    if (!smallTable) throw new Error('The small table is missing.');
    expect(smallTable.shape).toEqual([vocabulary.size, 32]);
    small.set(graph.wordTable, vocabulary.restore(smallTable, original, decay));

    expect([...small.keys()]).toEqual([...whole.keys()]);
    for (const [name, { shape, data }] of whole) {
      expect(small.get(name)?.shape, name).toEqual(shape);
      expect(largestDifference(small.get(name)?.data ?? [], data), name).toBeLessThan(1e-6);
    }
    // The steps did something, to words that occur and to words that do not.
    expect(largestDifference(whole.get(graph.wordTable)?.data ?? [], original.data)).toBeGreaterThan(1e-3);
    const unused = Array.from({ length: 120 }, (_, id) => id).find((id) => batches.every(({ inputIds }) => !inputIds.includes(id)) && id > 1) ?? 0;
    const rowOf = ({ data }: Tensor) => data.subarray(unused * 32, unused * 32 + 32);
    expect(largestDifference(rowOf(whole.get(graph.wordTable) ?? original), rowOf(original))).toBeGreaterThan(1e-5);
  });
});
