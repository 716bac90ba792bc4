import { describe, expect, it } from 'vitest';
import { goldenCases } from '../goldenCases.fixture';
import { meanAbsoluteError, meanSquaredError, pearson, r2, ranks, spearman } from './metrics';

describe('scores of numbers are those of scikit-learn and scipy', () => {
  const cases = goldenCases('regression');
  it('has enough cases', () => expect(cases.length).toBeGreaterThanOrEqual(12));

  it.each(cases)('%s', (_, { truth, answers, expected }) => {
    const close = (actual: number | null, wanted: number | null) => {
      if (wanted === null) expect(actual).toBeNull();
      else expect((actual ?? NaN) / (wanted || 1)).toBeCloseTo(wanted === 0 ? 0 : 1, 9);
    };
    close(meanSquaredError(truth, answers), expected.meanSquaredError);
    close(meanAbsoluteError(truth, answers), expected.meanAbsoluteError);
    close(r2(truth, answers), expected.r2);
    close(pearson(truth, answers), expected.pearson);
    close(spearman(truth, answers), expected.spearman);
  });
});

describe('where a figure has no meaning', () => {
  it('it is null, never NaN', () => {
    expect(r2([2, 2, 2], [1, 2, 3])).toBeNull();
    expect(pearson([2, 2], [1, 2])).toBeNull();
    expect(spearman([1, 2], [5, 5])).toBeNull();
    expect([r2([], []), pearson([], []), meanSquaredError([], []), meanAbsoluteError([], [])]).toEqual([null, null, 0, 0]);
  });
});

it('equals share their ranks', () => expect(ranks([30, 10, 10, 20])).toEqual([4, 1.5, 1.5, 3]));
