/** One instruction by itself on a WebGPU device, for the tests that compare kernels with their references. */
import { elementsOf, type Region, type TensorId } from '../../plan/tensor';
import { writesOf } from '../../plan/instruction';
import { decodeWords, encodeWords } from '../../check/encode';
import type { InstructionCase, InstructionRunner } from '../../check/runner';
import { BoundSteps } from './bound';
import type { Step } from './kernel';
import { stepsOf } from './kernels';
import { DEFAULT_VARIANT } from './matmul/variants';
import { PipelineCache } from './pipelines';
import { tensorOf } from './source';
import { MAP_READ, STORAGE, USAGE } from './usage';

export interface WebgpuRunnerOptions {
  /** Matmul variant for all products. */
  matmul?: string;
}

export class WebgpuRunner implements InstructionRunner {
  readonly name: string;
  private readonly pipelines: PipelineCache;
  private readonly matmul: string;

  constructor(
    private readonly device: GPUDevice,
    { matmul = DEFAULT_VARIANT }: WebgpuRunnerOptions = {},
  ) {
    this.matmul = matmul;
    this.name = `webgpu (${matmul})`;
    this.pipelines = new PipelineCache(device);
  }

  /** What the instruction becomes: how many dispatches, among other things. */
  steps({ instruction, tensors }: InstructionCase): Step[] {
    return stepsOf(instruction, { tensors, maxStorageBuffers: this.device.limits.maxStorageBuffersPerShaderStage, chooseMatmul: () => this.matmul });
  }

  async run(testCase: InstructionCase): Promise<Map<TensorId, Float64Array>> {
    const { device } = this;
    const { tensors, data } = testCase;
    device.pushErrorScope('validation');
    const buffers = this.fill(testCase);
    const bufferOf = (region: Region, buffer: number): GPUBuffer => {
      const found = buffers.get(`${region} ${buffer}`);
      if (!found) throw new Error(`No buffer ${buffer} of ${region}.`);
      return found;
    };
    const bound = await BoundSteps.prepare(device, this.pipelines, this.steps(testCase), tensors);
    bound.bind(device, bufferOf);
    const encoder = device.createCommandEncoder();
    bound.encode(encoder, bufferOf, 0, bound.length);
    const written = [...new Set(writesOf(testCase.instruction))].map((id) => tensorOf(tensors, id));
    const staging = written.map((tensor) => {
      const size = elementsOf(tensor.shape) * 4;
      const target = device.createBuffer({ size, usage: USAGE.mapRead | USAGE.copyDestination });
      encoder.copyBufferToBuffer(bufferOf(tensor.region, tensor.buffer), tensor.offset * 4, target, 0, size);
      return target;
    });
    device.queue.submit([encoder.finish()]);
    const error = await device.popErrorScope();
    if (error) throw new Error(`${testCase.name}: ${error.message}`);
    const results = new Map<TensorId, Float64Array>();
    for (const [index, tensor] of written.entries()) {
      const target = staging[index];
      if (!target) continue;
      await target.mapAsync(MAP_READ);
      results.set(tensor.id, decodeWords(tensor, new Int32Array(target.getMappedRange().slice(0))));
      target.destroy();
    }
    for (const buffer of buffers.values()) buffer.destroy();
    bound.dispose();
    if (data.size === 0) throw new Error(`${testCase.name} has no data.`);
    return results;
  }

  private fill({ tensors, data }: InstructionCase): Map<string, GPUBuffer> {
    const sizes = new Map<string, number>();
    for (const tensor of tensors) {
      const key = `${tensor.region} ${tensor.buffer}`;
      sizes.set(key, Math.max(sizes.get(key) ?? 0, (tensor.offset + elementsOf(tensor.shape)) * 4));
    }
    const buffers = new Map<string, GPUBuffer>();
    // Four words more than the last tensor ends with: a vec4 that covers the end is then still inside.
    for (const [key, size] of sizes) buffers.set(key, this.device.createBuffer({ label: key, size: Math.ceil(size / 16) * 16, usage: STORAGE }));
    for (const tensor of tensors) {
      const values = data.get(tensor.id);
      const buffer = buffers.get(`${tensor.region} ${tensor.buffer}`);
      if (values && buffer) this.device.queue.writeBuffer(buffer, tensor.offset * 4, encodeWords(tensor, values));
    }
    return buffers;
  }

  dispose(): void {
    this.device.destroy();
  }
}
