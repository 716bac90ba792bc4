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

/** What an adapter calls itself, and whether it is only imitated. Every field is optional: some browsers give no info. */
export function describeAdapter(info: Partial<GPUAdapterInfo> = {}): { name: string; software: boolean } {
  const name = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
  return { name, software: info.isFallbackAdapter === true || /swiftshader|llvmpipe|basic render/i.test(`${name} ${info.architecture ?? ''}`) };
}

/**
 * An adapter, or why there is none.
 * @param allowSoftware a software adapter is used only when asked for
 * @param given where there is no `navigator.gpu`: Node's
 * @throws Refused
 */
export async function requestAdapter(allowSoftware: boolean, given?: GPU): Promise<GPUAdapter> {
  const gpu = given ?? globalThis.navigator?.gpu;
  if (!given && globalThis.isSecureContext === false) throw new Refused('insecure-page', globalThis.location?.origin ?? '');
  if (!gpu) throw new Refused('no-api', '');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Refused('no-adapter', '');
  const { name, software } = describeAdapter(adapter.info);
  if (software && !allowSoftware) throw new Refused('software-adapter', name);
  return adapter;
}
