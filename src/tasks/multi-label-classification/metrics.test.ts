import { describe, expect, it } from 'vitest';
import { goldenCases } from '../goldenCases.fixture';
import { bestThreshold, binaryCrossEntropy, exactMatch, labelScores, labelsAbove, macroF1, microF1, sampleF1, thresholdCurve } from './metrics';

describe('scores of label sets are those of scikit-learn', () => {
  const cases = goldenCases('multi-label');
  it('has enough cases', () => expect(cases.length).toBeGreaterThanOrEqual(5));

  it.each(cases)('%s', (_, { truth, answers, logits, expected }) => {
    const labels = expected.perLabel.length;
    expect(microF1(truth, answers, labels)).toBeCloseTo(expected.microF1, 12);
    expect(macroF1(truth, answers, labels)).toBeCloseTo(expected.macroF1, 12);
    expect(sampleF1(truth, answers)).toBeCloseTo(expected.sampleF1, 12);
    expect(exactMatch(truth, answers)).toBeCloseTo(expected.exactMatch, 12);
    expect(binaryCrossEntropy(logits, truth)).toBeCloseTo(expected.loss, 9);
    labelScores(truth, answers, expected.perLabel.map((__, label) => `label ${label}`)).forEach((score, label) => {
      const golden = expected.perLabel[label];
      const answered = answers.filter((set) => set.includes(label)).length;
      expect(score.support).toBe(golden?.support);
      // Null where scikit-learn divides by nothing and puts 0.
      if (answered > 0) expect(score.precision).toBeCloseTo(golden?.precision ?? NaN, 12);
      else expect(score.precision).toBeNull();
      for (const name of ['recall', 'f1'] as const) {
        if (score.support > 0) expect(score[name]).toBeCloseTo(golden?.[name] ?? NaN, 12);
        else expect(score[name]).toBeNull();
      }
    });
  });
});

describe('the threshold', () => {
  it('is the one with the best micro F1 on the rows it is given', () => {
    const scores = [[0.31, 0.1], [0.32, 0.2], [0.05, 0.35], [0.1, 0.2]];
    const threshold = bestThreshold(thresholdCurve(scores, [[0], [0], [1], []]));
    expect(threshold).toBeCloseTo(0.31, 12);
    expect(scores.map((row) => labelsAbove(row, threshold))).toEqual([[0], [0], [1], []]);
  });

  it('stays at one half where nothing is better', () => expect(bestThreshold(thresholdCurve([[0.9, 0.1]], [[0]]))).toBe(0.5));

  it('is on a curve whose every point is what counting anew gives', () => {
    // Between two hundredths too: rounded up, 0.289 and 0.576 would be answered at 0.29 and 0.58.
    const scores = [[0.31, 0.1, 0.99], [0.29, 0.57, 1], [0, 0.58, 0.07], [0.289, 0.576, 0.4]];
    const truth = [[0, 2], [1], [2], [0, 1]];
    const curve = thresholdCurve(scores, truth);
    expect(curve.map(({ threshold }) => threshold)).toEqual(Array.from({ length: 99 }, (_, index) => (index + 1) / 100));
    for (const { threshold, microF1: f1 } of curve) expect(f1).toBe(microF1(truth, scores.map((row) => labelsAbove(row, threshold)), 3));
    expect(thresholdCurve([[0.001]], [[]])[0]).toEqual({ threshold: 0.01, precision: null, recall: null, microF1: null });
  });
});

it('the loss stays finite where an exponential would not', () => {
  expect(binaryCrossEntropy([[1000, -1000]], [[0]])).toBe(0);
  expect(binaryCrossEntropy([[1000, -1000]], [[1]])).toBe(1000);
});
