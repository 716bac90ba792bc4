import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AnnealError, type ErrorFacts } from '../../domain';
import { readSafetensorsHeader, readTensors, safetensorsHeaderEnd } from './reader';
import type { SafetensorsRule } from './rules';

/** A file of this header and this many bytes of buffer; the length can be made to lie. */
function fileOf(header: string | Uint8Array, buffer: Uint8Array | number, statedLength?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const data = typeof buffer === 'number' ? new Uint8Array(buffer) : buffer;
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, statedLength ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const entry = (begin: number, end: number, shape: (number | string)[] = [(end - begin) / 4], dtype = 'F32') =>
  `{"dtype":"${dtype}","shape":[${shape.join(',')}],"data_offsets":[${begin},${end}]}`;

function factsOf(read: () => unknown): ErrorFacts['model.bad-file'] {
  try {
    read();
  } catch (error) {
    if (error instanceof AnnealError && error.code === 'model.bad-file') return error.facts as ErrorFacts['model.bad-file'];
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Made by safetensors 0.8 in Python: I64 `position_ids`, F32 `b.weight` and `scalar`, F16 `a.bias`. */
const madeInPython = new Uint8Array(
  Buffer.from(
    'IAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJwb3NpdGlvbl9pZHMiOnsiZHR5cGUiOiJJNjQiLCJzaGFwZSI6WzEsM10sImRhdGFfb2Zmc2V0cyI6WzAsMjRdfSwiYi53ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6WzI0LDQ4XX0sInNjYWxhciI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbXSwiZGF0YV9vZmZzZXRzIjpbNDgsNTJdfSwiYS5iaWFzIjp7ImR0eXBlIjoiRjE2Iiwic2hhcGUiOls0XSwiZGF0YV9vZmZzZXRzIjpbNTIsNjBdfX0gICAgICAAAAAAAAAAAAEAAAAAAAAAAgAAAAAAAAAAAAC/AACAvgAAAAAAAIA+AAAAPwAAQD8AACBAAD4AwAEA/3s=',
    'base64',
  ),
);

describe('safetensors reader', () => {
  it('reads a file made in Python, integers as header entries only', () => {
    const header = readSafetensorsHeader(madeInPython, madeInPython.length, 'model.safetensors');
    expect([...header.entries.keys()]).toEqual(['position_ids', 'b.weight', 'scalar', 'a.bias']);
    expect([...header.metadata]).toEqual([['format', 'pt']]);
    const tensors = readTensors(madeInPython, 'model.safetensors');
    expect([...tensors.keys()]).toEqual(['b.weight', 'scalar', 'a.bias']);
    expect(tensors.get('b.weight')).toEqual({ shape: [2, 3], data: Float32Array.of(-0.5, -0.25, 0, 0.25, 0.5, 0.75) });
    expect(tensors.get('scalar')).toEqual({ shape: [], data: Float32Array.of(2.5) });
    expect(tensors.get('a.bias')).toEqual({ shape: [4], data: Float32Array.of(1.5, -2, 2 ** -24, 65_504) });
  });

  it('reads BF16, values at odd addresses, empty tensors and a file without tensors', () => {
    const bytes = fileOf(`{"flag":${entry(0, 1, [1], 'BOOL')},"w":${entry(1, 5, [2], 'BF16')},"none":${entry(5, 5, [0, 7])}}`, Uint8Array.of(1, 0x80, 0x3f, 0x20, 0xc0));
    const tensors = readTensors(bytes, 'model.safetensors');
    expect(tensors.get('w')).toEqual({ shape: [2], data: Float32Array.of(1, -2.5) });
    expect(tensors.get('none')).toEqual({ shape: [0, 7], data: new Float32Array(0) });
    expect(readTensors(fileOf('{}', 0), 'f').size).toBe(0);
  });

  it('reads the packaged model', () => {
    const folder = new URL('../../../public/models/all-MiniLM-L6-v2/', import.meta.url);
    const bytes = new Uint8Array(Buffer.concat([0, 1, 2].map((part) => readFileSync(new URL(`model.safetensors.part-${part}`, folder)))));
    const tensors = readTensors(bytes, 'model.safetensors');
    expect(tensors.get('embeddings.word_embeddings.weight')?.shape).toEqual([30_522, 384]);
    let values = 0;
    for (const { data } of tensors.values()) values += data.length;
    // 22,713,216 parameters, two bytes each.
    expect(values).toBe(22_713_216);
  });

  it('fault 22: __proto__ is a name like any other', () => {
    const tensors = readTensors(fileOf(`{"__proto__":${entry(0, 4)},"constructor":${entry(4, 8)}}`, 8), 'f');
    expect([...tensors.keys()]).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('needs only the first bytes of a file for its header', () => {
    const end = safetensorsHeaderEnd(madeInPython.subarray(0, 8), madeInPython.length, 'f');
    expect(readSafetensorsHeader(madeInPython.subarray(0, end), madeInPython.length, 'f').entries.size).toBe(4);
    expect(() => readSafetensorsHeader(madeInPython.subarray(0, end - 1), madeInPython.length, 'f')).toThrow(RangeError);
  });
});

const good = entry(0, 4);
const text = (content: string) => new TextEncoder().encode(content);

const broken: [SafetensorsRule, string, Uint8Array, Partial<ErrorFacts['model.bad-file']>?][] = [
  ['empty-file', 'no bytes', new Uint8Array(0), { bytes: 0 }],
  ['lfs-pointer', 'a Git LFS pointer', text(`version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 90868376\n`), { bytes: 133 }],
  ['zip', 'a PyTorch archive', Uint8Array.from(Buffer.from('504b0304000008080000000000000000000000', 'hex'))],
  ['zip', 'an archive whose first bytes make a small number', Uint8Array.from(Buffer.from('504b03040000000000000000', 'hex'))],
  ['pickle', 'an old PyTorch file', Uint8Array.from(Buffer.from('80028a0a6cfc9c46f920', 'hex'))],
  ['pickle', 'a pickle of six bytes', Uint8Array.from(Buffer.from('80027d71002e', 'hex'))],
  ['web-page', 'a login page', text('<!DOCTYPE html><html><body>Sign in</body></html>')],
  ['too-short', 'seven bytes', new Uint8Array(7), { bytes: 7 }],
  ['header-too-large', 'a length over 100 MB', fileOf('{}', 0, 100_000_001n), { bytes: 100_000_001, expected: 100_000_000 }],
  ['header-too-large', 'the largest length of all', fileOf('{}', 0, 2n ** 64n - 1n)],
  ['header-past-end', 'a length over the file', fileOf('{}', 0, 3n), { bytes: 3, expected: 2 }],
  ['header-start', 'a length of zero', fileOf('', 4)],
  ['header-start', 'a leading space', fileOf(' {}', 0), { begin: 8 }],
  ['header-start', 'an array', fileOf('[]', 0)],
  ['header-start', 'a byte order mark', fileOf('\ufeff{}', 0)],
  ['header-not-utf8', 'bytes that are no UTF-8', fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 0)],
  ['header-not-json', 'not JSON', fileOf('{nonsense', 0)],
  ['header-not-json', 'text after the object', fileOf('{} {}', 0)],
  ['header-not-json', 'a name that never ends', fileOf('{"a\\"', 0)],
  ['header-not-json', 'a false escape', fileOf('{"a\\x":1}', 0)],
  ['header-not-json', 'a line break in a name', fileOf('{"a\nb":1}', 0)],
  ['header-not-json', 'a comma too many', fileOf(`{"a":${good},}`, 4)],
  ['duplicate-name', 'a name twice', fileOf(`{"a":${good},"b":${entry(4, 8)},"a":${good}}`, 8), { tensor: 'a' }],
  ['duplicate-name', 'a name twice, once with an escape', fileOf(`{"a":${good},"\\u0061":${entry(4, 8)}}`, 8), { tensor: 'a' }],
  ['duplicate-name', 'two blocks of metadata', fileOf('{"__metadata__":{},"__metadata__":{}}', 0)],
  ['bad-metadata', 'a number as metadata', fileOf('{"__metadata__":{"a":1}}', 0)],
  ['bad-metadata', 'a list as metadata', fileOf('{"__metadata__":[]}', 0)],
  ['bad-entry', 'a number as an entry', fileOf('{"a":1}', 0), { tensor: 'a' }],
  ['bad-entry', 'no offsets', fileOf('{"a":{"dtype":"F32","shape":[1]}}', 4), { tensor: 'a' }],
  ['bad-entry', 'three offsets', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}', 4), { tensor: 'a' }],
  ['bad-entry', 'an offset that is no whole number', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4.0]}}', 4)],
  ['bad-entry', 'an unknown field', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"url":"x"}}', 4)],
  ['bad-entry', 'a dtype twice', fileOf('{"a":{"dtype":"F32","dtype":"F16","shape":[1],"data_offsets":[0,4]}}', 4)],
  ['unknown-dtype', 'an unknown dtype', fileOf(`{"a":${entry(0, 4, [1], 'F31')}}`, 4), { tensor: 'a', other: 'F31' }],
  ['unknown-dtype', 'a dtype every object has', fileOf(`{"a":${entry(0, 4, [1], 'toString')}}`, 4), { other: 'toString' }],
  ['bad-shape', 'a negative dimension', fileOf(`{"a":${entry(0, 4, [-1])}}`, 4), { tensor: 'a' }],
  ['bad-shape', 'a fraction as a dimension', fileOf(`{"a":${entry(0, 4, [1.5])}}`, 4), { tensor: 'a' }],
  ['bad-shape', 'thirty-three dimensions', fileOf(`{"a":${entry(0, 4, Array<number>(33).fill(1))}}`, 4), { tensor: 'a' }],
  ['shape-overflow', 'a product over 2^53', fileOf(`{"a":${entry(0, 4, [4_294_967_296, 4_294_967_296])}}`, 4), { tensor: 'a' }],
  ['shape-overflow', 'a product that wraps to zero in 64 bits', fileOf(`{"a":${entry(0, 0, ['4611686018427387904'])}}`, 0)],
  ['negative-offset', 'a negative begin', fileOf(`{"a":${entry(-4, 0, [1])}}`, 4), { tensor: 'a', begin: -4, end: 0 }],
  ['reversed-offsets', 'end before begin', fileOf(`{"a":${entry(4, 0, [1])}}`, 4), { tensor: 'a', begin: 4, end: 0 }],
  ['past-end', 'an end past the file', fileOf(`{"a":${entry(0, 8)}}`, 4), { tensor: 'a', begin: 0, end: 8, bytes: 4 }],
  ['past-end', 'an end past 2^64', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}', 4)],
  ['wrong-size', 'fewer bytes than the shape needs', fileOf(`{"a":${entry(0, 4, [2])}}`, 4), { tensor: 'a', bytes: 4, expected: 8 }],
  ['wrong-size', 'more bytes than the shape needs', fileOf(`{"a":${entry(0, 8, [2], 'F16')}}`, 8), { bytes: 8, expected: 4 }],
  ['overlap', 'tensors that overlap', fileOf(`{"classifier.bias":${entry(0, 8)},"classifier.weight":${entry(4, 12)}}`, 12), { tensor: 'classifier.weight', other: 'classifier.bias', begin: 4, end: 12 }],
  ['overlap', 'two names for the same bytes', fileOf(`{"a":${good},"b":${good}}`, 4), { tensor: 'b', other: 'a' }],
  ['gap', 'bytes between tensors', fileOf(`{"a":${good},"b":${entry(8, 12)}}`, 12), { tensor: 'b', other: 'a', begin: 4, end: 8 }],
  ['gap', 'bytes before the first tensor', fileOf(`{"a":${entry(4, 8)}}`, 8), { tensor: 'a', begin: 0, end: 4 }],
  ['uncovered-end', 'bytes after the last tensor', fileOf(`{"a":${good}}`, 12), { begin: 4, end: 12, bytes: 12, expected: 4 }],
  ['unsupported-dtype', 'weights in 64 bits', fileOf(`{"a":${entry(0, 8, [1], 'F64')}}`, 8), { tensor: 'a', other: 'F64' }],
  ['non-finite', 'NaN in F32', fileOf(`{"a":${entry(0, 8)}}`, Uint8Array.from(Buffer.from('0000803f0000c07f', 'hex'))), { tensor: 'a', index: 1 }],
  ['non-finite', 'infinity in F16', fileOf(`{"a":${entry(0, 4, [2], 'F16')}}`, Uint8Array.of(0, 0x7c, 0, 0)), { tensor: 'a', index: 0 }],
  ['non-finite', 'NaN in BF16', fileOf(`{"a":${entry(0, 4, [2], 'BF16')}}`, Uint8Array.of(0, 0, 0xc0, 0xff)), { tensor: 'a', index: 1 }],
];

function millionTensors(): Uint8Array {
  const names = Array.from({ length: 1_000_000 }, (_, index) => `"t${index}":${entry(0, 0, [0])}`);
  return fileOf(`{${names.join(',')}}`, 0);
}

describe('fault 22: a file that breaks a rule is refused by that rule', () => {
  it.each(broken)('%s: %s', (rule, _what, bytes, facts = {}) => {
    expect(factsOf(() => readTensors(bytes, 'model.safetensors'))).toMatchObject({ file: 'model.safetensors', rule, ...facts });
  });

  it('covers every rule of the type', () => {
    // too-many-tensors has a test of its own below, for its time.
    const rules: Record<Exclude<SafetensorsRule, 'too-many-tensors'>, true> = {
      'empty-file': true, 'lfs-pointer': true, pickle: true, zip: true, 'web-page': true, 'too-short': true,
      'header-too-large': true, 'header-past-end': true, 'header-start': true, 'header-not-utf8': true,
      'header-not-json': true, 'duplicate-name': true, 'bad-metadata': true, 'bad-entry': true, 'unknown-dtype': true,
      'bad-shape': true, 'shape-overflow': true, 'negative-offset': true, 'reversed-offsets': true, 'past-end': true,
      'wrong-size': true, overlap: true, gap: true, 'uncovered-end': true, 'unsupported-dtype': true, 'non-finite': true,
    };
    expect(new Set(broken.map(([rule]) => rule))).toEqual(new Set(Object.keys(rules)));
  });

  it('too-many-tensors: 1,000,000 tensors, and does not hang', () => {
    const bytes = millionTensors();
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      expect(factsOf(() => readTensors(bytes, 'f'))).toMatchObject({ rule: 'too-many-tensors', expected: 100_000 });
      return performance.now() - start;
    });
    // The fastest of three: other tests run beside this one.
    expect(Math.min(...times)).toBeLessThan(30_000);
  });

  it.each([
    ['one name', '{"', 'a'],
    ['one name of escaped quotes', '{"', '\\"'],
    ['opening brackets', '{"a":', '['],
    ['opening braces', '{"a":', '{"a":'],
    ['one shape', '{"a":{"shape":[1', ',1'],
    ['spaces', '{', ' '],
  ])('without hanging or exhausting the stack: 99 MB of %s', (_what, beginning, repeated) => {
    const json = Buffer.alloc(99_000_000, repeated);
    json.write(beginning);
    const bytes = fileOf(json, 0);
    const start = performance.now();
    const facts = factsOf(() => readTensors(bytes, 'f'));
    expect(facts.rule).toMatch(/^(header-not-json|bad-entry|bad-shape)$/);
    expect(facts.tensor?.length ?? 0).toBeLessThan(300);
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it('says nothing of a long name but its beginning', () => {
    const facts = factsOf(() => readTensors(fileOf(`{"${'n'.repeat(5000)}":${entry(0, 4, [1], 'X'.repeat(5000))}}`, 4), 'f'));
    expect(facts.tensor).toHaveLength(200);
    expect(facts.other).toHaveLength(200);
  });
});
