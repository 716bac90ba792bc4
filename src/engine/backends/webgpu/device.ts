/** Starts WebGPU: adapter, device, and what all sessions on the device share. */
import { describeAdapter, Refused, requestAdapter } from '../refusal';
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

export interface WebgpuDevice {
  readonly device: GPUDevice;
  readonly name: string;
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

async function requestDevice({ gpu, minimumLimits = false, allowSoftware = false }: WebgpuStart): Promise<{ device: GPUDevice; info: Partial<GPUAdapterInfo> }> {
  const adapter = await requestAdapter(allowSoftware, gpu);
  const requiredLimits: Record<string, number> = {};
  if (!minimumLimits) for (const name of WANTED) requiredLimits[name] = adapter.limits[name];
  try {
    return { device: await adapter.requestDevice({ requiredLimits }), info: adapter.info ?? {} };
  } catch (thrown) {
    throw new Refused('device-refused', thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** @throws Refused */
export async function startWebgpu(start: WebgpuStart = {}): Promise<WebgpuDevice> {
  const { device, info } = start.device ? { device: start.device, info: start.device.adapterInfo ?? {} } : await requestDevice(start);
  const watch = new DeviceWatch(device);
  return {
    device,
    ...describeAdapter(info),
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
