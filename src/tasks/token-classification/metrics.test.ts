import { describe, expect, it } from 'vitest';
import { goldenCases } from '../goldenCases.fixture';
import { entitiesOf, entityScores, saysEnds } from './metrics';

describe("scores of entities are those of seqeval's strict mode", () => {
  const cases = goldenCases('tokens');
  it('has enough cases, some with ends', () => {
    expect(cases.length).toBeGreaterThanOrEqual(10);
    expect(cases.some(([, { withEnds }]) => withEnds)).toBe(true);
  });

  it.each(cases)('%s', (_, { truth, answers, withEnds, expected }) => {
    expect(saysEnds([...truth, ...answers].flat())).toBe(withEnds);
    const scores = entityScores(truth, answers, withEnds);
    expect(scores.precision).toBeCloseTo(expected.precision, 12);
    expect(scores.recall).toBeCloseTo(expected.recall, 12);
    expect(scores.f1).toBeCloseTo(expected.f1, 12);
    expect(scores.macroF1).toBeCloseTo(expected.macroF1, 12);
    expect(scores.classes.map(({ label, support }) => [label, support])).toEqual(expected.perType.map(({ label, support }) => [label, support]));
    scores.classes.forEach(({ precision, recall, f1 }, index) => {
      const golden = expected.perType[index];
      // Null where seqeval divides by nothing and puts 0.
      expect(precision ?? 0).toBeCloseTo(golden?.precision ?? NaN, 12);
      expect(recall ?? 0).toBeCloseTo(golden?.recall ?? NaN, 12);
      expect(f1 ?? 0).toBeCloseTo(golden?.f1 ?? NaN, 12);
    });
  });
});

it('an entity goes to the end of the sentence, and none is found in nothing', () => {
  expect(entitiesOf(['O', 'B-PER', 'I-PER'])).toEqual([{ type: 'PER', begin: 1, end: 2 }]);
  expect(entitiesOf(['B-PER', 'I-PER'], true)).toEqual([]);
  expect(entityScores([['O']], [['O']])).toEqual({ precision: null, recall: null, f1: 0, macroF1: 0, classes: [] });
});
