/** Starts WebGPU: adapter, device, and what all sessions on the device share. */
import type { DeviceRefusal } from '../../../domain';
import { countDevice, type CountedDevice } from './counting';
import { PipelineCache } from './pipelines';
import { Pace } from './schedule';
import { DeviceWatch, type DeviceLoss } from './watch';

export interface WebgpuStart {
  /** Where there is no `navigator.gpu`: Node's. */
  gpu?: GPU;
  /** A device that someone else made; it is not destroyed here. */
  device?: GPUDevice;
  /** Asks for nothing beyond what every WebGPU device has, as a small one would. */
  minimumLimits?: boolean;
  /** Software adapters are refused (they are slower than WASM) unless chosen on purpose. */
  allowSoftware?: boolean;
}

export class WebgpuRefused extends Error {
  override readonly name = 'WebgpuRefused';

  constructor(
    readonly reason: DeviceRefusal,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

export interface WebgpuDevice {
  readonly device: GPUDevice;
  readonly description: string;
  readonly software: boolean;
  readonly counted: CountedDevice;
  readonly watch: DeviceWatch;
  /** Settles when the device is gone; never where it stays. */
  readonly lost: Promise<DeviceLoss>;
  readonly pipelines: PipelineCache;
  readonly pace: Pace;
  dispose(): void;
}

/** More than the minimum, where the adapter has it: fewer slices of tables, fewer dispatches of attention. */
const WANTED = ['maxStorageBufferBindingSize', 'maxBufferSize', 'maxStorageBuffersPerShaderStage'] as const;

function describe(info: Partial<GPUAdapterInfo>): { description: string; software: boolean } {
  // Optional everywhere: some browsers give no info at all.
  const description = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'GPU';
  const software = info.isFallbackAdapter === true || /swiftshader|llvmpipe|basic render/i.test(`${description} ${info.architecture ?? ''}`);
  return { description, software };
}

async function requestDevice({ gpu: given, minimumLimits = false, allowSoftware = false }: WebgpuStart): Promise<{ device: GPUDevice; info: Partial<GPUAdapterInfo> }> {
  const gpu = given ?? globalThis.navigator?.gpu;
  if (!given && globalThis.isSecureContext === false) throw new WebgpuRefused('insecure-page', globalThis.location?.origin ?? '');
  if (!gpu) throw new WebgpuRefused('no-api', '');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new WebgpuRefused('no-adapter', '');
  const info: Partial<GPUAdapterInfo> = adapter.info ?? {};
  const { description, software } = describe(info);
  if (software && !allowSoftware) throw new WebgpuRefused('software-adapter', description);
  const requiredLimits: Record<string, number> = {};
  if (!minimumLimits) for (const name of WANTED) requiredLimits[name] = adapter.limits[name];
  try {
    return { device: await adapter.requestDevice({ requiredLimits }), info };
  } catch (thrown) {
    throw new WebgpuRefused('device-refused', thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** @throws WebgpuRefused with the reason, in the domain's words */
export async function startWebgpu(start: WebgpuStart = {}): Promise<WebgpuDevice> {
  const { device, info } = start.device ? { device: start.device, info: start.device.adapterInfo ?? {} } : await requestDevice(start);
  const watch = new DeviceWatch(device);
  return {
    device,
    ...describe(info),
    counted: countDevice(device),
    watch,
    lost: watch.lost,
    pipelines: new PipelineCache(device),
    pace: new Pace(),
    dispose: () => {
      if (!start.device) device.destroy();
    },
  };
}
