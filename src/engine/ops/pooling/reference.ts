/** Float64 references of pooling. */
import type { PoolingKind } from './op';
import { at, store, type Reference } from '../memory';

/** How much each of a row's tokens counts in its vector. */
function shares(pooling: PoolingKind, mask: Float64Array, row: number, length: number): number[] {
  const kept = Array.from({ length }, (_, token) => (at(mask, row * length + token) === 0 ? 0 : 1));
  const count = kept.reduce<number>((sum, one) => sum + one, 0);
  return kept.map((one, token) => {
    if (pooling === 'firstToken') return token === 0 ? 1 : 0;
    return count === 0 ? 0 : one / count;
  });
}

export const pool: Reference<'pool'> = ({ reads, writes, rows, length, hidden, pooling }, memory) => {
  const input = memory.get(reads.input);
  const output = memory.get(writes.output);
  for (let row = 0; row < rows; row++) {
    const share = shares(pooling, memory.get(reads.attentionMask), row, length);
    for (let column = 0; column < hidden; column++) {
      const sum = share.reduce((total, part, token) => total + part * at(input, (row * length + token) * hidden + column), 0);
      store(output, row * hidden + column, sum);
    }
  }
};

export const poolGradient: Reference<'poolGradient'> = ({ reads, writes, rows, length, hidden, pooling, accumulate }, memory) => {
  const dOutput = memory.get(reads.dOutput);
  const dInput = memory.get(writes.dInput);
  for (let row = 0; row < rows; row++) {
    shares(pooling, memory.get(reads.attentionMask), row, length).forEach((part, token) => {
      for (let column = 0; column < hidden; column++) {
        store(dInput, (row * length + token) * hidden + column, part * at(dOutput, row * hidden + column), accumulate);
      }
    });
  }
};
