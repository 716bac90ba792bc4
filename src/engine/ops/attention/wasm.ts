/** Words of attention for WASM. */
import { dropoutOperands, type AddressOf, type Encoder } from '../../backends/wasm/words';
import type { QueryKeyValueLayout } from './op';
import type { TensorId } from '../../plan/tensor';

const BYTES = 4;

/** Addresses of three tensors, or of three groups of columns of one. */
function places(query: TensorId, key: TensorId, value: TensorId, layout: QueryKeyValueLayout, address: AddressOf): number[] {
  return [
    address(query) + layout.queryOffset * BYTES,
    address(key) + layout.keyOffset * BYTES,
    address(value) + layout.valueOffset * BYTES,
  ];
}

export const attention: Encoder<'attention'> = (instruction, address) => {
  const { reads, writes, rows, length, heads, headSize, layout, dropout } = instruction;
  return [
    ...places(reads.query, reads.key, reads.value, layout, address),
    layout.rowStride,
    address(reads.attentionMask),
    address(writes.context),
    address(writes.logSumExp),
    rows,
    length,
    heads,
    headSize,
    ...dropoutOperands(dropout, address(reads.scalars)),
  ];
};

export const attentionGradient: Encoder<'attentionGradient'> = (instruction, address) => {
  const { reads, writes, rows, length, heads, headSize, layout, dropout } = instruction;
  return [
    ...places(reads.query, reads.key, reads.value, layout, address),
    layout.rowStride,
    address(reads.attentionMask),
    address(reads.context),
    address(reads.logSumExp),
    address(reads.dContext),
    ...places(writes.dQuery, writes.dKey, writes.dValue, layout, address),
    layout.rowStride,
    rows,
    length,
    heads,
    headSize,
    ...dropoutOperands(dropout, address(reads.scalars)),
  ];
};
