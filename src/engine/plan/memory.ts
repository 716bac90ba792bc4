/** Bytes a run needs on the device, from its plan. */
import type { MemoryEstimate } from '../../domain';
import type { ParameterLayout, Plan, PlanLimits } from './plan';

const BYTES = 4;

const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

export function estimateMemory({ trained, frozen }: ParameterLayout, plan: Plan): MemoryEstimate {
  const learning = sum(trained) * BYTES;
  const activations = (sum(plan.arena) + plan.inputElements + plan.resultElements) * BYTES;
  const weights = learning + sum(frozen) * BYTES;
  return { weights, gradients: learning, moments: 2 * learning, activations, total: weights + 3 * learning + activations };
}

export const UNLIMITED: PlanLimits = { maxBindingBytes: Infinity, maxBufferBytes: Infinity };
