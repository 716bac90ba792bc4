/** Results on their way to the host: a ring of small mappable buffers, used again and again. */
import { allocateBuffer } from './buffers';
import { MAP_READ, USAGE } from './usage';

/** Runs under way before the first result is looked at; more make the ring longer, once. */
const SLOTS = 4;

export class ReadbackRing {
  private readonly all = new Set<GPUBuffer>();
  private free: GPUBuffer[] = [];
  private slotBytes = 0;

  constructor(private readonly device: GPUDevice) {}

  /** Called before runs, so that a run itself makes no buffer. */
  async ensure(bytes: number): Promise<void> {
    if (bytes > this.slotBytes) {
      this.slotBytes = Math.ceil(bytes / 256) * 256;
      // Those in use are given back when their reader is done.
      for (const buffer of this.free) this.discard(buffer);
      this.free = [];
    }
    while (this.all.size < SLOTS || this.free.length === 0) {
      const buffer = await allocateBuffer(this.device, this.descriptor());
      this.all.add(buffer);
      this.free.push(buffer);
    }
  }

  private descriptor(): GPUBufferDescriptor {
    return { label: 'results to host', size: this.slotBytes, usage: USAGE.mapRead | USAGE.copyDestination };
  }

  private discard(buffer: GPUBuffer): void {
    this.all.delete(buffer);
    buffer.destroy();
  }

  take(): GPUBuffer {
    const buffer = this.free.shift();
    if (buffer) return buffer;
    const made = this.device.createBuffer(this.descriptor());
    this.all.add(made);
    return made;
  }

  /** Waits for what was submitted before, copies out, and puts the buffer back. */
  async read(buffer: GPUBuffer, elements: number): Promise<Float32Array<ArrayBuffer>> {
    await buffer.mapAsync(MAP_READ, 0, elements * 4);
    const values = new Float32Array(buffer.getMappedRange(0, elements * 4).slice(0));
    buffer.unmap();
    if (!this.all.has(buffer)) return values;
    if (buffer.size === this.slotBytes) this.free.push(buffer);
    else this.discard(buffer);
    return values;
  }

  get count(): number {
    return this.all.size;
  }

  get bytes(): number {
    return [...this.all].reduce((sum, { size }) => sum + size, 0);
  }

  dispose(): void {
    for (const buffer of this.all) buffer.destroy();
    this.all.clear();
    this.free = [];
  }
}
