import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracy, argmax, classScores, confusionCounts, crossEntropy, macroF1, softmax } from './metrics';

interface GoldenCase {
  name: string;
  labels: number[];
  predicted: number[];
  numberOfLabels: number;
  logits?: number[][];
  expected: {
    accuracy: number;
    macroF1OfPresentLabels: number;
    perLabel: { precision: number; recall: number; f1: number; support: number }[];
    confusionMatrix: number[][];
    probabilities?: number[][];
    logLoss?: number;
  };
}

const { cases } = JSON.parse(readFileSync('parity/golden/metrics.json', 'utf8')) as { cases: GoldenCase[] };

/** scikit-learn puts 0 where a figure divides by nothing; here such a figure is null. */
function withNull(value: number, rows: number): number | null {
  return rows > 0 ? value : null;
}

describe('scores are those of scikit-learn (parity/golden/metrics.json)', () => {
  it('has enough cases, some of them with logits', () => {
    expect(cases.length).toBeGreaterThanOrEqual(13);
    expect(cases.filter(({ logits }) => logits).length).toBeGreaterThanOrEqual(3);
  });

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { labels, predicted, numberOfLabels, logits, expected }) => {
    expect(accuracy(labels, predicted)).toBeCloseTo(expected.accuracy, 12);
    expect(macroF1(labels, predicted, numberOfLabels)).toBeCloseTo(expected.macroF1OfPresentLabels, 12);
    expect([...confusionCounts(labels, predicted, numberOfLabels)]).toEqual(expected.confusionMatrix.flat());

    const names = expected.perLabel.map((__, index) => `label ${index}`);
    const scores = classScores(labels, predicted, names);
    expect(scores).toHaveLength(numberOfLabels);
    scores.forEach((score, index) => {
      const golden = expected.perLabel[index];
      if (!golden) throw new Error('The golden case lacks a label.');
      const answered = predicted.filter((label) => label === index).length;
      expect(score.label).toBe(names[index]);
      expect(score.support).toBe(golden.support);
      const pairs = [
        [score.precision, withNull(golden.precision, answered)],
        [score.recall, withNull(golden.recall, golden.support)],
        [score.f1, withNull(golden.f1, golden.support)],
      ] as const;
      for (const [actual, wanted] of pairs) {
        if (wanted === null || actual === null) expect(actual).toBe(wanted);
        else expect(actual).toBeCloseTo(wanted, 12);
      }
    });

    if (!logits) return;
    expect(logits.map(argmax)).toEqual(predicted);
    expect(crossEntropy(logits, labels)).toBeCloseTo(expected.logLoss ?? NaN, 9);
    logits.forEach((row, index) => {
      softmax(row).forEach((score, label) => expect(score).toBeCloseTo(expected.probabilities?.[index]?.[label] ?? NaN, 10));
    });
  });
});

describe('macroF1', () => {
  it('leaves out a label that is neither in the truth nor among the answers', () => {
    expect(macroF1([0, 1], [0, 1], 9)).toBe(1);
    expect(macroF1([], [], 3)).toBe(0);
  });
});

describe('classScores', () => {
  it('gives null, never 0 or NaN, where there is nothing to divide by', () => {
    const [neverSeen, onlyAnswered, neverAnswered] = classScores([2, 2], [1, 1], ['never seen', 'only answered', 'never answered']);
    expect(neverSeen).toEqual({ label: 'never seen', precision: null, recall: null, f1: null, support: 0 });
    expect(onlyAnswered).toEqual({ label: 'only answered', precision: 0, recall: null, f1: null, support: 0 });
    expect(neverAnswered).toEqual({ label: 'never answered', precision: null, recall: 0, f1: 0, support: 2 });
  });
});

describe('softmax and crossEntropy', () => {
  it('stay finite for logits that would overflow an exponential', () => {
    const scores = softmax([1000, 0, -1000]);
    expect(scores).toEqual([1, 0, 0]);
    expect(crossEntropy([[1000, 0]], [1])).toBe(1000);
    expect(crossEntropy([[-1000, -1001]], [0])).toBeCloseTo(Math.log(1 + Math.exp(-1)), 12);
  });

  it('sum to 1 and give ln(labels) where nothing is known', () => {
    expect(softmax([0.3, -2, 5, 1]).reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 12);
    expect(crossEntropy([[0, 0, 0], [4, 4, 4]], [0, 2])).toBeCloseTo(Math.log(3), 12);
  });
});

describe('argmax', () => {
  it('gives the first of equals', () => {
    expect(argmax([1, 3, 3, 2])).toBe(1);
    expect(argmax([-5, -2, -9])).toBe(1);
  });
});
