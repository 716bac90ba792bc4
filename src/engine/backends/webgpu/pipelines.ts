/**
 * Compute pipelines of one device, kept for its life by their WGSL: plans of other lengths and later sessions use them
 * again. Layouts are explicit, because a layout derived from a shader leaves out what a variant happens not to use.
 */
import type { KernelSource } from './source';
import { SHADER_COMPUTE } from './usage';

export interface PreparedPipeline {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

export class PipelineCache {
  private readonly layouts = new Map<string, { group: GPUBindGroupLayout; pipeline: GPUPipelineLayout }>();
  private readonly pipelines = new Map<string, Promise<PreparedPipeline>>();

  constructor(private readonly device: GPUDevice) {}

  get size(): number {
    return this.pipelines.size;
  }

  private layoutOf({ bindings }: KernelSource): { group: GPUBindGroupLayout; pipeline: GPUPipelineLayout } {
    const key = bindings.map(({ access }) => access).join(' ');
    const known = this.layouts.get(key);
    if (known) return known;
    const entries: GPUBindGroupLayoutEntry[] = [
      { binding: 0, visibility: SHADER_COMPUTE, buffer: { type: 'uniform' } },
      ...bindings.map(({ access }, index): GPUBindGroupLayoutEntry => ({ binding: index + 1, visibility: SHADER_COMPUTE, buffer: { type: access } })),
    ];
    const group = this.device.createBindGroupLayout({ entries });
    const layout = { group, pipeline: this.device.createPipelineLayout({ bindGroupLayouts: [group] }) };
    this.layouts.set(key, layout);
    return layout;
  }

  /** @throws Error with the compiler's message and the kernel's name */
  get(label: string, source: KernelSource): Promise<PreparedPipeline> {
    const key = `${source.bindings.map(({ access }) => access).join(' ')}\n${source.code}`;
    const known = this.pipelines.get(key);
    if (known) return known;
    const made = this.make(label, source);
    this.pipelines.set(key, made);
    // A failure (a lost device, say) is not kept for those who come later.
    made.catch(() => this.pipelines.delete(key));
    return made;
  }

  private async make(label: string, source: KernelSource): Promise<PreparedPipeline> {
    const { group, pipeline: layout } = this.layoutOf(source);
    const module = this.device.createShaderModule({ label, code: source.code });
    try {
      const pipeline = await this.device.createComputePipelineAsync({ label, layout, compute: { module, entryPoint: 'main' } });
      return { pipeline, layout: group };
    } catch (thrown) {
      const info = await module.getCompilationInfo().catch(() => null);
      const messages = info?.messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`) ?? [];
      throw new Error(`WebGPU kernel ${label}: ${thrown instanceof Error ? thrown.message : String(thrown)} ${messages.join('; ')}`.trim());
    }
  }
}

