/**
 * Every peer that runs in a browser: one line each. Libraries are loaded when they are started, so that counting is in
 * place before and no peer pays for another.
 */
import type { EngineChoice } from '../step/engine';
import type { StepSize } from '../step/models';
import type { StartedPeer } from '../step/stepper';
import type { Known } from './answering';

const ours = (choice: EngineChoice) => async (): Promise<StartedPeer> => (await import('../step/engine')).startOurs(choice);

type WasmBuild = 'relaxed-threads' | 'threads' | 'single';

const wasm = (build: WasmBuild, threads: number) => ours({ backend: 'wasm', choices: { build, threads: String(threads) } });

const wasmKernels = (build: WasmBuild, threads: number) => async (size: StepSize) => (await import('../kernels/wasm')).measureWasmKernels(size, build, threads);

const tfjsWasm = async (): Promise<StartedPeer> => {
  const { wasmPaths } = await import('../../src/workers/wasmPaths');
  return ours({ backend: 'tfjs-wasm', wasmPaths })();
};

const jax = (device: 'wasm' | 'webgpu') => async (): Promise<StartedPeer> => (await import('../peers/jax/step')).startJax(device);

export const starters: Known['starters'] = {
  webgpu: ours({ backend: 'webgpu' }),
  wasm: wasm('relaxed-threads', 2),
  'wasm-threads': wasm('threads', 2),
  'wasm-one-thread': wasm('relaxed-threads', 1),
  'wasm-single': wasm('single', 1),
  'tfjs-webgpu': ours({ backend: 'tfjs-webgpu' }),
  'tfjs-wasm': tfjsWasm,
  'jax-webgpu': jax('webgpu'),
  'jax-wasm': jax('wasm'),
};

export const kernels: Known['kernels'] = {
  webgpu: async (size) => (await import('../kernels/webgpu')).measureWebgpuKernels(size),
  wasm: wasmKernels('relaxed-threads', 2),
  'wasm-threads': wasmKernels('threads', 2),
  'wasm-one-thread': wasmKernels('relaxed-threads', 1),
  'wasm-single': wasmKernels('single', 1),
};
