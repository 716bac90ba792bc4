/** Learning rate by step, as transformers' `get_linear_schedule_with_warmup` and `TrainingArguments.get_warmup_steps`. */

export function warmupSteps(totalSteps: number, warmupRatio: number): number {
  return Math.ceil(totalSteps * warmupRatio);
}

/**
 * Factor of the learning rate: 0 to 1 over the warm-up, then back to 0 at `total`.
 * @param step optimizer steps already made (the first step is made at 0)
 */
export function linearSchedule(step: number, warmup: number, total: number): number {
  if (step < warmup) return step / Math.max(1, warmup);
  return Math.max(0, (total - step) / Math.max(1, total - warmup));
}
