/** Which of the base models in the box fits some texts: the first, unless another knows far more of their tokens. */
import type { ModelCoverage } from '../domain';

/** Above this share of unknown tokens a vocabulary does not fit the texts. */
export const muchUnknown = 0.05;
/** What another model must leave unknown at most, as a share of that, to be worth a change. */
const WORTH_A_CHANGE = 0.5;

/** Of the others the one that knows most, where `own` leaves much unknown and it leaves less than half of that. Ties go to the first. */
export function betterCoverage(own: ModelCoverage, others: readonly ModelCoverage[]): ModelCoverage | null {
  if (own.unknownTokenShare <= muchUnknown) return null;
  const best = others.reduce<ModelCoverage | null>((found, other) => (found === null || other.unknownTokenShare < found.unknownTokenShare ? other : found), null);
  return best !== null && best.unknownTokenShare < own.unknownTokenShare * WORTH_A_CHANGE ? best : null;
}
