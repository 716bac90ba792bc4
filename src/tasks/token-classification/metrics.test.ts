import { describe, expect, it } from 'vitest';
import { goldenCases } from '../goldenCases.fixture';
import { entitiesOf, entityScores, schemeOf } from './metrics';

const cases = goldenCases('tokens');

describe("scores of entities are those of seqeval's strict mode", () => {
  it('has enough cases, of every scheme', () => {
    expect(cases.length).toBeGreaterThanOrEqual(21);
    expect(new Set(cases.map(([, { scheme }]) => scheme))).toEqual(new Set(['IOB1', 'IOB2', 'IOBES']));
  });

  it.each(cases)('%s', (_, { truth, answers, scheme, expected }) => {
    const scores = entityScores(truth, answers, scheme);
    // Null where seqeval divides by nothing and puts 0.
    const [answered, support] = [answers, truth].map((rows) => rows.flatMap((tags) => entitiesOf(tags, scheme)).length);
    expect(scores.precision).toEqual(answered === 0 ? null : expect.closeTo(expected.precision, 12));
    expect(scores.recall).toEqual(support === 0 ? null : expect.closeTo(expected.recall, 12));
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

describe('the scheme of tags', () => {
  it.each(cases.filter(([, { truth }]) => truth.flat().some((tag) => tag !== 'O')))('%s', (_, { truth, scheme }) => expect(schemeOf(truth)).toBe(scheme));

  it('is IOB2 where nothing says otherwise, and where an I that begins nothing stands beside a B', () => {
    expect(schemeOf([])).toBe('IOB2');
    expect(schemeOf([['O'], ['I-PER', 'B-LOC']])).toBe('IOB2');
    expect(schemeOf([['I-PER'], ['I-PER', 'B-PER']])).toBe('IOB1');
  });

  it('knows BMES by its letters', () => {
    const bmes = [['B-LOC', 'M-LOC', 'E-LOC', 'S-PER']];
    expect(schemeOf(bmes)).toBe('IOBES');
    expect(entitiesOf(bmes[0] ?? [], 'IOBES')).toEqual([{ type: 'LOC', begin: 0, end: 2 }, { type: 'PER', begin: 3, end: 3 }]);
  });
});

it('an entity goes to the end of the sentence, and none is found in nothing', () => {
  expect(entitiesOf(['O', 'B-PER', 'I-PER'])).toEqual([{ type: 'PER', begin: 1, end: 2 }]);
  expect(entitiesOf(['B-PER', 'I-PER'], 'IOBES')).toEqual([]);
  expect(entityScores([['O']], [['O']])).toEqual({ precision: null, recall: null, f1: 0, macroF1: 0, classes: [] });
});
