import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What tests use of a compiled module. */
export interface KernelExports {
  firstFreeAddress(): number;
  setControl(pointer: number): void;
  setScratch(shared: number, sharedBytes: number, own: number): void;
  setTile(rows: number): void;
  runStep(program: number, count: number, threads: number): void;
  publishStop(): void;
  productSharedBytes(N: number, K: number): number;
  attentionScratchBytes(S: number, headSize: number): number;
  dropoutScales(
    target: number, firstElement: bigint, count: number, seed: number, step: number, op: number, threshold: number, keep: number,
  ): void;
}

/** A pointer into the module's memory, a float, or an integer. */
export type Argument = number | { readonly float: number };

const PAGE = 65536;
const PROGRAM_BYTES = 65536;
const SHARED_BYTES = 4 << 20;
const OWN_BYTES = 4 << 20;

const helperSource = `
const { workerData } = require('node:worker_threads');
const { module, memory, control, shared, sharedBytes, own, tile, thread } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
exports.setControl(control);
exports.setScratch(shared, sharedBytes, own);
exports.setTile(tile);
exports.helperLoop(thread);
`;

/** A module with its memory, main thread and helper threads, for tests in Node. */
export class KernelHost {
  readonly memory: WebAssembly.Memory;
  readonly exports: KernelExports;
  private readonly helpers: Worker[] = [];
  private readonly program: number;
  private readonly arena: number;
  private top: number;

  constructor(
    build: 'threads' | 'single',
    readonly threads: number,
    tile: number,
    options: { readonly sharedBytes?: number } = {},
  ) {
    const bytes = readFileSync(fileURLToPath(new URL(`../generated/engine.${build}.wasm`, import.meta.url)));
    const module = new WebAssembly.Module(bytes);
    this.memory = new WebAssembly.Memory({ initial: 1024, maximum: 65536, shared: build === 'threads' });
    const memory = this.memory;
    this.exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
    const control = PAGE;
    this.program = control + 4096;
    const shared = this.program + PROGRAM_BYTES;
    const own = shared + SHARED_BYTES;
    this.arena = own + threads * OWN_BYTES;
    this.top = this.arena;
    const sharedBytes = options.sharedBytes ?? SHARED_BYTES;
    this.exports.setControl(control);
    this.exports.setScratch(shared, sharedBytes, own);
    this.exports.setTile(tile);
    for (let thread = 1; thread < threads; thread++) {
      const workerData = { module, memory, control, shared, sharedBytes, own: own + thread * OWN_BYTES, tile, thread };
      this.helpers.push(new Worker(helperSource, { eval: true, workerData }));
    }
  }

  /** Forgets everything put into memory so far. */
  clear(): void {
    this.top = this.arena;
  }

  /** Puts floats into memory. They are followed by NaN, so that reading on shows. @returns their address */
  put(values: Float32Array | Int32Array): number {
    const pointer = this.top;
    this.top += (values.byteLength + 127) & ~63;
    if (this.top > this.memory.buffer.byteLength) throw new Error('The test needs more memory');
    new Float32Array(this.memory.buffer, pointer, (this.top - pointer) / 4).fill(NaN);
    new Uint8Array(this.memory.buffer).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), pointer);
    return pointer;
  }

  /** A copy of floats in memory. @throws Error if anything was written behind them */
  take(pointer: number, count: number): Float32Array {
    const after = new Float32Array(this.memory.buffer, pointer + 4 * count, 8);
    if (after.some((value) => !Number.isNaN(value))) throw new Error('Written past the end');
    return new Float32Array(this.memory.buffer, pointer, count).slice();
  }

  /** Runs instructions: an opcode and its arguments each. */
  run(...instructions: readonly (readonly [number, ...Argument[]])[]): void {
    const view = new DataView(this.memory.buffer);
    let at = this.program;
    const write = (value: Argument) => {
      if (typeof value === 'number') view.setInt32(at, value, true);
      else view.setFloat32(at, value.float, true);
      at += 4;
    };
    for (const [opcode, ...values] of instructions) {
      write(opcode);
      write(values.length);
      values.forEach(write);
    }
    this.exports.runStep(this.program, instructions.length, this.threads);
  }

  async close(): Promise<void> {
    if (this.helpers.length > 0) this.exports.publishStop();
    await Promise.all(this.helpers.map((helper) => helper.terminate()));
  }
}

/** Repeatable floats in [-1, 1) (the generator mulberry32). */
export function someFloats(length: number, seed: number): Float32Array {
  let state = seed | 0;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 8) / 8388608 - 1;
  });
}

/** Largest difference between what came and what should have, in units of 1 + |what should have|; NaN counts as infinite. */
export function largestError(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Infinity;
  let worst = 0;
  for (let index = 0; index < got.length; index++) {
    const error = Math.abs((got[index] ?? NaN) - (wanted[index] ?? NaN)) / (1 + Math.abs(wanted[index] ?? NaN));
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
  }
  return worst;
}
