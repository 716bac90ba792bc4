/** Starts tfjs on WebGPU, WASM or plain CPU. Each start has a time limit. */
import * as tf from '@tensorflow/tfjs-core';
import { type BackendId, type DeviceDescription, type DeviceRefusal } from '../../../domain';
import type { Backend, EngineSession, SessionOptions } from '../../backend';
import { describeAdapter, Refused, requestAdapter, withLimit } from '../refusal';
import { TfjsSession } from './session';

export type TfjsBackendId = Extract<BackendId, `tfjs-${string}`>;

export interface TfjsStart {
  backend: TfjsBackendId;
  /** Addresses of tfjs-wasm's binaries by file name; null lets tfjs find them itself (Node). */
  wasmPaths: Record<string, string> | null;
  /** False: a software adapter is refused. */
  chosen?: boolean;
}

class TfjsBackend implements Backend {
  readonly failed = false;
  readonly choices = {};

  constructor(
    readonly id: BackendId,
    readonly device: DeviceDescription,
  ) {}

  openSession(options: SessionOptions): EngineSession {
    return new TfjsSession({ ...options, synchronousReads: this.id !== 'tfjs-webgpu' });
  }

  dispose(): void {
    tf.removeBackend(this.id.replace('tfjs-', ''));
  }
}

async function startWebgpu(chosen: boolean): Promise<string> {
  const { name } = describeAdapter((await requestAdapter(chosen)).info);
  await import('@tensorflow/tfjs-backend-webgpu');
  // High-precision results must not be handed to the CPU behind our back: the report names the device that computed.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  await activate('webgpu', 'device-refused');
  return name;
}

async function startWasm(wasmPaths: Record<string, string> | null): Promise<string> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  if (wasmPaths) wasm.setWasmPaths(wasmPaths);
  // The threaded build starts workers from blob addresses, which our policy forbids: it would hang for ever.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await activate('wasm', 'failed');
  return 'CPU';
}

async function startCpu(): Promise<string> {
  await import('@tensorflow/tfjs-backend-cpu');
  await activate('cpu', 'failed');
  return 'CPU';
}

async function activate(name: string, reason: DeviceRefusal): Promise<void> {
  const started = await tf.setBackend(name);
  if (!started) throw new Refused(reason, `tfjs could not start ${name}`);
  await tf.ready();
}

/** Plain CPU is started only where WASM is not. @throws Refused */
export async function startTfjs({ backend, wasmPaths, chosen = true }: TfjsStart): Promise<Backend> {
  const starts: Record<TfjsBackendId, () => Promise<string>> = {
    'tfjs-webgpu': () => startWebgpu(chosen),
    'tfjs-wasm': () => startWasm(wasmPaths),
    'tfjs-cpu': startCpu,
  };
  const name = await withLimit(starts[backend]());
  return new TfjsBackend(backend, { backend, name, refused: [], threads: backend === 'tfjs-webgpu' ? null : 1, speeds: [] });
}
