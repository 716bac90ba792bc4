import { describe, expect, it } from 'vitest';
import type { ClassificationReport } from '../domain';
import { countFormulaLike, predictionsCsv, withoutApostrophe } from './predictionsCsv';

function reportOf(texts: string[], labels = ['plain', '=cmd()']): ClassificationReport {
  return {
    kind: 'class',
    task: 'single-label-classification',
    labels,
    rows: texts.length,
    accuracy: 1,
    intervals: {},
    calibration: { expectedCalibrationError: 0, bins: [] },
    macroF1: 1,
    loss: 0,
    baseline: { label: 'plain', accuracy: 0.5 },
    classes: [],
    confusion: null,
    worstPairs: [],
    predictions: texts.map((text, index) => ({
      row: index + 2,
      text,
      label: 0,
      predicted: 0,
      logits: [1, -1],
      scores: [0.88, 0.12],
    })),
  };
}

const formulas = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'];

describe('predictionsCsv', () => {
  it('starts with a byte order mark and ends lines with CRLF', () => {
    const { text } = predictionsCsv(reportOf(['hello']));
    expect(text.codePointAt(0)).toBe(0xfeff);
    expect(text.split('\r\n')).toHaveLength(3);
    expect(text).toContain('2,hello,plain,plain,1,0.880000,0.880000,0.120000');
  });

  it('guards every kind of formula start, and counts', () => {
    const { text, guarded } = predictionsCsv(reportOf(formulas));
    expect(guarded).toBe(formulas.length);
    for (const formula of formulas) expect(text).toContain(`'${formula}`);
    expect(countFormulaLike(reportOf(formulas))).toBe(formulas.length);
  });

  it('guards labels too', () => {
    const report = reportOf(['x']);
    report.predictions[0]!.predicted = 1;
    const { text, guarded } = predictionsCsv(report);
    expect(text).toContain(",'=cmd(),");
    expect(guarded).toBe(1);
    expect(countFormulaLike(report)).toBe(1);
  });

  it('can be switched off, and the guarded text reads back as it was', () => {
    expect(predictionsCsv(reportOf(['=1']), { guardFormulas: false })).toMatchObject({ guarded: 0 });
    for (const text of [...formulas, "'=already", "'tis", 'plain']) {
      const formula = predictionsCsv(reportOf([text])).guarded === 1;
      expect(withoutApostrophe(formula ? `'${text}` : text)).toBe(text);
    }
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(predictionsCsv(reportOf(['a "b", c\nd'])).text).toContain('"a ""b"", c\nd"');
  });
});
