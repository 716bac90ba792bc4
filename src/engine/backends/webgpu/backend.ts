/** Our engine on WebGPU, as a backend: sessions share the device, its pipelines and the choice of kernels. */
import type { BackendId, DeviceDescription } from '../../../domain';
import type { Backend, EngineSession, SessionOptions } from '../../backend';
import { KernelCheck } from '../kernelCheck';
import { PlannedSession } from '../plannedSession';
import { startWebgpu, type WebgpuDevice, type WebgpuStart } from './device';
import { WebgpuExecutor } from './executor';

class WebgpuBackend implements Backend {
  readonly id: BackendId = 'webgpu';
  readonly device: DeviceDescription;
  private readonly known: Record<string, string>;
  private newest: WebgpuExecutor | null = null;
  private kernels: KernelCheck | null = null;

  constructor(
    private readonly webgpu: WebgpuDevice,
    choices: Readonly<Record<string, string>>,
  ) {
    this.known = { ...choices };
    this.device = { backend: 'webgpu', name: webgpu.name, refused: [], threads: null, speeds: [] };
  }

  /** Kernel variants so far: what was given, and what was measured since. */
  get choices(): Readonly<Record<string, string>> {
    return Object.assign(this.known, this.newest?.choices());
  }

  get failed(): boolean {
    return this.webgpu.watch.failure !== null;
  }

  openSession(options: SessionOptions): EngineSession {
    const executor = new WebgpuExecutor(this.webgpu, { choices: this.choices });
    this.newest = executor;
    this.kernels ??= new KernelCheck(async () => (this.newest ?? executor).runner());
    return new PlannedSession(executor, options, this.kernels);
  }

  dispose(): void {
    this.webgpu.dispose();
  }
}

export interface WebgpuBackendStart extends WebgpuStart {
  choices?: Readonly<Record<string, string>> | undefined;
}

/** @throws Refused */
export async function startWebgpuBackend({ choices = {}, ...start }: WebgpuBackendStart = {}): Promise<Backend> {
  return new WebgpuBackend(await startWebgpu(start), choices);
}
