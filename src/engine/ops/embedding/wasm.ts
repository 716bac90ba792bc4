/** Words of the embedding for WASM. */
import { dropoutWords, flag, floatWord, optionalAddress, type Encoder } from '../../backends/wasm/words';

export const gatherRows: Encoder<'gatherRows'> = ({ reads, writes, tokens, hidden, firstRow, tableRows }, address) => [
  address(reads.table),
  address(reads.ids),
  address(writes.output),
  tokens,
  hidden,
  firstRow,
  tableRows,
];

export const embeddingNorm: Encoder<'embeddingNorm'> = ({ reads, writes, tokens, length, hidden, epsilon, dropout }, address) => [
  address(writes.sum),
  address(reads.positionTable),
  optionalAddress(reads.tokenTypeTable, address),
  address(reads.tokenTypeIds),
  address(reads.weight),
  address(reads.bias),
  address(writes.output),
  address(writes.statistics),
  tokens,
  length,
  hidden,
  floatWord(epsilon),
  ...dropoutWords(dropout, address(reads.scalars)),
];

export const tableGradient: Encoder<'tableGradient'> = ({ reads, writes, hidden, firstRow, tableRows, accumulate }, address) => [
  address(reads.dSum),
  address(reads.order),
  address(reads.segmentIds),
  address(reads.segmentOffsets),
  address(reads.scalars),
  address(writes.gradient),
  hidden,
  firstRow,
  tableRows,
  flag(accumulate),
];

export const positionGradient: Encoder<'positionGradient'> = ({ reads, writes, rows, length, hidden, tableRows, accumulate }, address) => [
  address(reads.dSum),
  address(writes.gradient),
  rows,
  length,
  hidden,
  tableRows,
  flag(accumulate),
];

export const tokenTypeGradient: Encoder<'tokenTypeGradient'> = ({ reads, writes, tokens, hidden, tableRows, accumulate }, address) => [
  address(reads.dSum),
  address(reads.tokenTypeIds),
  address(writes.gradient),
  tokens,
  hidden,
  tableRows,
  flag(accumulate),
];
