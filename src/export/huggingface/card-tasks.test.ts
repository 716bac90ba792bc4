import { describe, expect, it } from 'vitest';
import type { Report } from '../../domain';
import { scoreLines, taskTexts, useLines } from './card-tasks';

const shared = { rows: 3, loss: 0.5, predictions: [], calibration: { expectedCalibrationError: 0, bins: [] }, classes: [] };
const classes: Report = {
  ...shared, kind: 'class', task: 'text-pair-classification', labels: ['no', 'yes'], accuracy: 0.75, macroF1: 0.7, confusion: null, worstPairs: [],
  intervals: { accuracy: [0.6, 0.9], macroF1: null, loss: null }, baseline: { label: 'no', accuracy: 0.5 },
};
const number: Report = {
  kind: 'number', task: 'regression', labels: ['score'], rows: 3, loss: 0.5, predictions: [], meanSquaredError: 2, meanAbsoluteError: 1, r2: null, pearson: 0.9, spearman: 0.8,
  intervals: { meanSquaredError: [1, 3], pearson: null }, baseline: { value: 4, meanSquaredError: 9, meanAbsoluteError: 2 }, scaler: { mean: -1.5, standardDeviation: 2 },
};
const labels: Report = {
  ...shared, kind: 'labels', task: 'multi-label-classification', labels: ['a', '*b*'], threshold: 0.4, thresholdCurve: [], microF1: 0.8, macroF1: 0.7, sampleF1: 0.6, exactMatch: 0.5,
  intervals: { microF1: [0.7, 0.9] }, baseline: { labels: ['a', '*b*'], microF1: 0.3 },
};
const tokens: Report = {
  ...shared, kind: 'tokens', task: 'token-classification', scheme: 'IOB2', labels: ['O', 'B-X'], precision: 0.5, recall: 0.5, f1: 0.5, macroF1: 0.5, tokenAccuracy: 0.9,
  intervals: {}, baseline: { label: 'O', tokenAccuracy: 0.8 },
};

describe('the card of each kind', () => {
  it('calls it by what it answers with, and says of how many texts', () => {
    expect(taskTexts(classes, 'en').title).toBe('Text pair classifier');
    expect(taskTexts(classes, 'en').intro('base', 2)).toBe('Reads two texts at once. Sorts a pair into one of 2 labels. Fine-tuned from base in a browser with Anneal.');
    expect(taskTexts(number, 'zh').intro('base', 1)).toBe('给一段文本打分。由 Anneal 在浏览器中基于 base 微调而成。');
    expect([labels, tokens].map((report) => taskTexts(report, 'en').title)).toEqual(['Multi-label text classifier', 'Token classifier']);
    expect(taskTexts(labels, 'en').limit).toBeNull();
  });

  it('gives each figure with its interval where it has one, and what guessing reaches', () => {
    const lines = scoreLines(number, 'en');
    expect(lines[0]).toBe('Mean squared error: 2.0000 (95 % interval 1.0000 to 3.0000)');
    expect(lines).toContain('R2: –');
    expect(lines).toContain('Pearson correlation: 0.9000');
    expect(lines).toContain('For comparison: always answering 4.0000 gives Mean squared error 9.0000');
    expect(lines).toContain("Scaler: the model's number × 2 + -1.5 is the target's");
    expect(scoreLines(labels, 'en')).toContain('For comparison: always answering a, \\*b\\* gives Micro F1 0.3000');
    expect(scoreLines(tokens, 'zh')).toContain('对比：始终回答 O 时，标记正确的词为 0.8000');
  });

  it('opens with the class that the head asks for, and answers as the report counted', () => {
    expect(useLines(classes)).toContain('inputs = tokenizer("The first text", "The second text", truncation=True, return_tensors="pt")');
    expect(useLines(number, './model')).toEqual(expect.arrayContaining(['folder = "./model"', 'inputs = tokenizer("A text", truncation=True, return_tensors="pt")', 'print(float(logits[0]) * 2 + -1.5)']));
    expect(useLines(labels).at(-1)).toContain('if score >= 0.4');
    expect(useLines(tokens)).toContain('from transformers import AutoModelForTokenClassification, AutoTokenizer');
  });
});
