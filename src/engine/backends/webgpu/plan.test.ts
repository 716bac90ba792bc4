/** What the plans of the bundled model become, without a device: dispatches, bindings, workgroups within the smallest limits. */
import { describe, expect, it } from 'vitest';
import { layoutFor } from '../../plan/compile';
import type { PlanTensor } from '../../plan/tensor';
import type { Instruction } from '../../plan/instruction';
import { planUpdate } from '../../plan/update';
import { allNames, graphOf, MINIMUM_LIMITS, planOf } from '../../testing/planned';
import type { Kernel, Step } from './kernel';
import { stepsOf } from './kernels';
import { DEFAULT_VARIANT } from './matmul/variants';
import { Pace } from './schedule';
import { kernelSource } from './source';

const graph = graphOf('public/models/all-MiniLM-L6-v2', 6);
const stepsFor = (instructions: readonly Instruction[], tensors: readonly PlanTensor[]): Step[] =>
  instructions.flatMap((instruction) => stepsOf(instruction, { tensors, maxStorageBuffers: 8, chooseMatmul: () => DEFAULT_VARIANT }));
const isKernel = (step: Step): step is Kernel => !('clear' in step);

describe('a step of MiniLM at 16 x 128', () => {
  const plan = planOf(graph, 16, 128, { limits: MINIMUM_LIMITS });
  const update = planUpdate(layoutFor(graph, allNames(graph), MINIMUM_LIMITS));
  const steps = [...stepsFor(plan.instructions, plan.tensors), ...stepsFor(update.instructions, update.tensors)];
  const kernels = steps.filter(isKernel);

  it('takes at most 160 dispatches', () => {
    expect(kernels.length).toBeLessThanOrEqual(160);
  });

  it('binds at most eight storage buffers, and no buffer both ways in one dispatch', () => {
    for (const [list, tensors] of [[plan.instructions, plan.tensors], [update.instructions, update.tensors]] as const) {
      for (const kernel of stepsFor(list, tensors).filter(isKernel)) {
        const { bindings } = kernelSource(kernel, tensors);
        expect(bindings.length, kernel.label).toBeLessThanOrEqual(8);
        for (const { region, buffer } of bindings) {
          const ways = bindings.filter((other) => other.region === region && other.buffer === buffer).map(({ access }) => access);
          expect(new Set(ways).size, kernel.label).toBe(1);
        }
      }
    }
  });

  it('stays within 65,535 workgroups a dimension', () => {
    for (const { label, workgroups } of kernels) expect(Math.max(...workgroups), label).toBeLessThanOrEqual(65535);
  });

  it('is cut into at most 10 submits on a device of 200 GFLOP/s, each far under 250 ms', () => {
    const pace = new Pace();
    const operations = steps.map((step) => ('clear' in step ? 0 : step.operations));
    const rate = 2e8;
    let ends: number[] = [];
    for (let run = 0; run < 10; run++) {
      ends = pace.cut(operations);
      let first = 0;
      for (const end of ends) {
        const sum = operations.slice(first, end).reduce((total, count) => total + count, 0);
        pace.record(sum, sum / rate);
        expect(sum / rate).toBeLessThan(250);
        first = end;
      }
      expect(ends.at(-1)).toBe(operations.length);
    }
    expect(ends.length).toBeLessThanOrEqual(10);
  });
});
