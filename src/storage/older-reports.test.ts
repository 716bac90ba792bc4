import { describe, expect, it } from 'vitest';
import type { Report, RunEvent } from '../domain';
import { readEventLog } from './event-log';

/** What a run recorded before is read as today. */
function readBack(report: object): Report {
  const line = `${JSON.stringify({ time: 1, kind: 'finished', step: 3, report })}\n`;
  const [event] = readEventLog(new TextEncoder().encode(line), 'events').events;
  if (event?.kind !== 'finished') throw new Error('no finished event');
  return event.report;
}

const shown = { row: 2, text: 'a text' };
const older = {
  classes: {
    task: 'single-label-classification', labels: ['no', 'yes'], rows: 2, accuracy: 0.5, accuracyInterval: [0.1, 0.9], macroF1: 0.4, loss: 1, baseline: { label: 'no', accuracy: 0.5 }, classes: [], confusion: null, worstPairs: [],
    predictions: [
      { ...shown, label: 0, predicted: 0, logits: [0, 0], scores: [0.75, 0.25] },
      { ...shown, label: 0, predicted: 1, logits: [0, 0], scores: [0.25, 0.75] },
    ],
  },
  number: { task: 'text-pair-regression', labels: ['score'], rows: 0, meanSquaredError: 1, meanAbsoluteError: 1, r2: null, pearson: null, spearman: null, loss: 1, baseline: {}, scaler: { mean: 0, standardDeviation: 1 }, predictions: [] },
  labels: {
    task: 'multi-label-classification', labels: ['a', 'b'], rows: 1, threshold: 0.5, microF1: 1, macroF1: 1, sampleF1: 1, exactMatch: 1, loss: 1, baseline: {}, classes: [],
    predictions: [{ ...shown, label: [1], predicted: [1], logits: [0, 0], scores: [0.05, 0.95] }],
  },
  tokens: {
    task: 'token-classification', labels: ['O', 'B-X'], rows: 2, precision: 1, recall: 1, f1: 1, macroF1: 1, tokenAccuracy: 1, loss: 1, baseline: {}, classes: [],
    predictions: [
      { ...shown, words: ['a', 'b'], label: [0, 1], predicted: [0, 0], logits: [Math.log(3), 0, 0, 0] },
      { ...shown, words: ['a', 'cut'], label: [0, 0], predicted: [0, 0], logits: [9, 0] },
    ],
  },
};

describe('a report that was recorded without intervals and calibration', () => {
  it('keeps its figures and its Wilson interval; the other intervals are not known', () => {
    const report = readBack(older.classes);
    expect(report).toMatchObject({ kind: 'class', accuracy: 0.5, intervals: { accuracy: [0.1, 0.9], macroF1: null, loss: null } });
    expect(report).not.toHaveProperty('accuracyInterval');
    expect(readBack(older.number)).toMatchObject({ kind: 'number', meanSquaredError: 1, intervals: { meanSquaredError: null, meanAbsoluteError: null, r2: null, pearson: null, spearman: null, loss: null } });
  });

  it('gets its calibration from the answers that it holds', () => {
    const classes = readBack(older.classes);
    if (classes.kind !== 'class') throw new Error('no class');
    expect(classes.calibration.expectedCalibrationError).toBeCloseTo(0.25, 12);
    expect(classes.calibration.bins[7]).toEqual({ from: 0.7, to: 0.8, rows: 2, confidence: 0.75, accuracy: 0.5 });
    const labels = readBack(older.labels);
    if (labels.kind !== 'labels') throw new Error('no labels');
    expect(labels.thresholdCurve).toEqual([]);
    expect(labels.calibration.expectedCalibrationError).toBeCloseTo(0.05, 12);
    const tokens = readBack(older.tokens);
    if (tokens.kind !== 'tokens') throw new Error('no tokens');
    expect(tokens.scheme).toBe('IOB2');
    // 3/4 right, 1/2 wrong; the text that was cut does not count.
    expect(tokens.calibration.bins.flatMap(({ rows, confidence, accuracy }) => (rows > 0 ? [[rows, Number(confidence?.toFixed(9)), accuracy]] : []))).toEqual([[1, 0.5, 0], [1, 0.75, 1]]);
  });
});

it('a report of today and other events come back as they were written', () => {
  const today = readBack(older.classes);
  expect(readBack(today)).toEqual(today);
  const paused: RunEvent = { time: 5, kind: 'paused', step: 2 };
  expect(readEventLog(new TextEncoder().encode(`${JSON.stringify(paused)}\n`), 'events').events).toEqual([paused]);
});
