/** The buffers of one executor, by region: flat ones for parameters, shared and growing ones for what a plan needs. */
import type { Region } from '../../plan/tensor';
import { OutOfDeviceMemory } from '../executor';
import { STORAGE } from './usage';

/** Makes a buffer or says that there is no room, rather than handing out one that is invalid. */
export async function allocateBuffer(device: GPUDevice, descriptor: GPUBufferDescriptor): Promise<GPUBuffer> {
  if (descriptor.size > device.limits.maxBufferSize) throw new OutOfDeviceMemory(descriptor.size);
  device.pushErrorScope('validation');
  device.pushErrorScope('out-of-memory');
  let buffer: GPUBuffer | null = null;
  try {
    buffer = device.createBuffer(descriptor);
  } catch {
    // A range that cannot even be asked for counts as no room.
  }
  const [noRoom, invalid] = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
  if (!buffer || noRoom) {
    buffer?.destroy();
    throw new OutOfDeviceMemory(descriptor.size);
  }
  if (invalid) {
    buffer.destroy();
    throw new Error(`WebGPU buffer ${descriptor.label ?? ''}: ${invalid.message}`);
  }
  return buffer;
}

export interface BufferNeed {
  region: Region;
  buffer: number;
  bytes: number;
}

const keyOf = (region: Region, buffer: number) => `${region} ${buffer}`;

export class RegionBuffers {
  private readonly buffers = new Map<string, GPUBuffer>();
  private changes = 0;

  constructor(private readonly device: GPUDevice) {}

  /** Grows by one whenever a buffer is replaced: bind groups made before are then stale. */
  get generation(): number {
    return this.changes;
  }

  /** Bound as a function: `bufferOf` is handed on. */
  readonly bufferOf = (region: Region, buffer: number): GPUBuffer => {
    const found = this.buffers.get(keyOf(region, buffer));
    if (!found) throw new Error(`Buffer ${buffer} of ${region} is not allocated.`);
    return found;
  };

  /** All buffers of a region, in order. */
  ofRegion(region: Region): GPUBuffer[] {
    const found: GPUBuffer[] = [];
    for (let index = 0; ; index++) {
      const buffer = this.buffers.get(keyOf(region, index));
      if (!buffer) return found;
      found.push(buffer);
    }
  }

  /**
   * Sees to it that each is at least so large. A buffer that grows loses its contents, and is given back before the
   * larger one is asked for; where that is refused, it comes back in its old size.
   * @throws OutOfDeviceMemory
   */
  async ensure(needs: readonly BufferNeed[]): Promise<void> {
    for (const { region, buffer, bytes } of needs) {
      const key = keyOf(region, buffer);
      const before = this.buffers.get(key);
      const size = Math.max(256, Math.ceil(bytes / 16) * 16);
      if (before && before.size >= size) continue;
      before?.destroy();
      this.buffers.delete(key);
      this.changes++;
      try {
        this.buffers.set(key, await allocateBuffer(this.device, { label: key, size, usage: STORAGE }));
      } catch (thrown) {
        if (before) this.buffers.set(key, await allocateBuffer(this.device, { label: key, size: before.size, usage: STORAGE }));
        throw thrown;
      }
    }
  }

  get count(): number {
    return this.buffers.size;
  }

  get bytes(): number {
    return [...this.buffers.values()].reduce((sum, { size }) => sum + size, 0);
  }

  dispose(): void {
    for (const buffer of this.buffers.values()) buffer.destroy();
    this.buffers.clear();
  }
}
