/** Parts of an instruction must be what the whole has there: at every case of every kernel, with all its dropouts. */
import { describe, expect, it } from 'vitest';
import { SeededNumbers } from '../ops/caseBuilder';
import type { InstructionKind } from '../plan/instruction';
import { CASES, KINDS } from '../ops/cases';
import { runReference } from '../ops/references';
import { sampleAttention, sampleAttentionGradient } from './attentionSamples';
import { expectedOnce } from '../testing/expected';
import { findMismatch, writtenOperands } from './compare';
import type { InstructionCase } from './runner';
import { narrow, type NarrowedKind } from './narrow';
import { gather, spread, spreadGrid, spreadRuns, USUAL_DENSITY, type Density } from './sampling';

const few: Density = { multiplications: 2 ** 10, elements: 2 ** 7 };
const all: Density = { multiplications: Infinity, elements: Infinity };
const same = { absolute: 1e-12, relative: 1e-10, scale: 'largest', allowsNonFinite: true, reason: 'float64' } as const;
/** The gradient's delta is taken from a context rounded to f32: as far off as kernels may be that do the same. */
const rounded = { ...same, absolute: 2e-6, relative: 2e-5 };

const made = new Map<InstructionKind, InstructionCase[]>();
/** Of a kind, made once for both densities. */
function casesOf(kind: InstructionKind): InstructionCase[] {
  const cases = made.get(kind) ?? CASES[kind]();
  made.set(kind, cases);
  return cases;
}

const narrowedKinds = KINDS.filter((kind): kind is NarrowedKind => kind !== 'attention' && kind !== 'attentionGradient');

describe.each([['few', few], ['all', all]] as const)('%s samples', (_, density) => {
  it.each(narrowedKinds)('of %s are those of the whole', (kind) => {
    for (const testCase of casesOf(kind)) {
      const whole = expectedOnce(testCase);
      for (const part of narrow<NarrowedKind>(testCase.instruction as never, testCase.data, density, new SeededNumbers(1))) {
        const valuesOf = (id: number) => part.data.get(id) ?? new Float64Array(0);
        runReference(part.instruction, { get: valuesOf });
        for (const [operand, id] of writtenOperands(testCase.instruction)) {
          const values = whole.get(id) ?? new Float64Array(0);
          const elements = part.elements.get(id);
          expect(findMismatch(valuesOf(id), elements ? gather(values, elements) : values, same), `${testCase.name}: ${operand}`).toBeNull();
        }
      }
    }
  });

  it.each(['attention', 'attentionGradient'] as const)('of %s are those of the whole', (kind) => {
    for (const testCase of casesOf(kind)) {
      const { name, instruction, data } = testCase;
      const whole = expectedOnce(testCase);
      const numbers = new SeededNumbers(1);
      if (instruction.kind !== 'attention' && instruction.kind !== 'attentionGradient') throw new Error(name);
      const samples = instruction.kind === 'attention' ? sampleAttention(instruction, data, density, numbers) : sampleAttentionGradient(instruction, data, density, numbers);
      for (const [operand, id] of writtenOperands(instruction)) {
        if (operand === 'delta') continue;
        const found = samples.byTensor.get(id) ?? { elements: [], values: [] };
        const values = whole.get(id) ?? new Float64Array(0);
        expect(findMismatch(found.values, gather(values, found.elements), kind === 'attention' ? same : rounded), `${name}: ${operand}`).toBeNull();
        if (density === all) expect(new Set(Array.from(found.elements)).size).toBe(values.length);
      }
    }
  });
});

describe('places', () => {
  it.each([1, 2, 63, 64, 65, 1000, 2048])('of %i have the first, the last and one of each tile', (count) => {
    for (const most of [1, 7, 24, 64, 5000]) {
      const places = spread(count, most, new SeededNumbers(3));
      const block = 2 ** Math.ceil(Math.log2(Math.max(1, count / most)));
      expect([places[0], places.at(-1)]).toEqual([0, count - 1]);
      expect(new Set(places.map((place) => Math.floor(place / block))).size).toBe(Math.ceil(count / block));
      expect(spreadRuns(count, most, 4, new SeededNumbers(3)).every((place, index, list) => place < count && (index === 0 || place > (list[index - 1] ?? 0)))).toBe(true);
    }
  });

  it('of a product have some of every 64 x 64 at the sizes of MiniLM', () => {
    for (const [rows, columns, terms] of [[2048, 1536, 384], [2048, 384, 1536], [2048, 1152, 384], [1536, 384, 2048]] as const) {
      const grid = spreadGrid(rows, columns, terms, { multiplications: USUAL_DENSITY.multiplications, elements: 1 }, new SeededNumbers(4));
      expect(new Set(grid.rows.map((row) => Math.floor(row / 64))).size).toBe(rows / 64);
      expect(new Set(grid.columns.map((column) => Math.floor(column / 64))).size).toBe(columns / 64);
      expect(grid.rows.length * grid.columns.length * terms).toBeLessThan(2 ** 22);
    }
  });
});
