/** Float64 references of attention: the formulas, with every probability computed where it is needed. */
import type { InstructionOf } from '../../plan/instruction';
import { dropoutScales } from '../dropout/reference';
import { at, store, type Reference, type ReferenceMemory } from '../memory';

type Sizes = Pick<InstructionOf<'attention'>, 'rows' | 'length' | 'heads' | 'headSize' | 'layout'>;
type Operand = 'query' | 'key' | 'value';

/** Index of component `c` of token `i` of a head, in the tensor that holds the queries (keys, values). */
function place({ length, headSize, layout }: Sizes, operand: Operand, row: number, head: number, i: number, c: number): number {
  const offset = { query: layout.queryOffset, key: layout.keyOffset, value: layout.valueOffset }[operand];
  return offset + (row * length + i) * layout.rowStride + head * headSize + c;
}

/** Index in `context`, which is never fused. */
function contextPlace({ length, heads, headSize }: Sizes, row: number, head: number, i: number, c: number): number {
  return ((row * length + i) * heads + head) * headSize + c;
}

/** Index of the first of the row's tokens in [rows, heads, length]. */
const headPlace = ({ length, heads }: Sizes, row: number, head: number) => (row * heads + head) * length;

/**
 * Scores of query i with every key: q . k / sqrt(headSize), -Infinity where the key is padding. Where all keys are,
 * every score is 0, so all have probability 1 / length and the logarithm of their sum is log(length).
 */
function scoresOf(sizes: Sizes, query: Float64Array, key: Float64Array, mask: Float64Array, row: number, head: number, i: number): Float64Array {
  const { length, headSize } = sizes;
  const rowMask = mask.subarray(row * length, (row + 1) * length);
  const scores = new Float64Array(length);
  if (rowMask.every((kept) => kept === 0)) return scores;
  for (let j = 0; j < length; j++) {
    let sum = 0;
    for (let c = 0; c < headSize; c++) sum += at(query, place(sizes, 'query', row, head, i, c)) * at(key, place(sizes, 'key', row, head, j, c));
    store(scores, j, at(rowMask, j) === 0 ? -Infinity : sum / Math.sqrt(headSize));
  }
  return scores;
}

function logSumExpOf(scores: Float64Array): number {
  const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  return largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
}

export const attention: Reference<'attention'> = (instruction, memory) => {
  const { reads, writes, rows, length, heads, headSize } = instruction;
  const query = memory.get(reads.query);
  const key = memory.get(reads.key);
  const value = memory.get(reads.value);
  const mask = memory.get(reads.attentionMask);
  const context = memory.get(writes.context);
  const logSumExp = memory.get(writes.logSumExp);
  const scale = dropoutScales(instruction.dropout, memory.get(reads.scalars));
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      for (let i = 0; i < length; i++) {
        const token = headPlace(instruction, row, head) + i;
        const scores = scoresOf(instruction, query, key, mask, row, head, i);
        const total = logSumExpOf(scores);
        store(logSumExp, token, total);
        const weights = scores.map((score, j) => Math.exp(score - total) * scale(token * length + j));
        for (let c = 0; c < headSize; c++) {
          let sum = 0;
          for (let j = 0; j < length; j++) sum += at(weights, j) * at(value, place(instruction, 'value', row, head, j, c));
          store(context, contextPlace(instruction, row, head, i, c), sum);
        }
      }
    }
  }
};

type Gradients = Record<Operand, Float64Array>;

/** What one query adds to the three gradients of its head, which are [length, headSize]. Returns delta. */
function addQuery(instruction: InstructionOf<'attentionGradient'>, memory: ReferenceMemory, gradients: Gradients, row: number, head: number, i: number, scale: (element: number) => number): number {
  const { reads, length, headSize } = instruction;
  const query = memory.get(reads.query);
  const key = memory.get(reads.key);
  const value = memory.get(reads.value);
  const dContext = memory.get(reads.dContext);
  const token = headPlace(instruction, row, head) + i;
  const scores = scoresOf(instruction, query, key, memory.get(reads.attentionMask), row, head, i);
  const total = at(memory.get(reads.logSumExp), token);
  const probabilities = scores.map((score) => Math.exp(score - total));
  const scales = scores.map((_, j) => scale(token * length + j));
  const dProbabilities = scores.map((_, j) => {
    let sum = 0;
    for (let c = 0; c < headSize; c++) {
      sum += at(dContext, contextPlace(instruction, row, head, i, c)) * at(value, place(instruction, 'value', row, head, j, c));
    }
    return sum * at(scales, j);
  });
  const delta = probabilities.reduce((sum, probability, j) => sum + probability * at(dProbabilities, j), 0);
  for (let j = 0; j < length; j++) {
    const dScore = (at(probabilities, j) * (at(dProbabilities, j) - delta)) / Math.sqrt(headSize);
    const weight = at(probabilities, j) * at(scales, j);
    for (let c = 0; c < headSize; c++) {
      store(gradients.query, i * headSize + c, dScore * at(key, place(instruction, 'key', row, head, j, c)), true);
      store(gradients.key, j * headSize + c, dScore * at(query, place(instruction, 'query', row, head, i, c)), true);
      store(gradients.value, j * headSize + c, weight * at(dContext, contextPlace(instruction, row, head, i, c)), true);
    }
  }
  return delta;
}

export const attentionGradient: Reference<'attentionGradient'> = (instruction, memory) => {
  const { reads, writes, rows, length, heads, headSize } = instruction;
  const targets: Gradients = { query: memory.get(writes.dQuery), key: memory.get(writes.dKey), value: memory.get(writes.dValue) };
  const delta = memory.get(writes.delta);
  const scale = dropoutScales(instruction.dropout, memory.get(reads.scalars));
  for (let row = 0; row < rows; row++) {
    for (let head = 0; head < heads; head++) {
      const room = () => new Float64Array(length * headSize);
      const gradients: Gradients = { query: room(), key: room(), value: room() };
      for (let i = 0; i < length; i++) {
        store(delta, headPlace(instruction, row, head) + i, addQuery(instruction, memory, gradients, row, head, i, scale));
      }
      for (const operand of ['query', 'key', 'value'] as const) {
        for (let i = 0; i < length; i++) {
          for (let c = 0; c < headSize; c++) store(targets[operand], place(instruction, operand, row, head, i, c), at(gradients[operand], i * headSize + c));
        }
      }
    }
  }
};
