import { describe, expect, it } from 'vitest';
import { reportMetrics, taskIds, taskKinds, type Example, type Target } from '../domain';
import { tasks, type Answered } from '.';

const targets: Record<Target['kind'], { target: Target; logits: number[] }> = {
  class: { target: { kind: 'class', label: 1 }, logits: [0, 1] },
  labels: { target: { kind: 'labels', labels: [1] }, logits: [-1, 1] },
  number: { target: { kind: 'number', value: 2 }, logits: [0.5] },
  tokens: { target: { kind: 'tokens', words: ['a'], labels: [1] }, logits: [0, 0, 0, 1, 0, 0] },
};

/** Two rows with the same answer. */
function answeredOf(kind: Target['kind']): Answered {
  const { target, logits } = targets[kind];
  const examples: Example[] = [2, 3].map((row) => ({ row, text: 'a', target }));
  const row = { inputIds: Int32Array.of(1, 2, 3), tokenTypeIds: new Int32Array(3), label: -1, ...(kind === 'tokens' && { tokenLabels: Int32Array.of(-1, 1, -1), firstTokens: [0] }) };
  return { examples, rows: [row, row], logits: [logits, logits] };
}

describe.each(taskIds)('%s', (id) => {
  const kind = taskKinds[id].target;
  const facts = { labels: kind === 'number' ? ['score'] : ['O', 'B-X'], scaler: kind === 'number' ? { mean: 0, standardDeviation: 1 } : null };
  const answered = answeredOf(kind);
  const report = tasks[id].report({ facts, test: answered, training: answered.examples, validation: tasks[id].usesValidation ? answered : null });

  it('is reported under its own name and kind', () => {
    expect(tasks[id].id).toBe(id);
    expect(report).toMatchObject({ task: id, kind });
  });

  it('names its figures alike while training, in the report and for the intervals', () => {
    const names = Object.keys(reportMetrics(report));
    expect(Object.keys(report.intervals).sort()).toEqual([...names].sort());
    const followed = [...Object.keys(tasks[id].scores(facts, answered).own), 'loss'].sort();
    // A threshold is chosen at the end.
    expect(followed).toEqual(names.filter((name) => name !== 'threshold').sort());
  });
});
