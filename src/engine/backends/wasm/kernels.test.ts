/**
 * Every kernel against its float64 reference, at the shared cases, and its bits for any number of threads.
 * Node 20 runs relaxed SIMD only with --experimental-wasm-relaxed-simd: without it that build is left to the browser.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allCases } from '../../ops/cases';
import { problemsOf } from '../../check/compare';
import { expectedOnce } from '../../testing/expected';
import type { EngineHost } from './host';
import { supportedBuilds, type WasmBuild } from './modules';
import { WasmInstructionRunner } from './runner';
import { startEngine } from './start';
import { nodeHelper, readModule } from './testing/node';
import type { Tile } from './tiles';

type Results = Awaited<ReturnType<WasmInstructionRunner['run']>>;

const cases = allCases();
const start = (build: WasmBuild, threads: number, tile: Tile) =>
  startEngine({ load: readModule, helperFactory: nodeHelper, choices: { build, threads: String(threads), tile: String(tile) } });

// The other tile is tried below: its bits are the same.
const setups: [WasmBuild, number, Tile][] = [
  ['single', 1, 4],
  ['threads', 3, 6],
  ['relaxed-threads', 3, 6],
];

describe.each(setups)('%s on %i threads, tile of %i rows', (build, threads, tile) => {
  if (!supportedBuilds().includes(build)) {
    it.skip('needs a Node that runs it: the browser tests it');
    return;
  }
  let runner: WasmInstructionRunner;

  beforeAll(async () => {
    runner = new WasmInstructionRunner(await start(build, threads, tile));
  });
  afterAll(() => runner.dispose());

  it('has the threads it was asked for', () => {
    expect(runner.threads).toBe(threads);
  });

  it.each(cases.map((testCase) => [testCase.name, testCase] as const))('%s', async (_, testCase) => {
    expect(problemsOf(testCase, await runner.run(testCase), expectedOnce(testCase))).toEqual([]);
  });
});

/** By bytes: some cases have a million elements, and a NaN is like another here. */
function sameBits(left: Results | undefined, right: Results | undefined): boolean {
  const bytes = (values: Float64Array | undefined) => new Uint8Array(values?.buffer ?? new ArrayBuffer(0));
  return left?.size === right?.size && [...(left ?? [])].every(([id, values]) => Buffer.compare(bytes(values), bytes(right?.get(id))) === 0);
}

describe('bits', () => {
  const hosts: EngineHost[] = [];
  const runners: WasmInstructionRunner[] = [];

  beforeAll(async () => {
    for (const [threads, tile] of [[2, 4], [3, 6]] as const) hosts.push(await start('threads', threads, tile));
    for (const host of hosts) runners.push(new WasmInstructionRunner(host, 1), new WasmInstructionRunner(host));
  });
  afterAll(() => hosts.forEach((host) => host.dispose()));

  it.each(cases.map((testCase) => [testCase.name, testCase] as const))('are the same for any threads and tile: %s', async (_, testCase) => {
    const [first, ...others] = await Promise.all(runners.map((runner) => runner.run(testCase)));
    for (const other of others) expect(sameBits(other, first)).toBe(true);
  });
});
