/** Cases of dropout: where the mask begins, whatever the seed, on and off. */
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers, type ScalarValues } from '../caseBuilder';

interface Variant {
  rows: number;
  elementsPerRow: number;
  probability?: number;
  node?: number;
  accumulate?: boolean;
  inPlace?: boolean;
  scalars?: ScalarValues;
}

function dropoutCase(note: string, { rows, elementsPerRow, probability = 0.1, node = 5, accumulate = false, inPlace = false, scalars = {} }: Variant): InstructionCase {
  const build = new CaseBuilder(`${rows} rows of ${elementsPerRow}, ${probability}, ${note}`);
  const step = build.scalars(scalars);
  const input = build.random('input', [rows, elementsPerRow]);
  const output = inPlace ? input : build.target('output', [rows, elementsPerRow], accumulate, 'activations');
  const dropout = { probability, node, elementsPerRow };
  return build.build({ kind: 'applyDropout', reads: { input, scalars: step }, writes: { output }, elements: rows * elementsPerRow, dropout, accumulate });
}

export function applyDropoutCases(): InstructionCase[] {
  const numbers = new SeededNumbers(3);
  const random = Array.from({ length: 5 }, () => ({ rows: numbers.integer(1, 20), elementsPerRow: numbers.integer(1, 90), scalars: { rowOffset: numbers.integer(0, 40) } }));
  return [
    dropoutCase('one element', { rows: 1, elementsPerRow: 1, probability: 0.5 }),
    dropoutCase('usual', { rows: 16, elementsPerRow: 384 }),
    dropoutCase('in place', { rows: 7, elementsPerRow: 384, inPlace: true }),
    dropoutCase('added', { rows: 7, elementsPerRow: 64, accumulate: true }),
    dropoutCase('from row 8', { rows: 4, elementsPerRow: 384, scalars: { rowOffset: 8 } }),
    // 3 x 7 = 21: the first element is the second of its block of four.
    dropoutCase('from the middle of a block', { rows: 5, elementsPerRow: 7, probability: 0.5, scalars: { rowOffset: 3 } }),
    dropoutCase('from the middle of a block, in place', { rows: 2, elementsPerRow: 13, probability: 0.5, inPlace: true, scalars: { rowOffset: 1 } }),
    dropoutCase('switched off', { rows: 3, elementsPerRow: 65, scalars: { dropoutEnabled: 0 } }),
    dropoutCase('switched off, in place', { rows: 3, elementsPerRow: 65, inPlace: true, scalars: { dropoutEnabled: 0 } }),
    dropoutCase('switched off, added', { rows: 3, elementsPerRow: 65, accumulate: true, scalars: { dropoutEnabled: 0 } }),
    dropoutCase('probability zero', { rows: 3, elementsPerRow: 21, probability: 0 }),
    dropoutCase('largest seed', { rows: 4, elementsPerRow: 63, probability: 0.5, scalars: { seed: 4_294_967_295 } }),
    dropoutCase('large seed and step', { rows: 4, elementsPerRow: 63, probability: 0.2, node: 77, scalars: { seed: 2_654_435_769, step: 2_147_483_648 } }),
    dropoutCase('node 0, step 1, seed 0', { rows: 4, elementsPerRow: 64, probability: 0.9, node: 0, scalars: { seed: 0, step: 1 } }),
    ...random.map((variant, index) => dropoutCase(`random ${index}`, { ...variant, probability: 0.3, inPlace: index % 2 === 0 })),
  ];
}
