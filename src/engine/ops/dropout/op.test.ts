import { describe, expect, it } from 'vitest';
import { SCALARS, SCALAR_WORDS } from '../../plan/tensor';
import { fillDropoutMask } from '../../random/dropoutMask';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { dropoutScales } from './reference';

describe('dropout', () => {
  it.each(readGoldenOps('dropout'))('$name: as Philox and PyTorch in Python', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it.each([
    [0.1, 42, 1, 0],
    [0.5, 4_294_967_295, 4_294_967_295, 3],
    [0.9, 1, 2_147_483_648, 11],
  ])('has the masks of random/dropoutMask: probability %f, seed %i, step %i, from row %i', (probability, seed, step, rowOffset) => {
    const elementsPerRow = 7;
    const mask = new Float32Array((rowOffset + 9) * elementsPerRow);
    fillDropoutMask(mask, probability, seed, step, 13);
    const scalars = new Float64Array(SCALAR_WORDS);
    for (const [name, value] of Object.entries({ seed, step, rowOffset, dropoutEnabled: 1 })) scalars[SCALARS[name as keyof typeof SCALARS]] = value;
    const scale = dropoutScales({ probability, node: 13, elementsPerRow }, scalars);
    const own = Float32Array.from({ length: 9 * elementsPerRow }, (_, element) => scale(element));
    expect(own).toEqual(mask.subarray(rowOffset * elementsPerRow));
  });
});
