/**
 * A whole product takes its float64 reference seconds. What is compared is part of each instruction: the same
 * instruction over some rows and columns, of which every element is also one of the whole. Attention, whose parts are
 * not attentions, is in attentionSamples.ts.
 */
import type { SeededNumbers } from '../ops/caseBuilder';
import { dropoutScales } from '../ops/dropout/reference';
import type { Instruction, InstructionKind, InstructionOf } from '../plan/instruction';
import { SCALARS, type DropoutSpec, type TensorId } from '../plan/tensor';
import type { InstructionCase } from './runner';
import { gather, gridElements, rowElements, spread, spreadGrid, spreadRuns, type Density } from './sampling';

/** Part of an instruction, and where its numbers come from. Tensors keep their ids. */
export interface Narrowed {
  instruction: Instruction;
  data: ReadonlyMap<TensorId, Float64Array>;
  /** Which elements of the whole tensor those in `data` are; tensors that are not narrowed are not in here. */
  elements: ReadonlyMap<TensorId, Uint32Array>;
}

/** Elements that neighbouring threads compute together, and that share one block of the dropout's generator. */
const RUN = 4;

class Narrowing {
  readonly data = new Map<TensorId, Float64Array>();
  readonly elements = new Map<TensorId, Uint32Array>();

  constructor(
    private readonly whole: InstructionCase['data'],
    readonly numbers: SeededNumbers,
    readonly density: Density,
  ) {}

  values(id: TensorId): Float64Array {
    const values = this.whole.get(id);
    if (!values) throw new Error(`The case has no tensor ${id}.`);
    return values;
  }

  /** Of these tensors only some elements. A tensor that is read and written is cut once. */
  cut(elements: Uint32Array, ...ids: readonly (TensorId | null)[]): void {
    for (const id of ids) {
      if (id === null || this.data.has(id)) continue;
      this.data.set(id, gather(this.values(id), elements));
      this.elements.set(id, elements);
    }
  }

  /** Copied, for they may be written. */
  keep(...ids: readonly (TensorId | null)[]): void {
    for (const id of ids) if (id !== null) this.data.set(id, this.values(id).slice());
  }

  /** Read only, so not copied. */
  share(id: TensorId): void {
    this.data.set(id, this.values(id));
  }

  /** Scalars with which an element's number in the dropout mask begins at `first` elements into this micro-batch. */
  numberFrom(scalars: TensorId, dropout: DropoutSpec | null, first: number): void {
    const words = this.values(scalars).slice();
    words[SCALARS.rowOffset] = (words[SCALARS.rowOffset] ?? 0) * (dropout?.elementsPerRow ?? 0) + first;
    this.data.set(scalars, words);
  }

  as(instruction: Instruction): Narrowed {
    return { instruction, data: this.data, elements: this.elements };
  }

  /** Another part of the same case. */
  another(): Narrowing {
    return new Narrowing(this.whole, this.numbers, this.density);
  }
}

/** Dropout counted in single elements: with `numberFrom`. */
const byElement = (dropout: DropoutSpec | null): DropoutSpec | null => dropout && { ...dropout, elementsPerRow: 1 };

type Narrow<Kind extends InstructionKind> = (instruction: InstructionOf<Kind>, narrowing: Narrowing) => Narrowed[];

const whole = (instruction: Instruction, narrowing: Narrowing): Narrowed[] => {
  narrowing.keep(...Object.values<TensorId | null>({ ...instruction.reads }), ...Object.values<TensorId | null>({ ...instruction.writes }));
  return [narrowing.as(instruction)];
};

/** Columns of which a matrix of `rows` rows has about as many elements as may be compared. */
const someColumns = (columns: number, rows: number, { density, numbers }: Narrowing): number[] =>
  spreadRuns(columns, Math.max(2 * RUN, Math.floor((4 * density.elements) / Math.max(1, rows))), RUN, numbers);

const someRows = (rows: number, width: number, { density, numbers }: Narrowing): number[] => spread(rows, Math.max(2, Math.floor(density.elements / Math.max(1, width))), numbers);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const linear: Narrow<'linear'> = (instruction, narrowing) => {
  const { reads, writes, inputs } = instruction;
  const { rows, columns } = spreadGrid(instruction.rows, instruction.outputs, inputs, narrowing.density, narrowing.numbers);
  narrowing.cut(rowElements(inputs, rows), reads.input);
  narrowing.cut(rowElements(inputs, columns), reads.weight);
  narrowing.cut(Uint32Array.from(columns), reads.bias);
  narrowing.cut(gridElements(instruction.outputs, rows, columns), writes.output, writes.preActivation);
  return [narrowing.as({ ...instruction, rows: rows.length, outputs: columns.length })];
};

const linearInputGradient: Narrow<'linearInputGradient'> = (instruction, narrowing) => {
  const { reads, writes, inputs, outputs } = instruction;
  const { rows, columns } = spreadGrid(instruction.rows, inputs, outputs, narrowing.density, narrowing.numbers);
  narrowing.cut(rowElements(outputs, rows), reads.dOutput);
  narrowing.cut(gridElements(inputs, upTo(outputs), columns), reads.weight);
  narrowing.cut(gridElements(inputs, rows, columns), reads.preActivation, writes.dInput);
  return [narrowing.as({ ...instruction, rows: rows.length, inputs: columns.length })];
};

const linearWeightGradient: Narrow<'linearWeightGradient'> = (instruction, narrowing) => {
  const { reads, writes, inputs, outputs } = instruction;
  const { rows: some, columns } = spreadGrid(outputs, inputs, instruction.rows, narrowing.density, narrowing.numbers);
  const tokens = upTo(instruction.rows);
  narrowing.cut(gridElements(outputs, tokens, some), reads.dOutput);
  narrowing.cut(gridElements(inputs, tokens, columns), reads.input);
  narrowing.cut(gridElements(inputs, some, columns), writes.dWeight);
  narrowing.cut(Uint32Array.from(some), writes.dBias);
  return [narrowing.as({ ...instruction, outputs: some.length, inputs: columns.length })];
};

const gatherRows: Narrow<'gatherRows'> = (instruction, narrowing) => {
  const { reads, writes, hidden } = instruction;
  const tokens = someRows(instruction.tokens, hidden, narrowing);
  narrowing.share(reads.table);
  narrowing.cut(Uint32Array.from(tokens), reads.ids);
  narrowing.cut(rowElements(hidden, tokens), writes.output);
  return [narrowing.as({ ...instruction, tokens: tokens.length })];
};

/** Token by token, for each has its own position and its own place in the dropout mask. */
const embeddingNorm: Narrow<'embeddingNorm'> = (instruction, narrowing) => {
  const { reads, writes, hidden, length, dropout } = instruction;
  return someRows(instruction.tokens, hidden, narrowing).map((token) => {
    const part = narrowing.another();
    part.cut(rowElements(hidden, [token]), writes.sum, writes.output);
    part.cut(rowElements(2, [token]), writes.statistics);
    part.cut(rowElements(hidden, [token % length]), reads.positionTable);
    part.cut(Uint32Array.of(token), reads.tokenTypeIds);
    for (const id of [reads.tokenTypeTable, reads.weight, reads.bias]) if (id !== null) part.share(id);
    part.numberFrom(reads.scalars, dropout, token * hidden);
    return part.as({ ...instruction, tokens: 1, length: 1, dropout: byElement(dropout) });
  });
};

const residualNorm: Narrow<'residualNorm'> = (instruction, narrowing) => {
  const { reads, writes, hidden, dropout } = instruction;
  return someRows(instruction.tokens, hidden, narrowing).map((token) => {
    const part = narrowing.another();
    part.cut(rowElements(hidden, [token]), writes.sum, reads.residual, writes.output);
    part.cut(rowElements(2, [token]), writes.statistics);
    part.share(reads.weight);
    part.share(reads.bias);
    part.numberFrom(reads.scalars, dropout, token * hidden);
    return part.as({ ...instruction, tokens: 1, dropout: byElement(dropout) });
  });
};

const normGradient: Narrow<'normGradient'> = (instruction, narrowing) => {
  const { reads, writes, hidden, outputDropout, inputDropout } = instruction;
  const perRow = (outputDropout ?? inputDropout)?.elementsPerRow;
  // Both number their elements from one scalar; no plan has two that differ in it.
  if (outputDropout && inputDropout && inputDropout.elementsPerRow !== perRow) throw new Error('Two dropouts of one LayerNorm count their rows differently.');
  return someRows(instruction.tokens, hidden, narrowing).map((token) => {
    const part = narrowing.another();
    part.cut(rowElements(hidden, [token]), reads.dOutput, reads.sum, writes.dSum, writes.dInput);
    part.cut(rowElements(2, [token]), reads.statistics);
    part.share(reads.weight);
    part.numberFrom(reads.scalars, outputDropout ?? inputDropout, token * hidden);
    return part.as({ ...instruction, tokens: 1, outputDropout: byElement(outputDropout), inputDropout: byElement(inputDropout) });
  });
};

/** By columns, for each is a sum over all tokens. Dropout is applied beforehand: columns are not numbered one behind the other. */
const normParameterGradient: Narrow<'normParameterGradient'> = (instruction, narrowing) => {
  const { reads, writes, tokens, hidden, outputDropout } = instruction;
  const columns = someColumns(hidden, tokens, narrowing);
  const elements = gridElements(hidden, upTo(tokens), columns);
  narrowing.cut(elements, reads.dOutput, reads.sum);
  const scale = dropoutScales(outputDropout, narrowing.values(reads.scalars));
  const dOutput = narrowing.data.get(reads.dOutput);
  if (outputDropout) dOutput?.forEach((value, index) => (dOutput[index] = value * scale(elements[index] ?? 0)));
  narrowing.share(reads.statistics);
  narrowing.share(reads.scalars);
  narrowing.cut(Uint32Array.from(columns), writes.dWeight, writes.dBias);
  return [narrowing.as({ ...instruction, hidden: columns.length, outputDropout: null })];
};

/** Some rows of the table: with many tokens, with few, and with none, which stay as they are. */
const tableGradient: Narrow<'tableGradient'> = (instruction, narrowing) => {
  const { reads, writes, hidden, firstRow, tableRows } = instruction;
  const { numbers, density } = narrowing;
  const most = Math.max(4, Math.floor((2 * density.elements) / hidden));
  const scalars = narrowing.values(reads.scalars).slice();
  const [ids, offsets] = [narrowing.values(reads.segmentIds), narrowing.values(reads.segmentOffsets)];
  const segments = upTo(scalars[SCALARS.segments] ?? 0).filter((segment) => (ids[segment] ?? -1) >= firstRow && (ids[segment] ?? -1) < firstRow + tableRows);
  const chosen = spread(segments.length, most, numbers).map((index) => segments[index] ?? 0);
  const named = new Set(chosen.map((segment) => (ids[segment] ?? 0) - firstRow));
  const occurring = new Set(segments.map((segment) => (ids[segment] ?? 0) - firstRow));
  const idle = spread(tableRows, most, numbers).filter((row) => !occurring.has(row));
  const rows = [...named, ...idle].sort((left, right) => left - right);
  const places = new Map(rows.map((row, index) => [row, index]));
  const tokensOf = (segment: number) => Array.from(narrowing.values(reads.order).subarray(offsets[segment], offsets[segment + 1]));
  const tokens = chosen.map(tokensOf);
  scalars[SCALARS.segments] = chosen.length;
  narrowing.data.set(reads.scalars, scalars);
  narrowing.data.set(reads.segmentIds, Float64Array.from(chosen, (segment) => places.get((ids[segment] ?? 0) - firstRow) ?? NaN));
  narrowing.data.set(reads.segmentOffsets, Float64Array.from([0, ...tokens].map((_, index) => tokens.slice(0, index).reduce((sum, list) => sum + list.length, 0))));
  narrowing.data.set(reads.order, Float64Array.from(tokens.flat()));
  narrowing.share(reads.dSum);
  narrowing.cut(rowElements(hidden, rows), writes.gradient);
  return [narrowing.as({ ...instruction, firstRow: 0, tableRows: rows.length })];
};

const positionGradient: Narrow<'positionGradient'> = (instruction, narrowing) => {
  const { reads, writes, rows, length, hidden, tableRows } = instruction;
  const positions = someRows(tableRows, hidden * Math.max(1, rows / 2), narrowing);
  const used = positions.filter((position) => position < length);
  narrowing.cut(rowElements(hidden, upTo(rows).flatMap((row) => used.map((position) => row * length + position))), reads.dSum);
  narrowing.cut(rowElements(hidden, positions), writes.gradient);
  return [narrowing.as({ ...instruction, length: used.length, tableRows: positions.length })];
};

const tokenTypeGradient: Narrow<'tokenTypeGradient'> = (instruction, narrowing) => {
  const { reads, writes, tokens, hidden, tableRows } = instruction;
  const columns = someColumns(hidden, tokens * tableRows, narrowing);
  narrowing.share(reads.tokenTypeIds);
  narrowing.cut(gridElements(hidden, upTo(tokens), columns), reads.dSum);
  narrowing.cut(gridElements(hidden, upTo(tableRows), columns), writes.gradient);
  return [narrowing.as({ ...instruction, hidden: columns.length })];
};

const pool: Narrow<'pool'> = (instruction, narrowing) => {
  const { reads, writes, rows, length, hidden } = instruction;
  const columns = someColumns(hidden, rows * length, narrowing);
  narrowing.share(reads.attentionMask);
  narrowing.cut(gridElements(hidden, upTo(rows * length), columns), reads.input);
  narrowing.cut(gridElements(hidden, upTo(rows), columns), writes.output);
  return [narrowing.as({ ...instruction, hidden: columns.length })];
};

const poolGradient: Narrow<'poolGradient'> = (instruction, narrowing) => {
  const { reads, writes, rows, length, hidden } = instruction;
  const columns = someColumns(hidden, rows * length, narrowing);
  narrowing.share(reads.attentionMask);
  narrowing.cut(gridElements(hidden, upTo(rows), columns), reads.dOutput);
  narrowing.cut(gridElements(hidden, upTo(rows * length), columns), writes.dInput);
  return [narrowing.as({ ...instruction, hidden: columns.length })];
};

const someElements = (elements: number, { density, numbers }: Narrowing): Uint32Array => Uint32Array.from(spreadRuns(elements, density.elements, RUN, numbers));

const applyActivation: Narrow<'applyActivation'> = (instruction, narrowing) => {
  const elements = someElements(instruction.elements, narrowing);
  narrowing.cut(elements, instruction.reads.input, instruction.writes.output);
  return [narrowing.as({ ...instruction, elements: elements.length })];
};

const activationGradient: Narrow<'activationGradient'> = (instruction, narrowing) => {
  const elements = someElements(instruction.elements, narrowing);
  narrowing.cut(elements, instruction.reads.input, instruction.reads.dOutput, instruction.writes.dInput);
  return [narrowing.as({ ...instruction, elements: elements.length })];
};

/** In runs, each a part of its own with its own place in the mask. */
const applyDropout: Narrow<'applyDropout'> = (instruction, narrowing) => {
  const { reads, writes, dropout } = instruction;
  const run = 64;
  const runs = Math.ceil(instruction.elements / run);
  return spread(runs, Math.max(2, narrowing.density.elements / run), narrowing.numbers).map((index) => {
    const part = narrowing.another();
    const first = index * run;
    const elements = Uint32Array.from({ length: Math.min(run, instruction.elements - first) }, (_, offset) => first + offset);
    part.cut(elements, reads.input, writes.output);
    part.numberFrom(reads.scalars, dropout, first);
    return part.as({ ...instruction, elements: elements.length, dropout: { ...dropout, elementsPerRow: 1 } });
  });
};

const squaredNorm: Narrow<'squaredNorm'> = (instruction, narrowing) => {
  const { reads, writes, firstChunk, chunks } = instruction;
  const rows = spread(chunks, Math.max(4, narrowing.density.elements / 512), narrowing.numbers).map((chunk) => firstChunk + chunk);
  narrowing.share(reads.gradients);
  narrowing.cut(rowElements(2, rows), reads.chunkTable);
  narrowing.cut(Uint32Array.from(rows), writes.partials);
  return [narrowing.as({ ...instruction, firstChunk: 0, chunks: rows.length })];
};

const adamw: Narrow<'adamw'> = (instruction, narrowing) => {
  const { reads } = instruction;
  const elements = someElements(instruction.elements, narrowing);
  narrowing.cut(elements, reads.parameters, reads.gradients, reads.firstMoments, reads.secondMoments);
  narrowing.share(reads.scalars);
  narrowing.share(reads.results);
  return [narrowing.as({ ...instruction, elements: elements.length, decayedElements: elements.filter((element) => element < instruction.decayedElements).length })];
};

const clear: Narrow<'clear'> = (instruction, narrowing) => {
  const elements = someElements(instruction.elements, narrowing);
  narrowing.cut(elements, instruction.writes.target);
  return [narrowing.as({ ...instruction, elements: elements.length })];
};

export type NarrowedKind = Exclude<InstructionKind, 'attention' | 'attentionGradient'>;

/** Losses and the end of the norm are one sum over all they read, which is little. */
const NARROWINGS: { readonly [Kind in NarrowedKind]: Narrow<Kind> } = {
  gatherRows, embeddingNorm, tableGradient, positionGradient, tokenTypeGradient,
  residualNorm, normGradient, normParameterGradient,
  linear, linearInputGradient, linearWeightGradient,
  applyActivation, activationGradient,
  pool, poolGradient,
  applyDropout,
  softmaxCrossEntropy: whole, binaryCrossEntropy: whole, meanSquaredError: whole,
  squaredNorm, finishNorm: whole, adamw,
  clear,
};

/** @returns parts of the case, each an instruction by itself with results that are part of the whole's */
export function narrow<Kind extends NarrowedKind>(instruction: Instruction & { kind: Kind }, data: InstructionCase['data'], density: Density, numbers: SeededNumbers): Narrowed[] {
  const parts: Narrow<Kind> = NARROWINGS[instruction.kind];
  return parts(instruction as InstructionOf<Kind>, new Narrowing(data, numbers, density));
}
