/** The three builds of the engine's module: which of them this device can run, and what each offers. */

/**
 * relaxed-threads: fused multiply-add and shared memory; threads: plain 128-bit SIMD and shared memory; single: plain
 * SIMD, for pages that are not isolated.
 */
export type WasmBuild = 'relaxed-threads' | 'threads' | 'single';

export const WASM_BUILDS: readonly WasmBuild[] = ['relaxed-threads', 'threads', 'single'];

/** What `assembly/entry.ts` exports. Pointers arrive signed: `>>> 0` makes them addresses. */
export interface EngineExports {
  /** Bytes at the front of a thread's scratch that matrix products use. */
  readonly PRODUCT_BYTES: WebAssembly.Global<'i32'>;
  /** Tokens of the longest rows that attention takes. */
  readonly LONGEST_SEQUENCE: WebAssembly.Global<'i32'>;
  /** Bytes of the control block. */
  readonly CONTROL_BYTES: WebAssembly.Global<'i32'>;
  firstFreeAddress(): number;
  setControl(pointer: number): void;
  productSharedBytes(columns: number, terms: number): number;
  attentionScratchBytes(length: number, headSize: number): number;
  runStep(program: number, count: number, threads: number): void;
  helperLoop(thread: number): void;
  publishStop(): void;
}

/** Fetches, or reads, the bytes of a build. */
export type ModuleLoader = (build: WasmBuild) => Promise<Uint8Array<ArrayBuffer> | ArrayBuffer>;

// Modules of one function, which uses one instruction of the feature.
const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];
const SIMD_PROBE = [...HEADER, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
const RELAXED_PROBE = [...HEADER, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11];
const THREADS_PROBE = [...HEADER, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11];

const validates = (bytes: readonly number[]) => WebAssembly.validate(Uint8Array.from(bytes));

/** Node has no `crossOriginIsolated` and needs none; a page that is not isolated cannot share memory. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false;
}

/** Builds that this device can run, the fastest first; none where there is no SIMD. */
export function supportedBuilds(): WasmBuild[] {
  if (typeof WebAssembly !== 'object' || !validates(SIMD_PROBE)) return [];
  const threads = validates(THREADS_PROBE) && canShareMemory();
  const relaxed = threads && validates(RELAXED_PROBE);
  return WASM_BUILDS.filter((build) => build === 'single' || (build === 'threads' ? threads : relaxed));
}

export function isThreaded(build: WasmBuild): boolean {
  return build !== 'single';
}

/** An instance for this thread. Synchronous: workers may, and a helper has nothing else to do. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): EngineExports {
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } });
  // What the module exports is what entry.ts says; no type says it to the compiler.
  return exports as unknown as EngineExports;
}

function abort(): never {
  throw new Error('The engine module was aborted.');
}
