/** Our WASM kernels one by one: compared with their float64 references, then timed on all threads of the engine. */
import { encodeProgram, programWords } from '../../src/engine/backends/wasm/encode';
import { browserHelper, fetchModule } from '../../src/engine/backends/wasm/browser';
import type { EngineHost } from '../../src/engine/backends/wasm/host';
import { placeStep, placeTensors, tensorAddress } from '../../src/engine/backends/wasm/layout';
import type { WasmBuild } from '../../src/engine/backends/wasm/modules';
import { WasmInstructionRunner } from '../../src/engine/backends/wasm/runner';
import { scratchNeeds } from '../../src/engine/backends/wasm/scratchNeeds';
import { startEngine } from '../../src/engine/backends/wasm/start';
import { UNLIMITED } from '../../src/engine/plan/memory';
import { problemsOf } from '../../src/engine/check/compare';
import { encodeWords } from '../../src/engine/check/encode';
import type { InstructionCase } from '../../src/engine/check/runner';
import { makeWork, type StepSize } from '../step/models';
import { casesOf } from './cases';
import type { Peaks } from './peaks';
import type { KernelReport } from './report';
import { measureThread } from './wasmPeakModule';
import { higher, kernelRow, type Measured } from './work';

const LEAST_SECONDS = 0.1;
const SAMPLES = 5;

const answerOf = (worker: Worker): Promise<unknown> => new Promise((resolve, reject) => {
  worker.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
});

/** All threads at once, each in a memory of its own; the sum of what they do. */
async function measurePeaks(threads: number, relaxed: boolean): Promise<Peaks> {
  const workers = Array.from({ length: threads - 1 }, () => new Worker(new URL('./wasmPeak.worker.ts', import.meta.url), { type: 'module' }));
  await Promise.all(workers.map(answerOf));
  const others = workers.map((worker) => {
    const answer = answerOf(worker);
    worker.postMessage(relaxed);
    return answer;
  });
  const all = [measureThread(relaxed), ...((await Promise.all(others)) as Peaks[])];
  for (const worker of workers) worker.terminate();
  return { gigaflops: all.reduce((sum, peak) => sum + peak.gigaflops, 0), gigabytes: all.reduce((sum, peak) => sum + peak.gigabytes, 0) };
}

/** Median of samples of which each is long enough for the clock. */
function secondsOf(run: () => void): number {
  const sample = (runs: number): number => {
    const begin = performance.now();
    for (let index = 0; index < runs; index++) run();
    return (performance.now() - begin) / 1000;
  };
  // Short calls first: the engine compiles again what runs often.
  for (let warm = 0; warm < 4; warm++) run();
  const runs = Math.max(1, Math.ceil(LEAST_SECONDS / Math.max(sample(1), 1e-6)));
  const samples = Array.from({ length: SAMPLES }, () => sample(runs) / runs).sort((a, b) => a - b);
  return samples[SAMPLES >> 1] ?? NaN;
}

function timeCase(host: EngineHost, { instruction, tensors, data }: InstructionCase): number {
  const { memory, exports } = host;
  const sizes = { ...scratchNeeds([instruction], exports), inputs: 0, results: 0, program: programWords([instruction]), arena: [] };
  const places = placeStep(host.firstFree, sizes, host.threads);
  const placed = placeTensors(places.end, tensors);
  memory.ensure(placed.end);
  const start = (id: number): number => {
    const tensor = tensors[id];
    if (!tensor) throw new Error(`There is no tensor ${id}.`);
    return tensorAddress([placed], tensor);
  };
  for (const tensor of tensors) {
    const values = data.get(tensor.id);
    if (values) memory.words().set(encodeWords(tensor, values), start(tensor.id) / 4);
  }
  const program = encodeProgram([instruction], start, { ...places, sharedScratchBytes: sizes.shared, tile: host.tile });
  memory.words().set(program.words, places.program / 4);
  return secondsOf(() => host.run(places.program, program.count, host.threads));
}

export async function measureWasmKernels(size: StepSize, build: WasmBuild, threads: number): Promise<KernelReport> {
  const relaxed = build === 'relaxed-threads';
  const before = await measurePeaks(threads, relaxed);
  const host = await startEngine({ load: fetchModule, helperFactory: browserHelper, build, threads });
  const runner = new WasmInstructionRunner(host);
  const measured: { testCase: Omit<InstructionCase, 'data'>; timing: Measured }[] = [];
  for (const { count, build: buildCase } of casesOf(makeWork(size), UNLIMITED)) {
    const testCase = buildCase();
    const problem = problemsOf(testCase, await runner.run(testCase))[0] ?? null;
    const { data: _large, ...small } = testCase;
    measured.push({ testCase: small, timing: { count, seconds: problem === null ? timeCase(host, testCase) : null, dispatches: null, problem } });
  }
  runner.dispose();
  const peaks = higher(before, await measurePeaks(threads, relaxed));
  return { device: runner.name, peaks, rows: measured.map(({ testCase, timing }) => kernelRow(testCase, timing, peaks)) };
}
