/**
 * The part of the word table that a data set uses.
 *
 * A row of the table that never occurs has a gradient of exactly zero, so AdamW leaves its moments at zero and only
 * decays it: after any number of steps it is its first value times the product of (1 - learningRate * weightDecay).
 * So only the rows that occur are put on the device (some thousands of 30,522), and the others are scaled once at the
 * end. The result is that of training the whole table, which is half of the bundled model's parameters, moments and work.
 */
import type { Graph, Tensor } from '../engine';

export class UsedVocabulary {
  private readonly compact = new Map<number, number>();
  /** Token ids in ascending order; position = row of the small table. */
  private readonly ids: number[];

  constructor(rows: Iterable<{ inputIds: Int32Array }>, specialIds: readonly number[]) {
    const used = new Set<number>(specialIds);
    for (const { inputIds } of rows) for (const id of inputIds) used.add(id);
    this.ids = [...used].sort((a, b) => a - b);
    this.ids.forEach((id, index) => this.compact.set(id, index));
  }

  get size(): number {
    return this.ids.length;
  }

  /** Token ids of the whole vocabulary to rows of the small table. */
  translate(inputIds: Int32Array): Int32Array {
    return inputIds.map((id) => {
      const index = this.compact.get(id);
      if (index === undefined) throw new RangeError(`Token ${id} is not among the ${this.ids.length} used ones.`);
      return index;
    });
  }

  /** Rows of the whole table [V, H] that occur, as [size, H]. */
  take(table: Tensor): Tensor {
    const width = table.shape[1] ?? 0;
    const data = new Float32Array(this.ids.length * width);
    this.ids.forEach((id, index) => data.set(table.data.subarray(id * width, (id + 1) * width), index * width));
    return { shape: [this.ids.length, width], data };
  }

  /** The whole table again: learnt rows from `small`, all others from `original` times `decay`. */
  restore(small: Tensor, original: Tensor, decay: number): Tensor {
    const width = original.shape[1] ?? 0;
    const factor = Math.fround(decay);
    const data = factor === 1 ? original.data.slice() : original.data.map((value) => value * factor);
    this.ids.forEach((id, index) => data.set(small.data.subarray(index * width, (index + 1) * width), id * width));
    return { shape: original.shape, data };
  }
}

/** The same graph over a word table of `rows` rows. */
export function withTableRows(graph: Graph, rows: number): Graph {
  return { ...graph, parameters: graph.parameters.map((spec) => (spec.name === graph.wordTable ? { ...spec, shape: [rows, ...spec.shape.slice(1)] } : spec)) };
}
