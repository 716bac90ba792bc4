/** A base model that comes without a pooler. */
import { expect, it } from 'vitest';
import type { Tensor } from '../engine';
import { startTfjs } from '../engine/backends/tfjs/devices';
import { base, dataset, recipeOf } from './tinyRun.fixture';
import { train } from './trainer';

it('starts a run with a new pooler, drawn by the seed and told with the head', async () => {
  const backend = await startTfjs({ backend: 'tfjs-wasm', wasmPaths: null });
  let head: ReadonlyMap<string, Tensor> = new Map();
  const kinds: string[] = [];
  const run = train({
    backend,
    base: { ...base, tensors: new Map([...base.tensors].filter(([name]) => !name.includes('pooler'))) },
    dataset,
    recipe: recipeOf({ maxSteps: 1 }),
    runId: 'run-1',
    version: '0.0.0',
    store: { saveBestWeights: () => Promise.resolve({ file: 'model.safetensors', sha256: 'a'.repeat(64), bytes: 1 }) },
    overrides: new Map(),
    continuedFrom: null,
    now: () => 0,
    pause: () => Promise.resolve(),
    progress: () => undefined,
    stopRequested: () => false,
    onHead: (parameters) => (head = parameters),
  });
  for await (const { kind } of run) kinds.push(kind);
  backend.dispose();
  expect(kinds.at(-1)).toBe('finished');
  expect([...head.keys()]).toEqual(['bert.pooler.dense.weight', 'bert.pooler.dense.bias', 'classifier.weight', 'classifier.bias']);
  const weight = head.get('bert.pooler.dense.weight')?.data ?? new Float32Array();
  const deviation = Math.sqrt(weight.reduce((sum, value) => sum + value * value, 0) / weight.length);
  expect(deviation).toBeGreaterThan(0.018);
  expect(deviation).toBeLessThan(0.022);
});
