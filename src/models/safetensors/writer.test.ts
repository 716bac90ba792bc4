import { describe, expect, it } from 'vitest';
import { readSafetensorsHeader, readTensors, type Tensor } from './reader';
import { MAXIMUM_CHUNK_BYTES, safetensorsChunks, writeSafetensors } from './writer';

const tensor = (shape: number[], ...values: number[]): Tensor => ({ shape, data: Float32Array.from(values) });

describe('safetensors writer', () => {
  it('writes the bytes that safetensors 0.8 writes in Python', () => {
    const madeInPython =
      'kAAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJhIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsxLDFdLCJkYXRhX29mZnNldHMiOlswLDRdfSwiYiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzQsMTJdfX0gICAAAEBAAACAPwAAAEA=';
    const written = writeSafetensors([['b', tensor([2], 1, 2)], ['a', tensor([1, 1], 3)]]);
    expect(Buffer.from(written).toString('base64')).toBe(madeInPython);
  });

  it('gives back what was written, whatever the names', () => {
    const tensors = new Map<string, Tensor>([
      ['__proto__', tensor([1], 1)],
      ['10', tensor([2, 2], 1, -2, 3.5, 2 ** -149)],
      ['2', tensor([0, 3])],
      ['weight "quoted" \\ 权重', tensor([], -0)],
    ]);
    const written = writeSafetensors(tensors, { format: 'pt', note: '€' });
    expect(readTensors(written, 'f')).toEqual(tensors);
    const header = readSafetensorsHeader(written, written.length, 'f');
    expect([...header.metadata]).toEqual([['format', 'pt'], ['note', '€']]);
    expect(header.bufferStart % 8).toBe(0);
  });

  it('writes only the part of a buffer that a tensor sees', () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(readTensors(writeSafetensors([['a', { shape: [2], data }]]), 'f').get('a')?.data).toEqual(Float32Array.of(2, 3));
  });

  it('gives chunks of at most 16 MB, without copying the tensors', () => {
    const data = new Float32Array(MAXIMUM_CHUNK_BYTES / 2 + 5).fill(7);
    const chunks = [...safetensorsChunks([['a', { shape: [data.length], data }]])];
    expect(chunks.slice(1).map((chunk) => chunk.length)).toEqual([MAXIMUM_CHUNK_BYTES, MAXIMUM_CHUNK_BYTES, 20]);
    expect(chunks[1]?.buffer).toBe(data.buffer);
  });

  it('refuses a name twice, the reserved name, and a shape that is not the data\'s', () => {
    expect(() => writeSafetensors([['a', tensor([1], 1)], ['a', tensor([1], 1)]])).toThrow('taken');
    expect(() => writeSafetensors([['__metadata__', tensor([1], 1)]])).toThrow('taken');
    expect(() => writeSafetensors([['a', tensor([2], 1)]])).toThrow('1 values');
  });
});
