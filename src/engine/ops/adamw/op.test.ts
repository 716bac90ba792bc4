import { describe, expect, it } from 'vitest';
import { expectedAfter } from '../../check/compare';
import { problemsWithReference, readGoldenOps } from '../../testing/goldenOps';
import { adamwCases } from './cases';

function caseNamed(part: string) {
  const found = adamwCases().find(({ name }) => name.includes(part));
  if (!found || found.instruction.kind !== 'adamw') throw new Error(`There is no case ${part}.`);
  const { instruction } = found;
  const after = expectedAfter(found);
  const before = (operand: keyof typeof instruction.reads) => found.data.get(instruction.reads[operand]) ?? new Float64Array();
  return { instruction, before, after: (operand: keyof typeof instruction.writes) => after.get(instruction.writes[operand]) ?? new Float64Array() };
}

describe('AdamW', () => {
  it.each(readGoldenOps('adamw'))('$name: as in PyTorch', (golden) => expect(problemsWithReference(golden)).toEqual([]));

  it('does nothing where the clipping coefficient is 0', () => {
    const { before, after } = caseNamed('nothing to do');
    for (const operand of ['parameters', 'firstMoments', 'secondMoments'] as const) expect(after(operand)).toEqual(before(operand));
  });

  it('moves by the learning rate at the first step, whatever the size of a gradient', () => {
    const { before, after } = caseNamed('1000 elements, 1000 decayed, step 1');
    before('gradients').forEach((gradient, index) => {
      // Beside decay (0.02 x 0.1) and where epsilon (1e-8) is nothing to the gradient.
      const moved = (after('parameters')[index] ?? NaN) - (before('parameters')[index] ?? NaN) * (1 - 0.002);
      if (gradient === 0) expect(Math.abs(moved)).toBeLessThan(1e-8);
      else if (Math.abs(gradient) > 1e-4) expect(Math.abs(moved + Math.sign(gradient) * 0.02)).toBeLessThan(1e-5);
    });
  });

  it('stores 0 for first moments that are next to nothing', () => {
    const { before, after } = caseNamed('moments vanish');
    expect(before('firstMoments').some((moment) => moment !== 0)).toBe(true);
    expect(after('firstMoments').every((moment) => moment === 0)).toBe(true);
  });
});
