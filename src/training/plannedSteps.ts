/** Which steps a recipe makes, and after which of them the validation rows are scored. */
import type { Recipe } from '../domain';

/** From this many steps an epoch is evaluated twice. */
const STEPS_FOR_TWO_EVALUATIONS = 20;

export interface StepPlan {
  stepsPerEpoch: number;
  totalSteps: number;
  evaluations: number;
  /** True after the steps (counted from 1) that are followed by an evaluation. */
  isEvaluated: (step: number) => boolean;
}

export function plannedSteps(recipe: Recipe, trainRows: number): StepPlan {
  const { perDeviceTrainBatchSize, numTrainEpochs, maxSteps, evalSteps } = recipe.training;
  const stepsPerEpoch = Math.ceil(trainRows / perDeviceTrainBatchSize);
  const allSteps = stepsPerEpoch * numTrainEpochs;
  const totalSteps = maxSteps > 0 ? Math.min(maxSteps, allSteps) : allSteps;
  const half = stepsPerEpoch >= STEPS_FOR_TWO_EVALUATIONS ? Math.ceil(stepsPerEpoch / 2) : stepsPerEpoch;
  const isEvaluated = (step: number): boolean =>
    step === totalSteps || (evalSteps === undefined ? step % stepsPerEpoch === 0 || step % stepsPerEpoch === half : step % evalSteps === 0);
  let evaluations = 0;
  for (let step = 1; step <= totalSteps; step++) if (isEvaluated(step)) evaluations++;
  return { stepsPerEpoch, totalSteps, evaluations, isEvaluated };
}
