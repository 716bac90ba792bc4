import { describe, expect, it } from 'vitest';
import { tasks } from '../tasks';
import { withoutLeaks } from './withoutLeaks';

/** Right, wrong, right, wrong; the first two were learnt from. */
const logits = [[2, 0], [2, 0], [0, 2], [0, 2]];
const truth = [0, 1, 1, 0];

function parts(leaked: readonly boolean[]) {
  const examples = truth.map((label, row) => ({ text: `text ${row}`, target: { kind: 'class' as const, label }, row, ...(leaked[row] === true && { leaked: true as const }) }));
  const rows = truth.map((label) => ({ inputIds: Int32Array.of(1), tokenTypeIds: Int32Array.of(0), label }));
  return { facts: { labels: ['a', 'b'], scaler: null }, test: { examples, rows, logits: logits.map((row) => Float32Array.from(row)) }, training: examples, validation: null };
}

describe('figures without leaked rows', () => {
  const task = tasks['single-label-classification'];
  const of = (leaked: readonly boolean[]) => withoutLeaks(task, task.report(parts(leaked)), parts(leaked)).withoutLeaks;

  it('are those of the other rows alone', () => {
    expect(of([true, false, true, true])).toMatchObject({ rows: 1, metrics: { accuracy: 0 } });
    expect(of([false, true, false, true])).toMatchObject({ rows: 2, metrics: { accuracy: 1, macroF1: 1 } });
  });

  it('are not there without leaks, and blank where every row is one', () => {
    expect(of([])).toBeUndefined();
    expect(of([true, true, true, true])).toEqual({ rows: 0, metrics: { accuracy: null, macroF1: null, loss: null } });
  });
});
