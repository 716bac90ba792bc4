/** Cases of binary cross-entropy: targets of 0, 1 and between, logits so large that their exponentials overflow. */
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers } from '../caseBuilder';
import { lossName, lossTensors, type LossSizes } from '../lossCases';

function lossCase(sizes: LossSizes, deviation = 2, note = '', soft = false): InstructionCase {
  const { rows, labels } = sizes;
  const build = new CaseBuilder(lossName(sizes, note));
  const { logits, scalars, dLogits, results } = lossTensors(build, sizes, 1 / (rows * labels), deviation);
  const target = () => (soft ? Math.fround(build.numbers.uniform()) : build.numbers.integer(0, 1));
  const targets = build.tensor('targets', [rows, labels], 'inputs', Float64Array.from({ length: rows * labels }, target));
  return build.build({ kind: 'binaryCrossEntropy', reads: { logits, targets, scalars }, writes: { dLogits, results }, ...sizes });
}

export function binaryCrossEntropyCases(): InstructionCase[] {
  const numbers = new SeededNumbers(11);
  return [
    ...([[1, 1], [1, 7], [3, 5], [16, 6], [33, 77], [65, 3], [64, 64]] as const).map(([rows, labels]) => lossCase({ rows, labels })),
    lossCase({ rows: 9, labels: 5 }, 150, ', huge logits'),
    lossCase({ rows: 9, labels: 5 }, 2, ', soft targets', true),
    ...Array.from({ length: 5 }, (_, index) => lossCase({ rows: numbers.integer(1, 40), labels: numbers.integer(1, 40) }, 2, `, random ${index}`)),
  ];
}
