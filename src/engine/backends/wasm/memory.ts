/** One WebAssembly.Memory: growing it, views of it, and errors where there is none left. */
import { OutOfDeviceMemory } from '../executor';

const PAGE_BYTES = 65536;
/** 4 GiB is all that 32-bit addresses reach; devices that cannot reserve so much may still reserve less. */
const MAXIMUM_PAGES = [65536, 49152, 32768, 16384, 8192, 4096];

/** There is no more memory for the engine: what the browser refuses, or what lies beyond 32-bit addresses. */
export class OutOfMemory extends OutOfDeviceMemory {
  readonly code = 'engine.out-of-memory';
}

function reserve(shared: boolean, initial: number): { memory: WebAssembly.Memory; maximum: number } {
  for (const maximum of MAXIMUM_PAGES) {
    try {
      return { memory: new WebAssembly.Memory({ initial, maximum, shared }), maximum };
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
    }
  }
  throw new OutOfMemory(initial * PAGE_BYTES);
}

export class EngineMemory {
  private held: WebAssembly.Memory | null;
  private readonly maximum: number;
  private floatView: Float32Array = new Float32Array(0);
  private wordView: Int32Array = new Int32Array(0);

  /** @throws OutOfMemory */
  constructor(shared: boolean, initialBytes: number) {
    const { memory, maximum } = reserve(shared, Math.ceil(initialBytes / PAGE_BYTES));
    this.held = memory;
    this.maximum = maximum;
  }

  get memory(): WebAssembly.Memory {
    if (!this.held) throw new Error('The engine was disposed of.');
    return this.held;
  }

  get bytes(): number {
    return this.held ? this.held.buffer.byteLength : 0;
  }

  /** Makes room up to address `end`. @throws OutOfMemory */
  ensure(end: number): void {
    const pages = Math.ceil(end / PAGE_BYTES) - this.bytes / PAGE_BYTES;
    if (pages <= 0) return;
    if (end > this.maximum * PAGE_BYTES) throw new OutOfMemory(end);
    try {
      this.memory.grow(pages);
    } catch {
      throw new OutOfMemory(end);
    }
  }

  /** A view of all memory, made anew when it has grown: plain memory detaches older views, shared memory leaves them short. */
  floats(): Float32Array {
    this.refresh();
    return this.floatView;
  }

  words(): Int32Array {
    this.refresh();
    return this.wordView;
  }

  private refresh(): void {
    const { buffer } = this.memory;
    if (this.floatView.buffer === buffer) return;
    this.floatView = new Float32Array(buffer);
    this.wordView = new Int32Array(buffer);
  }

  /** Lets go of the memory; it is freed when the helpers have let go too. */
  dispose(): void {
    this.held = null;
    this.floatView = new Float32Array(0);
    this.wordView = new Int32Array(0);
  }
}
