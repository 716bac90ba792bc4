/** Our engine on the CPU, as a backend: each session has an executor, with a memory and helper threads of its own. */
import type { BackendId, DeviceDescription } from '../../../domain';
import type { Backend, EngineSession, SessionOptions } from '../../backend';
import { UNLIMITED } from '../../plan/memory';
import { KernelCheck } from '../kernelCheck';
import { LazyExecutor } from '../lazyExecutor';
import { PlannedSession } from '../plannedSession';
import type { WasmExecutor } from './executor';
import { WasmInstructionRunner } from './runner';
import { startEngine, startWasmExecutor, type WasmStart } from './start';

class WasmBackend implements Backend {
  readonly failed = false;
  readonly id: BackendId = 'wasm';
  readonly device: DeviceDescription;
  readonly choices: Readonly<Record<string, string>>;

  /** On a memory of its own: the runner writes where a session has its parameters. */
  private readonly kernels = new KernelCheck(async () => new WasmInstructionRunner(await startEngine({ ...this.options, choices: this.choices })));

  constructor(
    private readonly options: WasmStart,
    /** Started to learn what this device can do; the first session takes it over. */
    private spare: WasmExecutor | null,
    choices: Readonly<Record<string, string>>,
  ) {
    this.choices = choices;
    this.device = { backend: 'wasm', name: 'CPU', refused: [], threads: Number(choices.threads), speeds: [] };
  }

  openSession(options: SessionOptions): EngineSession {
    const { spare } = this;
    this.spare = null;
    const executor = new LazyExecutor(UNLIMITED, async () => spare ?? (await startWasmExecutor({ ...this.options, choices: this.choices })));
    return new PlannedSession(executor, options, this.kernels);
  }

  dispose(): void {
    this.spare?.dispose();
    this.spare = null;
  }
}

/** @throws WasmUnsupported where the device has no SIMD, or not the build that was asked for */
export async function startWasmBackend(options: WasmStart): Promise<Backend> {
  const executor = await startWasmExecutor(options);
  return new WasmBackend(options, executor, executor.choices());
}
