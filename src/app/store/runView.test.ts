import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../domain';
import { progressOf, projectRun, thinned } from './runView';

const stepped = (step: number, loss: number): RunEvent => ({
  kind: 'stepped',
  time: step * 1000,
  step,
  epoch: step / 10,
  loss,
  accuracy: 0.5,
  learningRate: 1e-4,
  gradientNorm: 1,
  tokens: 200,
  rows: 16,
  seconds: 2,
});

const evaluated = (step: number, loss: number, best: boolean): RunEvent => ({
  kind: 'evaluated',
  time: step * 1000,
  step,
  epoch: step / 10,
  loss,
  accuracy: 0.8,
  macroF1: 0.7,
  seconds: 4,
  best,
});

const started = {
  kind: 'started',
  time: 0,
  runId: 'r1',
  labels: ['a', 'b'],
  baselineAccuracy: 0.4,
  baselineLabel: 'a',
  totalSteps: 20,
  stepsPerEpoch: 10,
} as unknown as RunEvent;

describe('projectRun', () => {
  it('is empty for an empty log', () => {
    const view = projectRun([]);
    expect(view).toMatchObject({ runId: null, step: 0, end: null, secondsLeft: null });
    expect(progressOf(view)).toBe(0);
  });

  it('gives points, progress, best and speed', () => {
    const view = projectRun([started, stepped(1, 2), stepped(2, 1), evaluated(2, 0.9, true), stepped(3, 0.5)]);
    expect(view.training.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(view.training[0]?.smoothed).toBeCloseTo(2);
    expect(view.best?.step).toBe(2);
    expect(view.rowsPerSecond).toBeCloseTo(8);
    // 17 steps of 2 s, and 4 s of evaluation for every 3 steps.
    expect(view.secondsLeft).toBeCloseTo(17 * (2 + 4 / 3));
    expect(progressOf(view)).toBeCloseTo(0.15);
  });

  it('keeps losses that are no number out of the chart', () => {
    const error = { code: 'run.diverged', facts: { step: 2, learningRate: 1, tensor: null, bestStep: null } } as const;
    const view = projectRun([started, stepped(1, 2), stepped(2, NaN), { kind: 'failed', time: 9, step: 2, error }]);
    expect(view.training).toHaveLength(1);
    expect(view.end).toBe('failed');
    expect(view.error?.code).toBe('run.diverged');
    expect(view.secondsLeft).toBeNull();
  });

  it('goes back to where a lost device left a checkpoint, without a gap or a double', () => {
    const device = { backend: 'webgpu', name: 'GPU', refused: [], threads: null, speeds: [] } as const;
    const view = projectRun([
      started,
      ...[1, 2, 3, 4].map((step) => stepped(step, 2 / step)),
      evaluated(2, 0.9, true),
      evaluated(4, 0.4, true),
      { kind: 'resumed', time: 9, step: 2, lostAt: 4, detail: 'reset', device: { ...device, refused: [], speeds: [] } },
      stepped(3, 0.6),
    ]);
    expect(view.resumed).toEqual([{ step: 2, lostAt: 4 }]);
    expect(view.training.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(view.validation.map(({ step }) => step)).toEqual([2]);
    expect(view.best?.step).toBe(2);
    expect(view.step).toBe(3);
    expect(view).toMatchObject({ epoch: 0.3, loss: 0.6 });
    // As if the void steps had never been.
    const undisturbed = projectRun([started, stepped(1, 2), stepped(2, 1), stepped(3, 0.6)]);
    expect(view.training).toEqual(undisturbed.training);
    expect(view.device?.name).toBe('GPU');
    expect(view.end).toBeNull();
  });

  it('keeps choices and memory, and takes them as unknown where an old log lacks them', () => {
    expect(projectRun([started])).toMatchObject({ choices: {}, memory: null });
    const memory = { weights: 1, gradients: 1, moments: 2, activations: 4, total: 8 };
    const newer = { ...started, choices: { build: 'threads' }, memory } as unknown as RunEvent;
    expect(projectRun([newer])).toMatchObject({ choices: { build: 'threads' }, memory });
  });

  it('does not change what it is given, and gives the same twice', () => {
    const events = Object.freeze([started, stepped(1, 2)]);
    expect(projectRun(events)).toEqual(projectRun(events));
  });
});

describe('thinned', () => {
  it('keeps first and last and the limit', () => {
    const points = Array.from({ length: 1000 }, (_, index) => index);
    const few = thinned(points, 50);
    expect(few).toHaveLength(50);
    expect([few[0], few.at(-1)]).toEqual([0, 999]);
    expect(thinned([1, 2], 50)).toEqual([1, 2]);
  });
});
