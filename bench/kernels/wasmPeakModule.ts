/**
 * A WebAssembly module written byte by byte (so that no compiler chooses for it): multiply-adds in twelve registers, and
 * a copy of 64 bytes a turn. Checked, then timed on this thread.
 */
import type { Peaks } from './peaks';

const ACCUMULATORS = 12;
const LANES = 4;
const FACTOR = 0.9990234375;
const ADDEND = 0.001953125;
const TURNS = 1 << 20;
/** More than a core's own caches hold. */
const COPY_BYTES = 64 << 20;
const PAGE = 65536;
const SECONDS = 0.4;

const V128 = 0x7b;
const SPLAT = [0xfd, 0x13];
const MULTIPLY = [0xfd, 0xe6, 0x01];
const ADD = [0xfd, 0xe4, 0x01];
const RELAXED_MULTIPLY_ADD = [0xfd, 0x85, 0x02];
const LAST_OF_LOOP = [0x0d, 0x00, 0x0b];

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

const float = (value: number): number[] => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
const get = (local: number): number[] => [0x20, ...unsigned(local)];
const set = (local: number): number[] => [0x21, ...unsigned(local)];
const text = (name: string): number[] => [name.length, ...new TextEncoder().encode(name)];
const sized = (bytes: number[]): number[] => [...unsigned(bytes.length), ...bytes];
const section = (id: number, bytes: number[]): number[] => [id, ...sized(bytes)];
const each = (count: number, bytes: (index: number) => number[]): number[] => Array.from({ length: count }, (_, index) => bytes(index)).flat();

/** (turns) -> the first lane of the sum of all accumulators; accumulator i starts at i + 1. */
function multiplyAddBody(relaxed: boolean): number[] {
  const factor = ACCUMULATORS + 1;
  const addend = ACCUMULATORS + 2;
  const step = relaxed ? [...get(factor), ...get(addend), ...RELAXED_MULTIPLY_ADD] : [...get(factor), ...MULTIPLY, ...get(addend), ...ADD];
  return sized([
    0x01, ACCUMULATORS + 2, V128,
    ...each(ACCUMULATORS, (index) => [...float(index + 1), ...SPLAT, ...set(index + 1)]),
    ...float(FACTOR), ...SPLAT, ...set(factor), ...float(ADDEND), ...SPLAT, ...set(addend),
    0x03, 0x40,
    ...each(ACCUMULATORS, (index) => [...get(index + 1), ...step, ...set(index + 1)]),
    ...get(0), 0x41, 0x01, 0x6b, 0x22, 0x00, ...LAST_OF_LOOP,
    ...get(1), ...each(ACCUMULATORS - 1, (index) => [...get(index + 2), ...ADD]),
    0xfd, 0x1f, 0x00, 0x0b,
  ]);
}

/** (to, from, bytes); bytes is a multiple of 64. */
function copyBody(): number[] {
  const advance = (local: number): number[] => [...get(local), 0x41, 0xc0, 0x00, 0x6a, ...set(local)];
  return sized([
    0x00, 0x03, 0x40,
    ...each(4, (index) => [...get(0), ...get(1), 0xfd, 0x00, 0x04, 16 * index, 0xfd, 0x0b, 0x04, 16 * index]),
    ...advance(0), ...advance(1),
    ...get(2), 0x41, 0xc0, 0x00, 0x6b, 0x22, 0x02, ...LAST_OF_LOOP,
    0x0b,
  ]);
}

function moduleBytes(relaxed: boolean): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
    ...section(1, [0x02, 0x60, 0x01, 0x7f, 0x01, 0x7d, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x00]),
    ...section(3, [0x02, 0x00, 0x01]),
    ...section(5, [0x01, 0x00, ...unsigned((2 * COPY_BYTES) / PAGE)]),
    ...section(7, [0x03, ...text('memory'), 0x02, 0x00, ...text('multiplyAdd'), 0x00, 0x00, ...text('copy'), 0x00, 0x01]),
    ...section(10, [0x02, ...multiplyAddBody(relaxed), ...copyBody()]),
  ]);
}

interface PeakExports {
  memory: WebAssembly.Memory;
  multiplyAdd(turns: number): number;
  copy(to: number, from: number, bytes: number): void;
}

/** Repetitions a second. */
function rateOf(run: () => void): number {
  // Some calls first: the engine compiles again what runs often.
  for (let warm = 0; warm < 8; warm++) run();
  const begin = performance.now();
  let runs = 0;
  while (performance.now() - begin < SECONDS * 1000) {
    run();
    runs++;
  }
  return runs / ((performance.now() - begin) / 1000);
}

function expectedSum(turns: number): number {
  let sum = 0;
  for (let index = 0; index < ACCUMULATORS; index++) {
    let value = index + 1;
    for (let turn = 0; turn < turns; turn++) value = value * FACTOR + ADDEND;
    sum += value;
  }
  return sum;
}

/** Peaks of this thread alone. @throws Error where a kernel is wrong, or relaxed SIMD is asked for and not there */
export function measureThread(relaxed: boolean): Peaks {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(relaxed)));
  // What `moduleBytes` exports; no type says it to the compiler.
  const { memory, multiplyAdd, copy } = exports as unknown as PeakExports;
  const expected = expectedSum(1000);
  if (!(Math.abs(multiplyAdd(1000) - expected) <= 1e-3 * expected)) throw new Error('The multiply-add kernel is wrong.');
  const words = new Uint32Array(memory.buffer);
  for (let index = 0; index < COPY_BYTES / 4; index++) words[COPY_BYTES / 4 + index] = index;
  copy(0, COPY_BYTES, COPY_BYTES);
  for (let index = 0; index < COPY_BYTES / 4; index += 1021) if (words[index] !== index) throw new Error('The copy kernel is wrong.');
  return {
    gigaflops: (2 * LANES * ACCUMULATORS * TURNS * rateOf(() => multiplyAdd(TURNS))) / 1e9,
    gigabytes: (2 * COPY_BYTES * rateOf(() => copy(0, COPY_BYTES, COPY_BYTES))) / 1e9,
  };
}
