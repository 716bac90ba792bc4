/**
 * Some queries and keys of an attention, in float64: as the references of ops/attention, of which a whole head is too
 * slow at 512 tokens, and part of a head is not an attention again. A test holds the two against each other.
 */
import { dropoutScales } from '../ops/dropout/reference';
import type { SeededNumbers } from '../ops/caseBuilder';
import type { InstructionOf } from '../plan/instruction';
import type { TensorId } from '../plan/tensor';
import type { InstructionCase } from './runner';
import { spread, type Density } from './sampling';

/** What some elements of a tensor should be. */
export class Samples {
  private readonly found = new Map<TensorId, { elements: number[]; values: number[] }>();

  /** @param elementOf where in the tensor the values belong */
  add(id: TensorId, values: ArrayLike<number>, elementOf: (index: number) => number): void {
    const known = this.found.get(id) ?? { elements: [], values: [] };
    for (let index = 0; index < values.length; index++) {
      known.elements.push(elementOf(index));
      known.values.push(values[index] ?? NaN);
    }
    this.found.set(id, known);
  }

  get byTensor(): ReadonlyMap<TensorId, { elements: ArrayLike<number>; values: ArrayLike<number> }> {
    return this.found;
  }
}

type Data = InstructionCase['data'];
type Sizes = Pick<InstructionOf<'attention'>, 'reads' | 'rows' | 'length' | 'heads' | 'headSize' | 'layout' | 'dropout'>;

function valuesOf(data: Data, id: TensorId): Float64Array {
  const values = data.get(id);
  if (!values) throw new Error(`The case has no tensor ${id}.`);
  return values;
}

/** [length, headSize] of one head. */
function headRows(values: Float64Array, first: number, stride: number, length: number, headSize: number): Float64Array {
  const rows = new Float64Array(length * headSize);
  for (let token = 0; token < length; token++) rows.set(values.subarray(first + token * stride, first + token * stride + headSize), token * headSize);
  return rows;
}

/** Product of row `i` of one matrix with row `j` of another, both [length, width]. */
function dot(left: Float64Array, i: number, right: Float64Array, j: number, width: number): number {
  let sum = 0;
  for (let c = 0; c < width; c++) sum += (left[i * width + c] ?? NaN) * (right[j * width + c] ?? NaN);
  return sum;
}

/** One head of one row of the batch. */
class Head {
  readonly query: Float64Array;
  readonly key: Float64Array;
  readonly value: Float64Array;
  /** Of the row's first token in [rows, heads, length]. */
  readonly firstToken: number;
  /** 1 / sqrt(headSize). */
  readonly factor: number;
  private readonly mask: Float64Array;
  private readonly allPadded: boolean;

  constructor(readonly sizes: Sizes, private readonly data: Data, readonly row: number, readonly head: number) {
    const { reads, length, heads, headSize, layout } = sizes;
    const rows = (id: TensorId, offset: number) => headRows(valuesOf(data, id), this.place(offset, 0), layout.rowStride, length, headSize);
    this.query = rows(reads.query, layout.queryOffset);
    this.key = rows(reads.key, layout.keyOffset);
    this.value = rows(reads.value, layout.valueOffset);
    this.firstToken = (row * heads + head) * length;
    this.factor = 1 / Math.sqrt(headSize);
    this.mask = valuesOf(data, reads.attentionMask).subarray(row * length, (row + 1) * length);
    this.allPadded = this.mask.every((kept) => kept === 0);
  }

  /** First element of a token in a tensor whose rows are laid out as the queries' are. */
  place(offset: number, token: number): number {
    const { length, headSize, layout } = this.sizes;
    return offset + (this.row * length + token) * layout.rowStride + this.head * headSize;
  }

  /** First element of a token in a tensor laid out like `context`. */
  contextPlace(token: number): number {
    const { length, heads, headSize } = this.sizes;
    return ((this.row * length + token) * heads + this.head) * headSize;
  }

  /** Of a tensor laid out like `context`. */
  context(id: TensorId): Float64Array {
    const { heads, headSize, length } = this.sizes;
    return headRows(valuesOf(this.data, id), this.contextPlace(0), heads * headSize, length, headSize);
  }

  score(i: number, j: number): number {
    if (this.allPadded) return 0;
    return this.mask[j] === 0 ? -Infinity : dot(this.query, i, this.key, j, this.sizes.headSize) * this.factor;
  }
}

/** About `count` tokens of each head, such that the heads of a row together have some in every part of the sequence. */
function tokensOf(head: number, heads: number, length: number, count: number, numbers: SeededNumbers): number[] {
  const parts = heads * count;
  const tokens = Array.from({ length: count }, (_, turn) => {
    const part = turn * heads + head;
    return part === parts - 1 ? length - 1 : Math.min(length - 1, Math.floor(((part + (part === 0 ? 0 : numbers.uniform())) * length) / parts));
  });
  return [...new Set(tokens)];
}

/** All heads, with as many tokens each as there is time for; some heads where there are too many. */
function sampledHeads(sizes: Sizes, data: Data, products: number, { multiplications }: Density, numbers: SeededNumbers): { head: Head; tokens: number[] }[] {
  const { rows, heads, length, headSize } = sizes;
  const cost = products * length * headSize;
  // Half as much is done to fetch a head's numbers, however few tokens there are.
  const pairs = spread(rows * heads, Math.max(4, (4 * multiplications) / cost), numbers);
  const count = Math.min(length, Math.max(1, Math.floor(multiplications / (pairs.length * cost))));
  return pairs.map((pair) => {
    const head = pair % heads;
    return { head: new Head(sizes, data, Math.floor(pair / heads), head), tokens: tokensOf(head, heads, length, count, numbers) };
  });
}

export function sampleAttention(instruction: InstructionOf<'attention'>, data: Data, density: Density, numbers: SeededNumbers): Samples {
  const { reads, writes, length, headSize } = instruction;
  const scale = dropoutScales(instruction.dropout, valuesOf(data, reads.scalars));
  const samples = new Samples();
  for (const { head, tokens } of sampledHeads(instruction, data, 2, density, numbers)) {
    for (const i of tokens) {
      const token = head.firstToken + i;
      const scores = Float64Array.from({ length }, (_, j) => head.score(i, j));
      const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
      const total = largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
      const context = new Float64Array(headSize);
      scores.forEach((score, j) => addRow(context, Math.exp(score - total) * scale(token * length + j), head.value, j, headSize));
      samples.add(writes.logSumExp, [total], () => token);
      samples.add(writes.context, context, (c) => head.contextPlace(i) + c);
    }
  }
  return samples;
}

/** sum += factor x row `j` of `rows`. */
function addRow(sum: Float64Array, factor: number, rows: Float64Array, j: number, width: number): void {
  for (let c = 0; c < width; c++) sum[c] = (sum[c] ?? NaN) + factor * (rows[j * width + c] ?? NaN);
}

/** `context` and `logSumExp` must be those of these queries, keys and values. */
export function sampleAttentionGradient(instruction: InstructionOf<'attentionGradient'>, data: Data, density: Density, numbers: SeededNumbers): Samples {
  const { reads, writes, length, headSize, layout } = instruction;
  const scale = dropoutScales(instruction.dropout, valuesOf(data, reads.scalars));
  const logSumExp = valuesOf(data, reads.logSumExp);
  const samples = new Samples();
  const put = (id: TensorId, first: number, values: Float64Array) => samples.add(id, values, (c) => first + c);
  // A sampled token is both a query (three products) and a key (four).
  for (const { head, tokens } of sampledHeads(instruction, data, 7, density, numbers)) {
    const dContext = head.context(reads.dContext);
    const context = head.context(reads.context);
    const probability = (i: number, j: number) => Math.exp(head.score(i, j) - (logSumExp[head.firstToken + i] ?? NaN));
    const kept = (i: number, j: number) => scale((head.firstToken + i) * length + j);
    const slope = (i: number, j: number, delta: number) => dot(dContext, i, head.value, j, headSize) * kept(i, j) - delta;
    const delta = Float64Array.from({ length }, (_, i) => dot(dContext, i, context, i, headSize));
    for (const token of tokens) {
      const [dQuery, dKey, dValue] = [new Float64Array(headSize), new Float64Array(headSize), new Float64Array(headSize)];
      for (let other = 0; other < length; other++) {
        const asQuery = probability(token, other) * slope(token, other, delta[token] ?? NaN) * head.factor;
        addRow(dQuery, asQuery, head.key, other, headSize);
        const weight = probability(other, token);
        addRow(dKey, weight * slope(other, token, delta[other] ?? NaN) * head.factor, head.query, other, headSize);
        addRow(dValue, weight * kept(other, token), dContext, other, headSize);
      }
      put(writes.dQuery, head.place(layout.queryOffset, token), dQuery);
      put(writes.dKey, head.place(layout.keyOffset, token), dKey);
      put(writes.dValue, head.place(layout.valueOffset, token), dValue);
    }
  }
  return samples;
}
