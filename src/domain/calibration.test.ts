import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calibrationOf } from './calibration';

interface GoldenCase {
  name: string;
  scores: number[];
  right: number[];
  expected: { error: number; rows: number[]; confidence: number[]; accuracy: number[] };
}

const { cases } = JSON.parse(readFileSync('parity/golden/calibration.json', 'utf8')) as { cases: GoldenCase[] };

describe('calibration is that of scikit-learn and numpy (parity/golden/calibration.json)', () => {
  it('has enough cases', () => expect(cases.length).toBeGreaterThanOrEqual(5));

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { scores, right, expected }) => {
    const { expectedCalibrationError, bins } = calibrationOf(scores, right.map((one) => one === 1));
    expect(expectedCalibrationError).toBeCloseTo(expected.error, 12);
    expect(bins.map(({ rows }) => rows)).toEqual(expected.rows);
    const filled = bins.filter(({ rows }) => rows > 0);
    filled.forEach(({ confidence, accuracy }, index) => {
      expect(confidence).toBeCloseTo(expected.confidence[index] ?? NaN, 12);
      expect(accuracy).toBeCloseTo(expected.accuracy[index] ?? NaN, 12);
    });
    expect(filled).toHaveLength(expected.confidence.length);
  });
});

it('says nothing of an empty bin, and of no answers', () => {
  const { expectedCalibrationError, bins } = calibrationOf([], []);
  expect(expectedCalibrationError).toBe(0);
  expect(bins).toHaveLength(10);
  expect(bins[3]).toEqual({ from: 0.3, to: 0.4, rows: 0, confidence: null, accuracy: null });
});
