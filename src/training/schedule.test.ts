import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linearSchedule, warmupSteps } from './schedule';

interface GoldenSchedule {
  warmupCases: { warmupRatio: number; totalSteps: number; warmupSteps: number }[];
  linearCases: { warmupSteps: number; totalSteps: number; factors: number[] }[];
}

const golden = JSON.parse(readFileSync('parity/golden/schedule.json', 'utf8')) as GoldenSchedule;

describe("warm-up steps are Trainer's (parity/golden/schedule.json)", () => {
  it.each(golden.warmupCases)('$warmupRatio of $totalSteps steps', (one) => {
    expect(warmupSteps(one.totalSteps, one.warmupRatio)).toBe(one.warmupSteps);
  });

  it('among them is one where the product of the two doubles is a little above the whole number', () => {
    expect(golden.warmupCases).toContainEqual({ warmupRatio: 0.07, totalSteps: 100, warmupSteps: 8 });
  });
});

describe("factors are those of transformers' linear schedule (parity/golden/schedule.json)", () => {
  it.each(golden.linearCases)('$warmupSteps of $totalSteps steps warm up', (one) => {
    expect(one.factors).toHaveLength(one.totalSteps + 1);
    one.factors.forEach((factor, step) => expect(linearSchedule(step, one.warmupSteps, one.totalSteps), `step ${step}`).toBeCloseTo(factor, 15));
  });

  it('is never negative past the end', () => expect(linearSchedule(14, 2, 10)).toBe(0));
});
