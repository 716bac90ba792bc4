import { describe, expect, it } from 'vitest';
import type { TrainingSettings } from '../domain';
import { recipeOf } from './tinyRun.fixture';
import { plannedSteps } from './plannedSteps';

describe('plannedSteps', () => {
  const evaluatedSteps = (change: Partial<TrainingSettings>, rows: number) => {
    const { totalSteps, isEvaluated, evaluations, stepsPerEpoch } = plannedSteps(recipeOf(change), rows);
    const steps = Array.from({ length: totalSteps }, (_, index) => index + 1).filter(isEvaluated);
    expect(steps).toHaveLength(evaluations);
    return { totalSteps, stepsPerEpoch, steps };
  };

  it('counts the last smaller batch, and evaluates at the end of each epoch', () => {
    expect(evaluatedSteps({ numTrainEpochs: 3 }, 41)).toEqual({ totalSteps: 18, stepsPerEpoch: 6, steps: [6, 12, 18] });
  });

  it('evaluates in the middle too, from 20 steps an epoch on', () => {
    expect(evaluatedSteps({ numTrainEpochs: 2 }, 19 * 8).steps).toEqual([19, 38]);
    expect(evaluatedSteps({ numTrainEpochs: 2 }, 20 * 8).steps).toEqual([10, 20, 30, 40]);
    expect(evaluatedSteps({ numTrainEpochs: 2 }, 21 * 8).steps).toEqual([11, 21, 32, 42]);
  });

  it('evaluates every so many steps where asked, and at the end', () => {
    expect(evaluatedSteps({ numTrainEpochs: 2, evalSteps: 5 }, 48).steps).toEqual([5, 10, 12]);
  });

  it('ends at maxSteps, but not after the last epoch', () => {
    expect(evaluatedSteps({ numTrainEpochs: 2, maxSteps: 7 }, 48)).toEqual({ totalSteps: 7, stepsPerEpoch: 6, steps: [6, 7] });
    expect(evaluatedSteps({ numTrainEpochs: 2, maxSteps: 70 }, 48).totalSteps).toBe(12);
  });

  it.each([1, 7, 10, 13, 24, 25, 26, 39, 49])('foretells the number of evaluations for maxSteps %i', (maxSteps) => {
    for (const rows of [25 * 8, 20 * 8, 21 * 8]) evaluatedSteps({ numTrainEpochs: 2, maxSteps }, rows);
  });
});
