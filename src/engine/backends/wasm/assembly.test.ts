import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWasm } from '../../../../scripts/build-wasm.mjs';
import { fillDropoutMask } from '../../random/dropoutMask';
import { type Argument, KernelHost, largestError, someFloats } from './testing/kernelHost';
import { activations, attention, product, slopes } from './testing/reference';

const LINEAR_FORWARD = 1;
const LINEAR_INPUT_GRADIENT = 2;
const LINEAR_WEIGHT_GRADIENT = 3;
const ACTIVATION_FORWARD = 4;
const ACTIVATION_BACKWARD = 5;
const ATTENTION_FORWARD = 6;
const ATTENTION_BACKWARD = 7;
const NAMES = ['none', 'gelu', 'gelu_new', 'relu', 'tanh'];

/** 4 x 8 with one thread comes first: the others must equal it bit for bit. */
let hosts: KernelHost[] = [];

beforeAll(async () => {
  await buildWasm();
  hosts = [
    new KernelHost('threads', 1, 4),
    new KernelHost('threads', 2, 4),
    new KernelHost('threads', 2, 6),
    new KernelHost('single', 1, 6),
    // So little for the packed side that every product must be done in several groups of columns.
    new KernelHost('threads', 2, 4, { sharedBytes: 65536 }),
  ];
});

afterAll(() => Promise.all(hosts.map((host) => host.close())));

/** Runs the same on every host, expects the same bits from all, and returns them. */
function everywhere(work: (host: KernelHost) => Float32Array[]): Float32Array[] {
  const [first, ...others] = hosts.map((host) => {
    host.clear();
    return work(host);
  });
  for (const other of others) {
    other.forEach((values, index) => {
      const wanted = new Uint32Array(first![index]!.buffer);
      const differing = new Uint32Array(values.buffer).findIndex((bits, at) => bits !== wanted[at]);
      if (differing >= 0) throw new Error(`Output ${index} differs at ${differing}: ${values[differing]} is not ${first![index]![differing]}`);
    });
  }
  return first!;
}

const dirty = (length: number) => new Float32Array(length).fill(NaN);

// One; primes; both tiles and a panel, one less and one more; blocks of K, one more; the classifier; a layer.
const SIZES: [number, number, number][] = [
  [1, 1, 1], [2, 3, 5], [7, 11, 13], [3, 7, 3], [4, 8, 4], [5, 9, 5], [6, 8, 6], [12, 16, 384], [13, 17, 385], [23, 31, 37],
  [97, 33, 71], [101, 103, 107], [16, 2, 384], [8, 384, 384], [256, 384, 384], [33, 40, 1537],
];

describe.each(SIZES)('linear %i x %i over %i', (M, N, K) => {
  const x = someFloats(M * K, 1);
  const weight = someFloats(N * K, 2);
  const bias = someFloats(N, 3);
  const tolerance = 8e-7 * Math.sqrt(K) + 2e-6;

  it.each([[0, false, false], [0, true, false], [1, true, true], [2, true, true], [3, false, true], [4, true, false]] as const)(
    'forward with activation %i, bias %s, pre %s', (code, withBias, withPre) => {
      const [out, pre] = everywhere((host) => {
        const outAt = host.put(dirty(M * N));
        const preAt = withPre ? host.put(dirty(M * N)) : 0;
        host.run([LINEAR_FORWARD, host.put(x), host.put(weight), withBias ? host.put(bias) : 0, outAt, preAt, M, N, K, code]);
        return [host.take(outAt, M * N), withPre ? host.take(preAt, M * N) : new Float32Array(0)];
      }) as [Float32Array, Float32Array];
      const wanted = product(M, N, K, (m, k) => x[m * K + k]!, (k, n) => weight[n * K + k]!);
      if (withBias) wanted.forEach((value, at) => (wanted[at] = value + bias[at % N]!));
      expect(largestError(out, wanted.map(activations[code]!))).toBeLessThan(tolerance);
      if (withPre) expect(largestError(pre, wanted)).toBeLessThan(tolerance);
    });

  it.each([[0, false], [0, true], [1, false], [1, true], [4, true]] as const)('input gradient with activation %i, accumulate %s', (code, accumulate) => {
    // dy is [M,K], the weight [K,N].
    const pre = someFloats(M * N, 4).map((value) => 3 * value);
    const start = someFloats(M * N, 5);
    const [dx] = everywhere((host) => {
      const dxAt = host.put(accumulate ? start : dirty(M * N));
      host.run([LINEAR_INPUT_GRADIENT, host.put(x), host.put(weight), dxAt, code ? host.put(pre) : 0, M, N, K, code, Number(accumulate)]);
      return [host.take(dxAt, M * N)];
    }) as [Float32Array];
    const wanted = product(M, N, K, (m, k) => x[m * K + k]!, (k, n) => weight[k * N + n]!);
    wanted.forEach((value, at) => (wanted[at] = value * slopes[code]!(pre[at]!) + (accumulate ? start[at]! : 0)));
    expect(largestError(dx, wanted)).toBeLessThan(tolerance);
  });

  it.each([[true, true, false], [true, true, true], [true, false, false], [false, true, true]] as const)(
    'weight gradient: weight %s, bias %s, accumulate %s', (withWeight, withBias, accumulate) => {
      // Terms are the rows: dy is [K,M] and x [K,N] here, so that the sizes mean the same product.
      const dy = someFloats(K * M, 6);
      const input = someFloats(K * N, 7);
      const start = someFloats(M * N, 8);
      const startBias = someFloats(M, 9);
      const [dweight, dbias] = everywhere((host) => {
        const weightAt = withWeight ? host.put(accumulate ? start : dirty(M * N)) : 0;
        const biasAt = withBias ? host.put(accumulate ? startBias : dirty(M)) : 0;
        host.run([LINEAR_WEIGHT_GRADIENT, host.put(dy), host.put(input), weightAt, biasAt, K, M, N, Number(accumulate)]);
        return [withWeight ? host.take(weightAt, M * N) : new Float32Array(0), withBias ? host.take(biasAt, M) : new Float32Array(0)];
      }) as [Float32Array, Float32Array];
      if (withWeight) {
        const wanted = product(M, N, K, (m, k) => dy[k * M + m]!, (k, n) => input[k * N + n]!);
        if (accumulate) wanted.forEach((value, at) => (wanted[at] = value + start[at]!));
        expect(largestError(dweight, wanted)).toBeLessThan(tolerance);
      }
      if (withBias) {
        const wanted = Float64Array.from({ length: M }, (_, m) => (accumulate ? startBias[m]! : 0));
        for (let k = 0; k < K; k++) for (let m = 0; m < M; m++) wanted[m]! += dy[k * M + m]!;
        expect(largestError(dbias, wanted)).toBeLessThan(tolerance);
      }
    });
});

it('runs instructions in order: each sees all of what the one before wrote', () => {
  const [size, layers] = [48, 12];
  const weight = someFloats(size * size, 3).map((value) => value / 4);
  const [last] = everywhere((host) => {
    const weightAt = host.put(weight);
    const values = Array.from({ length: layers + 1 }, (_, index) => host.put(index === 0 ? someFloats(size * size, 1) : dirty(size * size)));
    const layer = (index: number): [number, ...Argument[]] => [LINEAR_FORWARD, values[index]!, weightAt, 0, values[index + 1]!, 0, size, size, size, 4];
    for (let repeat = 0; repeat < 20; repeat++) host.run(...Array.from({ length: layers }, (_, index) => layer(index)));
    return [host.take(values[layers]!, size * size)];
  }) as [Float32Array];
  expect(last.every(Number.isFinite)).toBe(true);
});

describe.each([1, 2, 3, 4])('activation %i', (code) => {
  const values = Float32Array.from({ length: 20_003 }, (_, index) => (index - 10_000) / 700);

  it(`forward and backward are those of ${NAMES[code]} within 1e-6`, () => {
    const dout = someFloats(values.length, 1);
    const [out, din, inPlace] = everywhere((host) => {
      const [outAt, dinAt, doutAt, inAt] = [host.put(dirty(values.length)), host.put(dirty(values.length)), host.put(dout), host.put(values)];
      host.run([ACTIVATION_FORWARD, inAt, outAt, values.length, code], [ACTIVATION_BACKWARD, doutAt, inAt, dinAt, values.length, code]);
      host.run([ACTIVATION_BACKWARD, doutAt, inAt, doutAt, values.length, code]);
      return [host.take(outAt, values.length), host.take(dinAt, values.length), host.take(doutAt, values.length)];
    }) as [Float32Array, Float32Array, Float32Array];
    expect(largestError(out, Float64Array.from(values, activations[code]!))).toBeLessThan(1e-6);
    expect(largestError(din, Float64Array.from(values, (value, at) => dout[at]! * slopes[code]!(value)))).toBeLessThan(1e-6);
    expect(inPlace).toEqual(din);
  });

  it.each([1, 2, 3, 5, 7])('of %i elements', (count) => {
    const [out] = everywhere((host) => {
      const outAt = host.put(dirty(count));
      host.run([ACTIVATION_FORWARD, host.put(values.subarray(9_998, 9_998 + count)), outAt, count, code]);
      return [host.take(outAt, count)];
    }) as [Float32Array];
    expect(largestError(out, Float64Array.from(values.subarray(9_998, 9_998 + count), activations[code]!))).toBeLessThan(1e-6);
  });
});

it.each([[0, 1], [0, 16], [0, 1003], [1, 5], [2, 64], [3, 1], [7, 333], [4_000_000_001, 37]])(
  'dropout from element %i, %i of them, is that of dropoutMask.ts', (first, count) => {
    const [seed, step, op] = [4_294_967_295, 777, 25];
    const start = first > 1e6 ? first % 4 : first;
    const mask = new Float32Array(start + count);
    if (first <= 1e6) fillDropoutMask(mask, 0.1, seed, step, op);
    const host = hosts[0]!;
    host.clear();
    const at = host.put(dirty(count));
    const fill = (from: number) => {
      host.exports.dropoutScales(at, BigInt(from), count, seed, step, op, Math.round(0.1 * 2 ** 32), Math.fround(1 / 0.9));
      return host.take(at, count);
    };
    if (first <= 1e6) expect(fill(first)).toEqual(mask.subarray(start));
    else expect(fill(first).subarray(5)).toEqual(fill(first + 5).subarray(0, count - 5));
  });

describe.each([
  [1, 1, 1, 4], [2, 3, 2, 8], [2, 7, 3, 5], [1, 13, 2, 20], [3, 32, 2, 32], [2, 49, 2, 16], [1, 97, 2, 33], [2, 128, 3, 32], [1, 130, 1, 96], [1, 512, 1, 64],
])('attention of %i x %i, %i heads of %i', (B, S, heads, headSize) => {
  const sizes = { B, S, heads, headSize };
  const width = heads * headSize;
  const stride = 3 * width;
  const rows = B * S;
  const fused = someFloats(rows * stride, 1).map((value) => 2 * value);
  const dcontext = someFloats(rows * width, 2);
  const parts = [0, 1, 2].map((part) => fused.subarray(part * width)) as [Float32Array, Float32Array, Float32Array];
  const full = new Int32Array(rows).fill(1);
  const ragged = Int32Array.from({ length: rows }, (_, at) => (at % S < Math.max(1, Math.ceil(S * 0.6) - Math.floor(at / S)) ? 1 : 0));
  const lastEmpty = Int32Array.from(ragged, (value, at) => (at >= (B - 1) * S ? 0 : value));

  it.each([['full', full, 0], ['ragged', ragged, 0], ['ragged with dropout', ragged, 0.1], ['with one row all padding', lastEmpty, 0.5]] as const)('%s', (_, mask, probability) => {
    const [seed, step, op, rowOffset] = [42, 3, 7, 5];
    const dropped = new Float32Array((B + rowOffset) * heads * S * S);
    fillDropoutMask(dropped, probability, seed, step, op);
    const wanted = attention(sizes, stride, ...parts, mask, (element) => (probability ? dropped[rowOffset * heads * S * S + element]! : 1), dcontext);
    const outputs = everywhere((host) => {
      const at = host.put(fused);
      const pointers = [at, at + 4 * width, at + 8 * width] as const;
      const [maskAt, contextAt, logAt, dcontextAt] = [host.put(mask), host.put(dirty(rows * width)), host.put(dirty(rows * heads)), host.put(dcontext)];
      const gradientAt = host.put(dirty(rows * stride));
      const scalars = host.put(Int32Array.of(seed, step, probability ? 1 : 0, rowOffset));
      const tail: Argument[] = [B, S, heads, headSize, scalars, op, Math.round(probability * 2 ** 32) | 0, { float: 1 / (1 - probability) }];
      host.run(
        [ATTENTION_FORWARD, ...pointers, stride, maskAt, contextAt, logAt, ...tail],
        [ATTENTION_BACKWARD, ...pointers, stride, maskAt, contextAt, logAt, dcontextAt, gradientAt, gradientAt + 4 * width, gradientAt + 8 * width, stride, ...tail],
      );
      return [host.take(contextAt, rows * width), host.take(logAt, rows * heads), host.take(gradientAt, rows * stride)];
    }) as [Float32Array, Float32Array, Float32Array];
    const [context, logSumExp, gradients] = outputs;
    expect(largestError(context, wanted.context)).toBeLessThan(3e-6);
    expect(largestError(logSumExp, wanted.logSumExp)).toBeLessThan(3e-6);
    [wanted.dq, wanted.dk, wanted.dv].forEach((gradient, part) => {
      const got = gradient.map((_, index) => gradients[Math.floor(index / width) * stride + part * width + (index % width)]!);
      expect(largestError(got, gradient)).toBeLessThan(1e-5);
    });
  });
});

describe('attention of extreme values', () => {
  const [S, headSize] = [9, 8];
  const run = (query: Float32Array) =>
    everywhere((host) => {
      const [queryAt, keyAt, valueAt] = [host.put(query), host.put(someFloats(S * headSize, 2)), host.put(someFloats(S * headSize, 3))];
      const [maskAt, contextAt, logAt] = [host.put(new Int32Array(S).fill(1)), host.put(dirty(S * headSize)), host.put(dirty(S))];
      const scalars = host.put(new Int32Array(4));
      host.run([ATTENTION_FORWARD, queryAt, keyAt, valueAt, headSize, maskAt, contextAt, logAt, 1, S, 1, headSize, scalars, 0, 0, { float: 1 }]);
      return [host.take(contextAt, S * headSize)];
    })[0]!;

  it('stays finite with scores in the tens of thousands', () => {
    const context = run(someFloats(S * headSize, 1).map((value) => 1e5 * value));
    expect(context.every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  it('keeps NaN where it is', () => {
    const query = someFloats(S * headSize, 1);
    query[3 * headSize + 1] = NaN;
    const context = run(query);
    expect([...context].map((value) => Number.isNaN(value))).toEqual([...context].map((_, at) => Math.floor(at / headSize) === 3));
  });
});
