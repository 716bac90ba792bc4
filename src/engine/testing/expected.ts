/** What a case's instruction leaves, in float64, worked out once for all builds and variants that are compared with it. */
import { expectedAfter } from '../check/compare';
import type { InstructionCase } from '../check/runner';

const known = new WeakMap<InstructionCase, ReturnType<typeof expectedAfter>>();

/** `expectedAfter` of a case that is run more than once; not to be written to. */
export function expectedOnce(testCase: InstructionCase): ReturnType<typeof expectedAfter> {
  const found = known.get(testCase) ?? expectedAfter(testCase);
  known.set(testCase, found);
  return found;
}
