/** Why a device is not used (fault 12), and the time limit of every start. */
import type { DeviceRefusal } from '../../domain';

export const START_LIMIT_SECONDS = 20;

export class Refused extends Error {
  constructor(
    readonly reason: DeviceRefusal,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

/** @throws Refused `start-timeout` */
export async function withLimit<Value>(work: Promise<Value>): Promise<Value> {
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

/** A started adapter's name, or why there is none. @param chosen a software adapter is used only when asked for */
export async function requestAdapter(chosen: boolean): Promise<{ adapter: GPUAdapter; name: string }> {
  if (!globalThis.isSecureContext) throw new Refused('insecure-page', globalThis.location?.origin ?? '');
  if (!globalThis.navigator?.gpu) throw new Refused('no-api', '');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Refused('no-adapter', '');
  // Optional everywhere: some browsers give no info at all.
  const info: Partial<GPUAdapterInfo> = adapter.info ?? {};
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
  const software = info.isFallbackAdapter === true || /swiftshader|llvmpipe|basic render/i.test(`${name} ${info.architecture ?? ''}`);
  if (software && !chosen) throw new Refused('software-adapter', name);
  return { adapter, name };
}
