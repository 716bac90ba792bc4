import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Backend } from '../engine';
import { startTfjs } from '../engine/backends/tfjs/devices';
import { estimateRun } from './estimate';
import { base, datasetOf, recipeOf } from './tinyRun.fixture';

let backend: Backend;
beforeAll(async () => {
  backend = await startTfjs({ backend: 'tfjs-wasm', wasmPaths: null });
});
afterAll(() => backend.dispose());

/** A second passes between any two looks. */
function clock(): () => number {
  let milliseconds = 0;
  return () => (milliseconds += 1000);
}

const estimate = (dataset: ReturnType<typeof datasetOf>) =>
  estimateRun({ backend, base, dataset, recipe: recipeOf({ numTrainEpochs: 3 }), now: clock(), pause: () => Promise.resolve() });

it('says the same of a sample as of all rows, as far as lengths are alike', async () => {
  const all = datasetOf(640);
  const sample = { ...all, train: all.train.filter((_, index) => index % 4 === 0) };
  const [whole, part] = [await estimate(all), await estimate(sample)];
  // 640 rows, 8 a batch, one second each, three times; evaluation comes on top.
  expect(whole.secondsForAllRows).toBeGreaterThan(240);
  expect(part.secondsForAllRows / whole.secondsForAllRows).toBeGreaterThan(0.85);
  expect(part.secondsForAllRows / whole.secondsForAllRows).toBeLessThan(1.15);
  expect(whole.rowsWithinLimit).toBeNull();
  const long = { ...sample, counts: { ...all.counts, rows: { ...all.counts.rows, train: 64_000 } } };
  const { secondsForAllRows, rowsWithinLimit } = await estimate(long);
  expect(secondsForAllRows).toBeGreaterThan(20 * 60);
  expect(rowsWithinLimit).toBeGreaterThan(640);
  expect(rowsWithinLimit).toBeLessThan(64_000);
});
