/**
 * Starts tfjs on the best device there is: WebGPU, then WASM, then plain CPU. Each start has a time limit, and each
 * device that is not used leaves its reason (fault 12).
 */
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError, type BackendId, type DeviceDescription, type DeviceRefusal } from '../../../domain';
import type { Backend, EngineSession, SessionOptions } from '../../backend';
import { TfjsSession } from './session';

export const START_LIMIT_SECONDS = 20;

export interface TfjsStart {
  /** Null: the best there is. Otherwise this one or an error. */
  backend: BackendId | null;
  /** Addresses of tfjs-wasm's binaries by file name; null lets tfjs find them itself (Node). */
  wasmPaths: Record<string, string> | null;
}

type Refusal = DeviceDescription['refused'][number];

class Refused extends Error {
  constructor(
    readonly reason: DeviceRefusal,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

class TfjsBackend implements Backend {
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
  if (!globalThis.isSecureContext) throw new Refused('insecure-page', globalThis.location?.origin ?? '');
  if (!globalThis.navigator?.gpu) throw new Refused('no-api', '');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Refused('no-adapter', '');
  // Optional everywhere: some browsers give no info at all.
  const info: Partial<GPUAdapterInfo> = adapter.info ?? {};
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
  const software = info.isFallbackAdapter === true || /swiftshader|llvmpipe|basic render/i.test(`${name} ${info.architecture ?? ''}`);
  if (software && !chosen) throw new Refused('software-adapter', name);
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

async function withLimit<Value>(work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refused('start-timeout', `${START_LIMIT_SECONDS} s`)), START_LIMIT_SECONDS * 1000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws AnnealError `device.refused` for a chosen device, `device.unavailable` when none can be started */
export async function startTfjs({ backend, wasmPaths }: TfjsStart): Promise<Backend> {
  const starts: [BackendId, () => Promise<string>][] = [
    ['tfjs-webgpu', () => startWebgpu(backend === 'tfjs-webgpu')],
    ['tfjs-wasm', () => startWasm(wasmPaths)],
    ['tfjs-cpu', startCpu],
  ];
  const refused: Refusal[] = [];
  for (const [id, start] of starts) {
    if (backend !== null && backend !== id) continue;
    try {
      const name = await withLimit(start());
      return new TfjsBackend(id, { backend: id, name, refused, threads: id === 'tfjs-webgpu' ? null : 1, speeds: [] });
    } catch (thrown) {
      const reason = thrown instanceof Refused ? thrown.reason : 'failed';
      const detail = thrown instanceof Refused ? thrown.detail : String(thrown instanceof Error ? thrown.message : thrown);
      refused.push({ backend: id, reason, detail });
    }
  }
  const [first] = refused;
  if (backend !== null && first) throw new AnnealError('device.refused', { backend, reason: `${first.reason} ${first.detail}`.trim() });
  throw new AnnealError('device.unavailable', { tried: refused.map(({ backend: id, reason, detail }) => ({ backend: id, reason: `${reason} ${detail}`.trim() })) });
}
