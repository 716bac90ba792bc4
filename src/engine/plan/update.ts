/** The end of a step: norm of all gradients, clipping, AdamW. The same for every bucket, so it is planned once. */
import { CHUNK_ELEMENTS } from '../ops/gradient-norm/op';
import type { Instruction } from './instruction';
import type { ParameterLayout, UpdatePlan } from './plan';
import { aligned, RESULT_WORDS, SCALAR_WORDS, type PlanTensor, type Region } from './tensor';

interface Chunk {
  name: string;
  buffer: number;
  first: number;
  elements: number;
}

/** Chunks of one buffer after those of another, each within one parameter. */
function chunksOf(layout: ParameterLayout): Chunk[] {
  const chunks: Chunk[] = [];
  for (const [name, slices] of layout.slices) {
    for (const { region, buffer, offset, elements } of slices) {
      if (region !== 'parameters') continue;
      for (let done = 0; done < elements; done += CHUNK_ELEMENTS) {
        chunks.push({ name, buffer, first: offset + done, elements: Math.min(CHUNK_ELEMENTS, elements - done) });
      }
    }
  }
  return chunks.sort((a, b) => a.buffer - b.buffer || a.first - b.first);
}

export function planUpdate(layout: ParameterLayout): UpdatePlan {
  const tensors: PlanTensor[] = [];
  const tensor = (name: string, region: Region, buffer: number, elements: number, dtype: 'f32' | 'i32' = 'f32'): number =>
    tensors.push({ id: tensors.length, name, dtype, shape: [elements], region, buffer, offset: 0 }) - 1;

  const chunks = chunksOf(layout);
  const scalars = tensor('scalars', 'inputs', 0, SCALAR_WORDS, 'i32');
  const results = tensor('results', 'results', 0, RESULT_WORDS);
  const partials = tensor('partials', 'results', 1, aligned(chunks.length));
  const instructions: Instruction[] = [];
  const updates: Instruction[] = [];
  const chunkTable = tensor('chunk table', 'inputs', 1, aligned(2 * chunks.length), 'i32');
  layout.trained.forEach((elements, buffer) => {
    const firstChunk = chunks.findIndex((chunk) => chunk.buffer === buffer);
    const gradients = tensor(`gradients ${buffer}`, 'gradients', buffer, elements);
    const parameters = tensor(`parameters ${buffer}`, 'parameters', buffer, elements);
    const firstMoments = tensor(`first moments ${buffer}`, 'firstMoments', buffer, elements);
    const secondMoments = tensor(`second moments ${buffer}`, 'secondMoments', buffer, elements);
    const count = chunks.filter((chunk) => chunk.buffer === buffer).length;
    instructions.push({ kind: 'squaredNorm', reads: { gradients, chunkTable }, writes: { partials }, firstChunk, chunks: count });
    updates.push({
      kind: 'adamw',
      reads: { parameters, gradients, firstMoments, secondMoments, scalars, results },
      writes: { parameters, firstMoments, secondMoments },
      elements,
      decayedElements: layout.decayed[buffer] ?? 0,
    });
  });
  instructions.push({ kind: 'finishNorm', reads: { partials, scalars, results }, writes: { results }, chunks: chunks.length });
  const table = new Int32Array(aligned(2 * chunks.length));
  chunks.forEach(({ first, elements }, index) => table.set([first, elements], 2 * index));
  return {
    tensors,
    instructions: [...instructions, ...updates],
    chunkTable: table,
    chunkNames: chunks.map(({ name }) => name),
    partialElements: aligned(chunks.length),
  };
}
