/** Cases of the gradient norm: chunks around their size, a few of several buffers, gradients that are not finite. */
import { RESULT_WORDS, RESULTS, aligned } from '../../plan/tensor';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, DIRTY, filled, SeededNumbers } from '../caseBuilder';
import { CHUNK_ELEMENTS } from './op';

/** Rows of the chunk table for tensors of these sizes, each aligned in one flat buffer. */
export function chunksOf(sizes: readonly number[]): { table: number[]; elements: number } {
  const table: number[] = [];
  let offset = 0;
  for (const size of sizes) {
    for (let first = 0; first < size; first += CHUNK_ELEMENTS) table.push(offset + first, Math.min(CHUNK_ELEMENTS, size - first));
    offset += aligned(size);
  }
  return { table, elements: offset };
}

interface Variant {
  /** Chunks of other buffers in front of and behind those at hand. */
  before?: number;
  after?: number;
  broken?: { element: number; value: number };
  note?: string;
}

function squaredCase(sizes: readonly number[], { before = 0, after = 0, broken, note = '' }: Variant = {}): InstructionCase {
  const build = new CaseBuilder(`tensors of ${sizes.join(', ')}${note}`);
  const { table, elements } = chunksOf(sizes);
  const values = build.numbers.normal(elements, 0.01);
  if (broken) values[broken.element] = broken.value;
  const gradients = build.tensor('gradients', [elements], 'gradients', values, { first: true });
  const others = (count: number) => new Array<number>(2 * count).fill(0);
  const all = [...others(before), ...table, ...others(after)];
  const chunkTable = build.tensor('chunkTable', [all.length / 2, 2], 'inputs', Float64Array.from(all), { dtype: 'i32', buffer: 1, first: true });
  const partials = build.tensor('partials', [all.length / 2], 'results', filled(all.length / 2, DIRTY), { buffer: 1, first: true });
  return build.build({ kind: 'squaredNorm', reads: { gradients, chunkTable }, writes: { partials }, firstChunk: before, chunks: table.length / 2 });
}

export function squaredNormCases(): InstructionCase[] {
  const numbers = new SeededNumbers(13);
  return [
    squaredCase([1]),
    squaredCase([63, 64, 65]),
    squaredCase([CHUNK_ELEMENTS]),
    squaredCase([CHUNK_ELEMENTS - 1, CHUNK_ELEMENTS + 1]),
    squaredCase([384, 5000, 1, 40_000], { before: 3, after: 2, note: ', between others' }),
    squaredCase([384, 100], { broken: { element: 400, value: NaN }, note: ', not a number' }),
    squaredCase([384, 100], { broken: { element: 3, value: Infinity }, note: ', infinite' }),
    ...Array.from({ length: 5 }, () => squaredCase(Array.from({ length: numbers.integer(1, 6) }, () => numbers.integer(1, 3000)))),
  ];
}

function finishCase(note: string, partials: Float64Array, maxGradNorm: number, loss = 0.7, rest = 0): InstructionCase {
  const build = new CaseBuilder(`${partials.length} chunks, ${note}`);
  const scalars = build.scalars({ maxGradNorm });
  const values = filled(RESULT_WORDS, DIRTY);
  values[RESULTS.loss] = Math.fround(loss);
  const results = build.results(values);
  // What lies behind the chunks is not theirs.
  const room = Float64Array.from({ length: partials.length + rest }, (_, index) => partials[index] ?? NaN);
  const partialsId = build.tensor('partials', [room.length], 'results', room, { buffer: 1, first: true });
  return build.build({ kind: 'finishNorm', reads: { partials: partialsId, scalars, results }, writes: { results }, chunks: partials.length });
}

export function finishNormCases(): InstructionCase[] {
  const numbers = new SeededNumbers(14);
  const positive = (count: number, size: number) => Float64Array.from({ length: count }, () => Math.fround(size * numbers.uniform()));
  const broken = (count: number, places: readonly number[], value: number) => positive(count, 1).map((partial, index) => (places.includes(index) ? value : partial));
  return [
    finishCase('clipped', positive(1, 100), 1),
    finishCase('clipped', positive(7, 10), 1),
    finishCase('not clipped', positive(7, 0.01), 1),
    finishCase('clipped', positive(64, 1), 1, 0.7, 3),
    finishCase('clipped', positive(65, 1), 0.5),
    finishCase('clipped', positive(1409, 1), 1),
    finishCase('all zero', new Float64Array(5), 1),
    finishCase('one not a number', broken(9, [5], NaN), 1),
    finishCase('several infinite', broken(300, [270, 280], Infinity), 1),
    finishCase('the last one not a number', broken(65, [64], NaN), 1),
    finishCase('the loss not a number', broken(9, [5], NaN), 1, NaN),
    finishCase('only the loss infinite', positive(9, 1), 1, Infinity),
    ...Array.from({ length: 5 }, (_, index) => finishCase(`random ${index}`, positive(numbers.integer(1, 500), 0.02), 1)),
  ];
}
