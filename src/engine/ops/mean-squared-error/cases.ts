/** Cases of the mean squared error. */
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers } from '../caseBuilder';
import { lossName, lossTensors, type LossSizes } from '../lossCases';

function lossCase(sizes: LossSizes, deviation = 1, note = ''): InstructionCase {
  const { rows, labels } = sizes;
  const build = new CaseBuilder(lossName(sizes, note));
  const { logits, scalars, dLogits, results } = lossTensors(build, sizes, 1 / (rows * labels), deviation);
  const targets = build.random('targets', [rows, labels], 'inputs', deviation);
  return build.build({ kind: 'meanSquaredError', reads: { logits, targets, scalars }, writes: { dLogits, results }, ...sizes });
}

export function meanSquaredErrorCases(): InstructionCase[] {
  const numbers = new SeededNumbers(12);
  return [
    ...([[1, 1], [7, 1], [16, 1], [65, 1], [3, 5], [257, 3], [64, 64]] as const).map(([rows, labels]) => lossCase({ rows, labels })),
    lossCase({ rows: 9, labels: 2 }, 1000, ', large numbers'),
    ...Array.from({ length: 5 }, (_, index) => lossCase({ rows: numbers.integer(1, 90), labels: numbers.integer(1, 9) }, 1, `, random ${index}`)),
  ];
}
