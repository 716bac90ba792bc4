import { describe, expect, it } from 'vitest';
import type { Example } from '../../domain';
import { buildReport, commonestLabel, predictions } from './report';

const example = (label: number, row: number): Example => ({ text: `text ${row}`, target: { kind: 'class', label }, row });

/** Logits whose largest is at `answer`. */
const logitsFor = (answer: number, labels: number): number[] => Array.from({ length: labels }, (_, index) => (index === answer ? 2 : -1));

/** A report from pairs of truth and answer. */
function reportOf(pairs: readonly (readonly [number, number])[], labels: readonly string[], baseline = 0) {
  const examples = pairs.map(([truth], index) => example(truth, index + 2));
  return buildReport(labels, predictions(examples, pairs.map(([, answer]) => logitsFor(answer, labels.length))), baseline);
}

const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `label ${index}`);

describe('predictions', () => {
  it('keep row, text and truth, and add the answer with its scores', () => {
    const [first] = predictions([example(1, 7)], [Float32Array.of(0.5, 0.25, 3)]);
    expect(first).toMatchObject({ row: 7, text: 'text 7', label: 1, predicted: 2, logits: [0.5, 0.25, 3] });
    expect(first?.scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(first?.scores[2]).toBeCloseTo(Math.exp(3) / (Math.exp(0.5) + Math.exp(0.25) + Math.exp(3)), 12);
  });
});

describe('buildReport', () => {
  const labels = ['apple', 'bread', 'cheese'];
  const report = reportOf([[0, 0], [0, 0], [0, 1], [1, 1], [1, 0], [1, 0]], labels, 1);

  it('gives rows, accuracy, its interval and the matrix with truth in rows', () => {
    expect(report).toMatchObject({ task: 'single-label-classification', labels, rows: 6, accuracy: 0.5 });
    expect(report.confusion).toEqual([[2, 1, 0], [2, 1, 0], [0, 0, 0]]);
    const [low, high] = report.intervals['accuracy'] ?? [];
    // Of six rows drawn from three right and three wrong, one and five right are the 2.5 % and 97.5 % points.
    expect(low).toBeCloseTo(1 / 6, 12);
    expect(high).toBeCloseTo(5 / 6, 12);
    expect(report.predictions).toHaveLength(6);
    const right = -Math.log(Math.exp(2) / (Math.exp(2) + 2 * Math.exp(-1)));
    expect(report.loss).toBeCloseTo(right + 1.5, 12);
  });

  it('scores what always giving the baseline label would reach', () => {
    expect(report.baseline).toEqual({ label: 'bread', accuracy: 0.5 });
    expect(reportOf([[0, 0], [0, 1], [0, 2], [2, 2]], labels, 2).baseline).toEqual({ label: 'cheese', accuracy: 0.25 });
  });

  it('gives null for a label without test rows', () => {
    expect(report.classes[2]).toEqual({ label: 'cheese', precision: null, recall: null, f1: null, support: 0 });
    expect(report.classes[0]).toEqual({ label: 'apple', precision: 0.5, recall: 2 / 3, f1: 4 / 7, support: 3 });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('lists the worst pairs, commonest first, without right answers', () => {
    expect(report.worstPairs).toEqual([
      { label: 1, predicted: 0, rows: 2 },
      { label: 0, predicted: 1, rows: 1 },
    ]);
    expect(reportOf([[2, 1], [0, 2], [0, 1]], labels).worstPairs).toEqual([
      { label: 0, predicted: 1, rows: 1 },
      { label: 0, predicted: 2, rows: 1 },
      { label: 2, predicted: 1, rows: 1 },
    ]);
  });

  it('lists at most 50 pairs', () => {
    const pairs = Array.from({ length: 80 }, (_, index) => [index, (index + 1) % 80] as const);
    const { worstPairs } = reportOf([...pairs, [70, 71]], named(80));
    expect(worstPairs).toHaveLength(50);
    expect(worstPairs[0]).toEqual({ label: 70, predicted: 71, rows: 2 });
  });

  it('builds no matrix above 200 labels, but the pairs all the same', () => {
    expect(reportOf([[0, 199]], named(200)).confusion).toHaveLength(200);
    const many = reportOf([[0, 200], [200, 200]], named(201));
    expect(many.confusion).toBeNull();
    expect(many.worstPairs).toEqual([{ label: 0, predicted: 200, rows: 1 }]);
    expect(many.classes).toHaveLength(201);
  });
});

describe('commonestLabel', () => {
  it('gives the first of equals', () => {
    expect(commonestLabel([1, 2, 2, 1, 0].map(example), 3)).toBe(1);
    expect(commonestLabel([2, 2, 1].map(example), 3)).toBe(2);
    expect(commonestLabel([], 3)).toBe(0);
  });
});
