/** Float64 references of the embedding and of the gradients of its three tables. */
import { SCALARS } from '../../plan/tensor';
import { dropoutScales } from '../dropout/reference';
import { at, store, type Reference } from '../memory';
import { rowStatistics } from '../residual-norm/reference';

export const gatherRows: Reference<'gatherRows'> = ({ reads, writes, tokens, hidden, firstRow, tableRows }, memory) => {
  const table = memory.get(reads.table);
  const ids = memory.get(reads.ids);
  const output = memory.get(writes.output);
  for (let token = 0; token < tokens; token++) {
    const row = at(ids, token) - firstRow;
    if (row < 0 || row >= tableRows) continue;
    for (let column = 0; column < hidden; column++) store(output, token * hidden + column, at(table, row * hidden + column));
  }
};

export const embeddingNorm: Reference<'embeddingNorm'> = (instruction, memory) => {
  const { reads, writes, tokens, length, hidden, epsilon, dropout } = instruction;
  const words = memory.get(reads.sum);
  const positionTable = memory.get(reads.positionTable);
  const tokenTypeTable = reads.tokenTypeTable === null ? null : memory.get(reads.tokenTypeTable);
  const typeIds = memory.get(reads.tokenTypeIds);
  const weight = memory.get(reads.weight);
  const bias = memory.get(reads.bias);
  const sum = memory.get(writes.sum);
  const output = memory.get(writes.output);
  const statistics = memory.get(writes.statistics);
  const scale = dropoutScales(dropout, memory.get(reads.scalars));
  for (let token = 0; token < tokens; token++) {
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      const position = at(positionTable, (token % length) * hidden + column);
      const tokenType = tokenTypeTable ? at(tokenTypeTable, at(typeIds, token) * hidden + column) : 0;
      store(sum, element, at(words, element) + position + tokenType);
    }
    const { mean, inverse } = rowStatistics(sum, token, hidden, epsilon);
    store(statistics, token * 2, mean);
    store(statistics, token * 2 + 1, inverse);
    for (let column = 0; column < hidden; column++) {
      const element = token * hidden + column;
      store(output, element, ((at(sum, element) - mean) * inverse * at(weight, column) + at(bias, column)) * scale(element));
    }
  }
};

export const tableGradient: Reference<'tableGradient'> = ({ reads, writes, hidden, firstRow, tableRows, accumulate }, memory) => {
  const dSum = memory.get(reads.dSum);
  const order = memory.get(reads.order);
  const segmentIds = memory.get(reads.segmentIds);
  const segmentOffsets = memory.get(reads.segmentOffsets);
  const segments = at(memory.get(reads.scalars), SCALARS.segments);
  const gradient = memory.get(writes.gradient);
  for (let segment = 0; segment < segments; segment++) {
    const row = at(segmentIds, segment) - firstRow;
    if (row < 0 || row >= tableRows) continue;
    for (let column = 0; column < hidden; column++) {
      let total = 0;
      for (let place = at(segmentOffsets, segment); place < at(segmentOffsets, segment + 1); place++) {
        total += at(dSum, at(order, place) * hidden + column);
      }
      store(gradient, row * hidden + column, total, accumulate);
    }
  }
};

export const positionGradient: Reference<'positionGradient'> = (instruction, memory) => {
  const { reads, writes, rows, length, hidden, tableRows, accumulate } = instruction;
  const dSum = memory.get(reads.dSum);
  const gradient = memory.get(writes.gradient);
  for (let position = 0; position < tableRows; position++) {
    for (let column = 0; column < hidden; column++) {
      let total = 0;
      if (position < length) for (let row = 0; row < rows; row++) total += at(dSum, (row * length + position) * hidden + column);
      store(gradient, position * hidden + column, total, accumulate);
    }
  }
};

export const tokenTypeGradient: Reference<'tokenTypeGradient'> = ({ reads, writes, tokens, hidden, tableRows, accumulate }, memory) => {
  const dSum = memory.get(reads.dSum);
  const typeIds = memory.get(reads.tokenTypeIds);
  const gradient = memory.get(writes.gradient);
  for (let tokenType = 0; tokenType < tableRows; tokenType++) {
    for (let column = 0; column < hidden; column++) {
      let total = 0;
      for (let token = 0; token < tokens; token++) {
        if (at(typeIds, token) === tokenType) total += at(dSum, token * hidden + column);
      }
      store(gradient, tokenType * hidden + column, total, accumulate);
    }
  }
};
