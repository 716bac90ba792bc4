import { describe, expect, it } from 'vitest';
import type { ClassificationReport, MultiLabelReport, RegressionReport, Report, TokenReport } from '../../domain';
import { formatFor } from '../format';
import { messagesFor } from '../messages';
import { figuresOf } from './figures';
import { kindOf } from './reportKinds';
import type { Speech } from './speech';
import { summaryOf } from './summary';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const speech: Speech = { messages: messagesFor('en'), format: formatFor('en') };
const chinese: Speech = { messages: messagesFor('zh'), format: formatFor('zh') };
const calibration = { expectedCalibrationError: 0.1, bins: [] };

const classes: ClassificationReport = {
  kind: 'class', task: 'single-label-classification', labels: ['a', 'b'], rows: 4, accuracy: 0.75, macroF1: 0.7, loss: 0.5,
  intervals: { accuracy: [0.25, 1], macroF1: [0.2, 0.9], loss: null },
  baseline: { label: 'a', accuracy: 0.5 }, calibration, classes: [], confusion: null, worstPairs: [],
  predictions: [
    { row: 2, text: 'x', label: 0, predicted: 0, logits: [2, 0], scores: [0.88, 0.12] },
    { row: 3, text: 'y', label: 0, predicted: 1, logits: [0, 1], scores: [0.27, 0.73] },
    { row: 4, text: 'z', label: 1, predicted: 0, logits: [3, 0], scores: [0.95, 0.05] },
    { row: 5, text: 'w', textPair: 'v', label: 1, predicted: 1, logits: [0, 1], scores: [0.27, 0.73] },
  ],
};

const sets: MultiLabelReport = {
  kind: 'labels', task: 'multi-label-classification', labels: ['joy', 'fear'], rows: 3, threshold: 0.4, thresholdCurve: [],
  microF1: 0.5, macroF1: 0.5, sampleF1: 0.5, exactMatch: 1 / 3, loss: 0.6, intervals: { exactMatch: [0, 0.66] },
  baseline: { labels: ['joy'], microF1: 0.4 }, calibration, classes: [],
  predictions: [
    { row: 2, text: 'x', label: [0], predicted: [0], logits: [1, -1], scores: [0.73, 0.27] },
    { row: 3, text: 'y', textPair: 'v', label: [0, 1], predicted: [], logits: [-1, -1], scores: [0.27, 0.3] },
    { row: 4, text: 'z', label: [], predicted: [1], logits: [-1, 3], scores: [0.27, 0.95] },
  ],
};

const numbers: RegressionReport = {
  kind: 'number', task: 'regression', labels: ['stars'], rows: 2, meanSquaredError: 0.5, meanAbsoluteError: 0.614, r2: 0.5, pearson: 0.9, spearman: null, loss: 0.3,
  intervals: { meanAbsoluteError: [0.55, 0.7] }, baseline: { value: 3.2, meanSquaredError: 1, meanAbsoluteError: 0.89 }, scaler: { mean: 3.2, standardDeviation: 1.2 },
  predictions: [
    { row: 2, text: 'x', label: 3, predicted: 3.25, logits: [0] },
    { row: 3, text: 'y', label: 5, predicted: 3.75, logits: [0.4] },
  ],
};

const spans: TokenReport = {
  kind: 'tokens', task: 'token-classification', scheme: 'IOB2', labels: ['B-PER', 'I-PER', 'O'], rows: 2, precision: 1, recall: 0.5, f1: 0.667, macroF1: 0.667, tokenAccuracy: 0.8, loss: 0.4,
  intervals: { recall: [0, 1] }, baseline: { label: 'O', tokenAccuracy: 0.6 }, calibration, classes: [{ label: 'PER', precision: 1, recall: 0.5, f1: 0.667, support: 2 }],
  predictions: [
    { row: 2, text: 'Ann saw', words: ['Ann', 'saw'], label: [0, 2], predicted: [0, 2], logits: [] },
    { row: 3, text: 'Bob Lee ran', words: ['Bob', 'Lee', 'ran'], label: [0, 1, 2], predicted: [2, 2, 2], logits: [] },
  ],
};

const all: Report[] = [classes, sets, numbers, spans];

describe('a verdict', () => {
  it('opens with the sentence, then the baseline and the interval', () => {
    const said = (report: Report) => {
      const { sentence, more } = kindOf(report).verdict(report, speech);
      return plain([sentence, ...more].join(' '));
    };
    expect(said(classes)).toBe('Right 3 times in 4. Always answering “a” would be right 2 times. With so few test rows, expect 25 to 100 right in 100.');
    expect(said(sets)).toBe(
      'Every label right 1 time in 3. Always answering “joy” would be right 1 time. That is no better. With so few test rows, expect 0 to 66 right in 100. ' +
        'It finds 33 in 100 of the labels in the file. Of the labels it gives, 50 in 100 are right.',
    );
    expect(said(numbers)).toBe('Off by 0.614 on average. Always answering the mean, 3.2, is off by 0.890. On new rows expect 0.550 to 0.700.');
    expect(said(spans)).toBe(
      'Finds 1 of 2 entities, whole and right. Always answering “O” finds none, though it is right for 60 in 100 words. On new rows expect 0 to 100 in 100. Of those it marks, 100 in 100 are right.',
    );
  });

  it('says words where there are no entities to find', () => {
    const { sentence } = kindOf(spans).verdict({ ...spans, recall: null, precision: null }, speech);
    expect(sentence).toBe('Right tag for 80 in 100 words.');
  });

  it('leaves the interval out where there is none', () => {
    for (const report of all) expect(kindOf(report).verdict({ ...report, intervals: {} }, speech).more.join(' ')).not.toContain('expect');
  });

  it('is said in Chinese too', () => {
    for (const report of all) expect(summaryOf(report, chinese)).toMatch(/\p{Script=Han}/u);
  });
});

describe('rows', () => {
  const rowsOf = (report: Report) => report.predictions.map((prediction) => kindOf(report).row(report, prediction, speech));
  const wrongOf = (report: Report) => kindOf(report).wrong(report).map(({ row }) => row);

  it('are written out by kind', () => {
    expect(rowsOf(classes)[3]).toEqual({ row: 5, text: 'w', textPair: 'v', truth: 'b', answer: 'b', score: '73\u00a0%', right: true });
    expect(rowsOf(sets)[1]).toMatchObject({ textPair: 'v', truth: 'joy, fear', answer: 'no label', score: '2 missed', right: false });
    expect(rowsOf(sets)[2]).toMatchObject({ truth: 'no label', answer: 'fear 95\u00a0%', score: '1 too many' });
    expect(rowsOf(numbers)[1]).toMatchObject({ truth: '5', answer: '3.75', score: '−1.25', right: false });
    expect(rowsOf(spans)[1]).toMatchObject({ truth: 'Bob Lee (PER)', answer: 'none', score: '0 of 1', right: false });
  });

  it('come wrong ones first, the worst in front', () => {
    expect(wrongOf(classes)).toEqual([4, 3]);
    expect(wrongOf(sets)).toEqual([3, 4]);
    expect(wrongOf(numbers)).toEqual([3, 2]);
    expect(wrongOf(spans)).toEqual([3]);
  });
});

describe('figures', () => {
  it('have their interval in the same decimals, and a dash where there is no figure', () => {
    const figures = Object.fromEntries(figuresOf(numbers, speech.format).map((figure) => [figure.name, figure]));
    expect(figures['meanAbsoluteError']).toEqual({ name: 'meanAbsoluteError', value: '0.614', interval: { low: '0.550', high: '0.700' } });
    expect(figures['spearman']).toEqual({ name: 'spearman', value: '–', interval: null });
    expect(figuresOf(classes, speech.format)[0]).toEqual({ name: 'accuracy', value: '75\u00a0%', interval: { low: '25\u00a0%', high: '100\u00a0%' } });
  });
});
