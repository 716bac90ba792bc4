/** The check of a backend's kernels: on a runner of its own, once for the same instructions. */
import type { CheckResult } from '../check/result';
import type { InstructionRunner } from '../check/runner';
import { keyOf } from '../check/distinct';
import { selfCheck } from '../check/selfCheck';
import type { Plan, UpdatePlan } from '../plan/plan';

/** From then on fewer samples are compared. */
const LIMIT_MILLISECONDS = 2500;
const SEED = 13;

export class KernelCheck {
  private readonly passed = new Map<string, CheckResult>();

  constructor(private readonly startRunner: () => Promise<InstructionRunner>) {}

  async check(plans: readonly (Plan | UpdatePlan)[]): Promise<CheckResult> {
    const key = keyOf(plans);
    const known = this.passed.get(key);
    if (known) return known;
    const runner = await this.startRunner();
    try {
      const result = await selfCheck(plans, runner, { seed: SEED, now: () => performance.now(), limitMilliseconds: LIMIT_MILLISECONDS });
      if (!result.wrong) this.passed.set(key, result);
      return result;
    } finally {
      runner.dispose();
    }
  }
}
