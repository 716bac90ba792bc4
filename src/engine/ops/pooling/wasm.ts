/** Words of pooling for WASM. */
import { flag, type Encoder } from '../../backends/wasm/words';
import type { PoolingKind } from './op';

const POOLING_CODES: Record<PoolingKind, number> = { firstToken: 0, mean: 1 };

export const pool: Encoder<'pool'> = ({ reads, writes, rows, length, hidden, pooling }, address) => [
  address(reads.input),
  address(reads.attentionMask),
  address(writes.output),
  rows,
  length,
  hidden,
  POOLING_CODES[pooling],
];

export const poolGradient: Encoder<'poolGradient'> = ({ reads, writes, rows, length, hidden, pooling, accumulate }, address) => [
  address(reads.dOutput),
  address(reads.attentionMask),
  address(writes.dInput),
  rows,
  length,
  hidden,
  POOLING_CODES[pooling],
  flag(accumulate),
];
