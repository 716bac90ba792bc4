/**
 * Counts what a library asks of the device, by wrapping WebGPU's and WebAssembly's own functions in this global scope:
 * the same for every peer, whatever it says about itself. Install it before the library is loaded.
 *
 * Not counted: textures (no peer computes with them), and copies from buffer to buffer as traffic (they stay on the
 * device; only `mapAsync(READ)` brings bytes back).
 */
export interface DeviceCounts {
  dispatches: number;
  submits: number;
  buffersCreated: number;
  bindGroupsCreated: number;
  pipelinesCreated: number;
  bytesUploaded: number;
  bytesReadBack: number;
  /** Of GPU buffers that are neither destroyed nor collected. */
  gpuBytes: number;
  gpuBytesPeak: number;
  /** Of every `WebAssembly.Memory` made or exported in this scope; threads share theirs. */
  wasmBytes: number;
}

type Note = (self: unknown, given: readonly unknown[], result: unknown) => void;

/** Replaces a method by itself and, after it has returned, a note. Does nothing where there is no such method. */
function noteCalls(owner: object | undefined, name: string, note: Note): void {
  const method: unknown = owner && Reflect.get(owner, name);
  if (!owner || typeof method !== 'function') return;
  Reflect.set(owner, name, function noted(this: unknown, ...given: unknown[]): unknown {
    const result: unknown = Reflect.apply(method, this, given);
    note(this, given, result);
    return result;
  });
}

/** The interface's prototype, or undefined where this scope has no WebGPU. */
function prototypeOf(name: string): object | undefined {
  const made: unknown = Reflect.get(globalThis, name);
  return typeof made === 'function' ? (made.prototype as object) : undefined;
}

/** Bytes of `writeBuffer(_, _, data, dataOffset, size)`, whose last two count elements of a typed array, else bytes. */
function writtenBytes(data: AllowSharedBufferSource, dataOffset = 0, size?: number): number {
  const unit = ArrayBuffer.isView(data) && !(data instanceof DataView) ? Number(Reflect.get(data, 'BYTES_PER_ELEMENT')) : 1;
  return size === undefined ? data.byteLength - dataOffset * unit : size * unit;
}

const counts: DeviceCounts = {
  dispatches: 0, submits: 0, buffersCreated: 0, bindGroupsCreated: 0, pipelinesCreated: 0,
  bytesUploaded: 0, bytesReadBack: 0, gpuBytes: 0, gpuBytesPeak: 0, wasmBytes: 0,
};
const memories = new Set<WebAssembly.Memory>();
let installed = false;

function countGpu(): void {
  const live = new WeakMap<object, number>();
  /** A buffer that nobody destroys is freed when it is collected. */
  const collected = new FinalizationRegistry<number>((bytes) => { counts.gpuBytes -= bytes; });
  const device = prototypeOf('GPUDevice');
  const pass = prototypeOf('GPUComputePassEncoder');
  const buffer = prototypeOf('GPUBuffer');

  noteCalls(device, 'createBuffer', (_, [descriptor], result) => {
    const { size, mappedAtCreation } = descriptor as GPUBufferDescriptor;
    counts.buffersCreated++;
    counts.gpuBytes += size;
    counts.gpuBytesPeak = Math.max(counts.gpuBytesPeak, counts.gpuBytes);
    if (mappedAtCreation) counts.bytesUploaded += size;
    live.set(result as GPUBuffer, size);
    collected.register(result as GPUBuffer, size, result as GPUBuffer);
  });
  noteCalls(buffer, 'destroy', (self) => {
    const size = live.get(self as GPUBuffer);
    if (size === undefined) return;
    live.delete(self as GPUBuffer);
    collected.unregister(self as GPUBuffer);
    counts.gpuBytes -= size;
  });
  noteCalls(buffer, 'mapAsync', (self, [mode, offset = 0, size]) => {
    const bytes = Number(size ?? (self as GPUBuffer).size - Number(offset));
    // 1 is GPUMapMode.READ.
    if (mode === 1) counts.bytesReadBack += bytes;
    else counts.bytesUploaded += bytes;
  });
  noteCalls(device, 'createBindGroup', () => { counts.bindGroupsCreated++; });
  for (const name of ['createComputePipeline', 'createComputePipelineAsync']) noteCalls(device, name, () => { counts.pipelinesCreated++; });
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect']) noteCalls(pass, name, () => { counts.dispatches++; });
  noteCalls(prototypeOf('GPUQueue'), 'submit', () => { counts.submits++; });
  noteCalls(prototypeOf('GPUQueue'), 'writeBuffer', (_, [, , data, dataOffset, size]) => {
    counts.bytesUploaded += writtenBytes(data as AllowSharedBufferSource, dataOffset as number | undefined, size as number | undefined);
  });
}

function countWasm(): void {
  const noteExports = (instance: unknown): void => {
    if (!(instance instanceof WebAssembly.Instance)) return;
    for (const value of Object.values(instance.exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
  };
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(target, given: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...given);
      memories.add(memory);
      return memory;
    },
  });
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, given: [WebAssembly.Module, WebAssembly.Imports?]) {
      const instance = new target(...given);
      noteExports(instance);
      return instance;
    },
  });
  for (const name of ['instantiate', 'instantiateStreaming']) {
    noteCalls(WebAssembly, name, (_, __, result) => {
      const note = (made: unknown): void => {
        if (typeof made === 'object' && made !== null) noteExports('instance' in made ? made.instance : made);
      };
      // A failure is the caller's to handle.
      (result as Promise<unknown>).then(note, () => {});
    });
  }
}

export function installCounting(): void {
  if (installed) return;
  installed = true;
  countGpu();
  countWasm();
}

export function readCounts(): DeviceCounts {
  let wasmBytes = 0;
  for (const memory of memories) wasmBytes += memory.buffer.byteLength;
  return { ...counts, wasmBytes };
}
