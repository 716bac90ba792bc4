/** Our WebGPU kernels one by one: compared with their float64 references, then timed. */
import { BoundSteps } from '../../src/engine/backends/webgpu/bound';
import { PipelineCache } from '../../src/engine/backends/webgpu/pipelines';
import { WebgpuRunner } from '../../src/engine/backends/webgpu/runner';
import { STORAGE } from '../../src/engine/backends/webgpu/usage';
import { elementsOf, type Region } from '../../src/engine/plan/tensor';
import { problemsOf } from '../../src/engine/check/compare';
import { encodeWords } from '../../src/engine/check/encode';
import type { InstructionCase } from '../../src/engine/check/runner';
import { makeWork, type StepSize } from '../step/models';
import { PeerMissing } from '../step/stepper';
import { casesOf } from './cases';
import { measurePeaks } from './peaks';
import type { KernelReport } from './report';
import { timeDispatch } from './timing';
import { higher, kernelRow, type Measured } from './work';

type BufferOf = (region: Region, buffer: number) => GPUBuffer;

function makeBuffers(device: GPUDevice, { tensors, data }: InstructionCase): { bufferOf: BufferOf; destroy(): void } {
  const sizes = new Map<string, number>();
  for (const { region, buffer, offset, shape } of tensors) {
    const key = `${region} ${buffer}`;
    sizes.set(key, Math.max(sizes.get(key) ?? 0, (offset + elementsOf(shape)) * 4));
  }
  const buffers = new Map([...sizes].map(([key, size]) => [key, device.createBuffer({ label: key, size: Math.ceil(size / 16) * 16, usage: STORAGE })]));
  const bufferOf: BufferOf = (region, buffer) => {
    const found = buffers.get(`${region} ${buffer}`);
    if (!found) throw new Error(`No buffer ${buffer} of ${region}.`);
    return found;
  };
  for (const tensor of tensors) {
    const values = data.get(tensor.id);
    if (values) device.queue.writeBuffer(bufferOf(tensor.region, tensor.buffer), tensor.offset * 4, encodeWords(tensor, values));
  }
  return { bufferOf, destroy: () => { for (const buffer of buffers.values()) buffer.destroy(); } };
}

async function timeCase(device: GPUDevice, pipelines: PipelineCache, runner: WebgpuRunner, testCase: InstructionCase): Promise<{ seconds: number; dispatches: number }> {
  const { bufferOf, destroy } = makeBuffers(device, testCase);
  const bound = await BoundSteps.prepare(device, pipelines, runner.steps(testCase), testCase.tensors);
  bound.bind(device, bufferOf);
  const { medianSeconds } = await timeDispatch(device, (encoder) => bound.encode(encoder, bufferOf, 0, bound.length));
  bound.dispose();
  destroy();
  return { seconds: medianSeconds, dispatches: bound.dispatches };
}

export async function measureWebgpuKernels(size: StepSize): Promise<KernelReport> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new PeerMissing('there is no WebGPU adapter');
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter.requestDevice({ requiredLimits: { maxStorageBufferBindingSize, maxBufferSize } });
  const { info } = adapter;
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(`${info.description} ${info.architecture}`);
  const before = await measurePeaks(device, software);
  const runner = new WebgpuRunner(device);
  const pipelines = new PipelineCache(device);
  const measured: { testCase: Omit<InstructionCase, 'data'>; timing: Measured }[] = [];
  for (const { count, build } of casesOf(makeWork(size), { maxBindingBytes: maxStorageBufferBindingSize, maxBufferBytes: maxBufferSize })) {
    const testCase = build();
    const problem = problemsOf(testCase, await runner.run(testCase))[0] ?? null;
    const timed = problem === null ? await timeCase(device, pipelines, runner, testCase) : { seconds: null, dispatches: null };
    const { data: _large, ...small } = testCase;
    measured.push({ testCase: small, timing: { count, ...timed, problem } });
  }
  const peaks = higher(before, await measurePeaks(device, software));
  const rows = measured.map(({ testCase, timing }) => kernelRow(testCase, timing, peaks));
  runner.dispose();
  return { device: info.description || `${info.vendor} ${info.architecture}`, peaks, rows };
}
