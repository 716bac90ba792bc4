import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../domain';
import type { Backend } from '../../engine';
import { startWasmBackend } from '../../engine/backends/wasm/backend';
import { nodeHelper, readModule } from '../../engine/backends/wasm/testing/node';
import { base, datasetOf, fromDisk, LABELS, recipeOf } from '../tinyRun.fixture';
import { pooledStates, textFeatures } from './features';
import { findLabelErrors } from '.';

let backend: Backend;
beforeAll(async () => {
  backend = await startWasmBackend({ load: readModule, helperFactory: nodeHelper, threads: 1, build: 'threads' });
});
afterAll(() => backend.dispose());

const dataset = datasetOf(60);
const recipe = recipeOf();
const noPause = async (): Promise<void> => {};

/** The same rows, some with another label. */
function turned(data: Dataset, rows: readonly number[]): Dataset {
  const train = data.train.map((example) =>
    rows.includes(example.row) && example.target.kind === 'class' ? { ...example, target: { kind: 'class' as const, label: (example.target.label + 1) % LABELS.length } } : example,
  );
  return { ...data, train };
}

describe('textFeatures', () => {
  it('are the mean hidden states that transformers computes', async () => {
    const { inputIds, attentionMask, tokenTypeIds } = JSON.parse(new TextDecoder().decode(fromDisk('batch.json'))) as Record<'inputIds' | 'attentionMask' | 'tokenTypeIds', number[][]>;
    const { tinyBertStates } = JSON.parse(readFileSync('parity/golden/label-errors.json', 'utf8')) as { tinyBertStates: number[][] };
    const rows = inputIds.map((ids, row) => {
      const tokens = attentionMask[row]?.reduce((sum, one) => sum + one, 0) ?? 0;
      return { inputIds: Int32Array.from(ids.slice(0, tokens)), tokenTypeIds: Int32Array.from(tokenTypeIds[row]?.slice(0, tokens) ?? []), label: -1, tokenLabels: new Int32Array(tokens).fill(-1) };
    });
    const { data } = await pooledStates({ backend, base }, rows, noPause);
    expect(data).toHaveLength(tinyBertStates.length * 32);
    tinyBertStates.flat().forEach((value, index) => expect(data[index]).toBeCloseTo(value, 4));
  });

  it('are of the text alone, whatever stands beside it in a batch', async () => {
    const examples = dataset.train.slice(0, 12);
    const all = await textFeatures({ backend, base, dataset, recipe, examples, pause: noPause });
    expect([all.rows, all.columns]).toEqual([12, 32]);
    const [first, last] = [examples[0], examples[11]];
    const alone = await textFeatures({ backend, base, dataset, recipe, examples: first && last ? [last, first] : [], pause: noPause });
    for (let column = 0; column < 32; column++) {
      expect(alone.data[column]).toBeCloseTo(all.data[11 * 32 + column] ?? NaN, 5);
      expect(alone.data[32 + column]).toBeCloseTo(all.data[column] ?? NaN, 5);
    }
    // The last layer ends in a layer norm, and no text is like another.
    expect(all.data.slice(0, 32)).not.toEqual(all.data.slice(32, 64));
  });
});

describe('findLabelErrors', () => {
  it('finds planted labels, says what they look like, and counts its rows', async () => {
    const planted = [7, 20, 41];
    const shares: number[] = [];
    const found = await findLabelErrors({ backend, base, dataset: turned(dataset, planted), recipe, pause: async (share) => void shares.push(share) });
    const own = found.suspects.filter(({ row, file, suggested }) => planted.includes(row) && file === 'data' && suggested === LABELS[(row - 2) % LABELS.length]);
    expect(own.length).toBeGreaterThanOrEqual(2);
    expect([found.looked, found.of, found.found]).toEqual([95, 95, found.suspects.length]);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares.at(-1)).toBeCloseTo(1, 9);
  });

  it('ends when asked to', async () => {
    const pause = (share: number): Promise<void> => (share > 0.3 ? Promise.reject(new Error('cancelled')) : Promise.resolve());
    await expect(findLabelErrors({ backend, base, dataset, recipe, pause })).rejects.toThrow('cancelled');
  });
});
