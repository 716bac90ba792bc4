/**
 * Steps made ready to encode: pipelines, one uniform buffer for all their numbers, bind groups. Bind groups are made
 * again when a buffer they name has been replaced by a larger one; everything else stays.
 */
import type { PlanTensor, Region } from '../../plan/tensor';
import type { Step } from './kernel';
import type { PipelineCache, PreparedPipeline } from './pipelines';
import { kernelSource, tensorOf, type Binding } from './source';
import { USAGE } from './usage';

/** Finds a region's buffer. */
export type BufferOf = (region: Region, buffer: number) => GPUBuffer;

interface DispatchStep {
  kind: 'dispatch';
  label: string;
  prepared: PreparedPipeline;
  bindings: readonly Binding[];
  uniformOffset: number;
  uniformBytes: number;
  workgroups: readonly [number, number, number];
  operations: number;
  group: GPUBindGroup | null;
}

interface ClearedStep {
  kind: 'clear';
  tensor: PlanTensor;
  bytes: number;
  operations: number;
}

/** Uniform ranges begin at multiples of this. */
const UNIFORM_ALIGNMENT = 256;

export class BoundSteps {
  private constructor(
    private readonly steps: readonly (DispatchStep | ClearedStep)[],
    private readonly uniform: GPUBuffer,
  ) {}

  static async prepare(device: GPUDevice, pipelines: PipelineCache, steps: readonly Step[], tensors: readonly PlanTensor[]): Promise<BoundSteps> {
    let uniformBytes = UNIFORM_ALIGNMENT;
    const sources = steps.map((step) => {
      if ('clear' in step) return null;
      const source = kernelSource(step, tensors);
      const offset = uniformBytes - UNIFORM_ALIGNMENT;
      uniformBytes += Math.ceil(source.words.byteLength / UNIFORM_ALIGNMENT) * UNIFORM_ALIGNMENT;
      return { source, offset };
    });
    const prepared = await Promise.all(steps.map((step, index) => {
      const made = sources[index];
      return made ? pipelines.get(step.label, made.source) : null;
    }));
    const uniform = device.createBuffer({ label: 'numbers', size: uniformBytes, usage: USAGE.uniform | USAGE.copyDestination, mappedAtCreation: true });
    const words = new Uint32Array(uniform.getMappedRange());
    const bound = steps.map((step, index): DispatchStep | ClearedStep => {
      if ('clear' in step) return { kind: 'clear', tensor: tensorOf(tensors, step.clear), bytes: step.elements * 4, operations: step.elements };
      const made = sources[index];
      const pipeline = prepared[index];
      if (!made || !pipeline) throw new Error(`No pipeline for ${step.label}.`);
      words.set(made.source.words, made.offset / 4);
      return {
        kind: 'dispatch',
        label: step.label,
        prepared: pipeline,
        bindings: made.source.bindings,
        uniformOffset: made.offset,
        uniformBytes: made.source.words.byteLength,
        workgroups: step.workgroups,
        operations: step.operations,
        group: null,
      };
    });
    uniform.unmap();
    return new BoundSteps(bound, uniform);
  }

  /** Makes all bind groups, of the buffers as they are now. */
  bind(device: GPUDevice, bufferOf: BufferOf): void {
    for (const step of this.steps) {
      if (step.kind === 'clear') continue;
      step.group = device.createBindGroup({
        label: step.label,
        layout: step.prepared.layout,
        entries: [
          { binding: 0, resource: { buffer: this.uniform, offset: step.uniformOffset, size: step.uniformBytes } },
          ...step.bindings.map(({ region, buffer, tensor }, index): GPUBindGroupEntry => ({ binding: index + 1, resource: resourceOf(bufferOf(region, buffer), tensor) })),
        ],
      });
    }
  }

  /** Of the one buffer that is its own. */
  get bytes(): number {
    return this.uniform.size;
  }

  get length(): number {
    return this.steps.length;
  }

  get dispatches(): number {
    return this.steps.filter(({ kind }) => kind === 'dispatch').length;
  }

  /** Of each step, in order. */
  get operations(): readonly number[] {
    return this.steps.map(({ operations }) => operations);
  }

  /** Steps first .. end - 1, in as few passes as clearing allows. */
  encode(encoder: GPUCommandEncoder, bufferOf: BufferOf, first: number, end: number): void {
    let pass: GPUComputePassEncoder | null = null;
    for (const step of this.steps.slice(first, end)) {
      if (step.kind === 'clear') {
        pass?.end();
        pass = null;
        encoder.clearBuffer(bufferOf(step.tensor.region, step.tensor.buffer), step.tensor.offset * 4, step.bytes);
        continue;
      }
      if (!step.group) throw new Error(`${step.label} is not bound.`);
      pass ??= encoder.beginComputePass();
      pass.setPipeline(step.prepared.pipeline);
      pass.setBindGroup(0, step.group);
      pass.dispatchWorkgroups(...step.workgroups);
    }
    pass?.end();
  }

  dispose(): void {
    this.uniform.destroy();
  }
}

function resourceOf(buffer: GPUBuffer, tensor: PlanTensor | null): GPUBufferBinding {
  if (!tensor) return { buffer };
  const elements = tensor.shape.reduce((product, size) => product * size, 1);
  // A binding of vec4 covers whole ones: what an aligned tensor has behind its last element is its own.
  return { buffer, offset: tensor.offset * 4, size: elements * 4 };
}
