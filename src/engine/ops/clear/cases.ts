/** Cases of clearing. */
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, filled, SeededNumbers } from '../caseBuilder';

function clearCase(elements: number, value: number): InstructionCase {
  const build = new CaseBuilder(`${elements} elements of ${value}`);
  build.random('neighbour', [1], 'gradients');
  const target = build.tensor('target', [elements], 'gradients', filled(elements, value));
  return build.build({ kind: 'clear', reads: {}, writes: { target }, elements });
}

export function clearCases(): InstructionCase[] {
  const numbers = new SeededNumbers(4);
  const lengths = [1, 3, 63, 64, 65, 1009, 70_000, ...Array.from({ length: 5 }, () => numbers.integer(1, 5000))];
  return lengths.map((elements, index) => clearCase(elements, index % 2 === 0 ? NaN : 7.25));
}
