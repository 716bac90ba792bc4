/** The engine in the browser: which backends there are and how each starts. To be called from a worker. */
import type { Backend } from './backend';
import { Refused } from './backends/refusal';
import { browserHelper, fetchModule } from './backends/wasm/browser';
import { startWasmBackend } from './backends/wasm/backend';
import { WasmUnsupported } from './backends/wasm/start';
import { startWebgpuBackend } from './backends/webgpu/backend';
import { startBackend, type EngineStart, type Starter, type Starters } from './start';

const startWasm: Starter = async ({ choices }) => {
  try {
    return await startWasmBackend({ load: fetchModule, helperFactory: browserHelper, choices });
  } catch (thrown) {
    throw thrown instanceof WasmUnsupported ? new Refused('no-simd', thrown.message) : thrown;
  }
};

/** tfjs is fetched only when it is asked for, or when nothing of ours runs. */
const startTfjs =
  (backend: 'tfjs-webgpu' | 'tfjs-wasm' | 'tfjs-cpu', wasmPaths: Record<string, string>): Starter =>
  async ({ chosen }) =>
    (await import('./backends/tfjs/devices')).startTfjs({ backend, wasmPaths, chosen });

function startersOf(wasmPaths: Record<string, string>): Starters {
  return {
    webgpu: ({ chosen, choices }) => startWebgpuBackend({ allowSoftware: chosen, choices }),
    wasm: startWasm,
    'tfjs-webgpu': startTfjs('tfjs-webgpu', wasmPaths),
    'tfjs-wasm': startTfjs('tfjs-wasm', wasmPaths),
    'tfjs-cpu': startTfjs('tfjs-cpu', wasmPaths),
  };
}

export interface BrowserStart extends EngineStart {
  /** Addresses of tfjs-wasm's binaries by file name. */
  wasmPaths: Record<string, string>;
}

/** @throws AnnealError `device.refused` for a chosen device, `device.unavailable` when none can be started */
export function startEngine({ wasmPaths, ...options }: BrowserStart): Promise<Backend> {
  return startBackend(options, startersOf(wasmPaths));
}
