import { describe, expect, it } from 'vitest';
import { importTable } from '../data';
import type { ClassificationReport, MultiLabelReport, RegressionReport, Report, TokenReport } from '../domain';
import { countFormulaLike, predictionsCsv } from './predictionsCsv';

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

  it('can be switched off, and says in which rows it was not', () => {
    expect(predictionsCsv(reportOf(['=1']), { guardFormulas: false })).toMatchObject({ guarded: 0 });
    const [header, ...lines] = predictionsCsv(reportOf(['=1', "'tis", "'=already"])).text.split('\r\n');
    expect(header).toMatch(/,apostrophe$/);
    expect(lines.map((line) => line.at(-1))).toEqual(['1', '0', '1', undefined]);
    expect(predictionsCsv(reportOf(["'tis"])).text).not.toContain('apostrophe');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(predictionsCsv(reportOf(['a "b", c\nd'])).text).toContain('"a ""b"", c\nd"');
  });
});

describe('predictionsCsv of the other kinds', () => {
  const base = { rows: 2, loss: 0, intervals: {}, calibration: { expectedCalibrationError: 0, bins: [] }, classes: [] };
  const sets: MultiLabelReport = {
    ...base, kind: 'labels', task: 'multi-label-classification', labels: ['joy', 'a, b'], threshold: 0.5, thresholdCurve: [],
    microF1: 1, macroF1: 1, sampleF1: 1, exactMatch: 1, baseline: { labels: ['joy'], microF1: 0.5 },
    predictions: [
      { row: 2, text: '=x', label: [0, 1], predicted: [0], logits: [1, -1], scores: [0.75, 0.25] },
      { row: 3, text: 'y', label: [], predicted: [], logits: [-1, -1], scores: [0.25, 0.25] },
    ],
  };
  const numbers: RegressionReport = {
    ...base, kind: 'number', task: 'text-pair-regression', labels: ['score'], meanSquaredError: 1, meanAbsoluteError: 1, r2: null, pearson: null, spearman: null,
    baseline: { value: 0, meanSquaredError: 1, meanAbsoluteError: 1 }, scaler: { mean: 0, standardDeviation: 1 },
    predictions: [{ row: 2, text: 'a', textPair: '+b', label: -3.8, predicted: -1.100000023841858, logits: [-1.1] }],
  };
  const tags: TokenReport = {
    ...base, kind: 'tokens', task: 'token-classification', scheme: 'IOB2', labels: ['B-PER', 'O'], precision: 1, recall: 1, f1: 1, macroF1: 1, tokenAccuracy: 1, baseline: { label: 'O', tokenAccuracy: 1 },
    predictions: [{ row: 7, text: 'Ann "runs"', words: ['Ann', '"runs"'], label: [0, 1], predicted: [0, -1], logits: [] }],
  };
  const linesOf = (report: Report) => predictionsCsv(report).text.slice(1).split('\r\n');

  it('lists labels as JSON', () => {
    expect(linesOf(sets)).toEqual(['row,text,label,answer,right,score: joy,"score: a, b",apostrophe', `2,'=x,"[""joy"",""a, b""]","[""joy""]",0,0.750000,0.250000,1`, '3,y,[],[],1,0.250000,0.250000,0', '']);
  });

  it('leaves numbers numbers, negative ones too, and has both texts of a pair', () => {
    expect(linesOf(numbers)).toEqual(['row,text,text 2,label,answer,difference,apostrophe', "2,a,'+b,-3.8,-1.1,2.7,1", '']);
    expect(countFormulaLike(numbers)).toBe(1);
  });

  it('joins tags; a word that was not read is O', () => {
    expect(linesOf(tags)).toEqual(['row,text,label,answer,right', '7,"Ann ""runs""",B-PER O,B-PER O,0', '']);
  });

  it('gives every text and label back when it is opened here', async () => {
    const cellsOf = async (report: Report, name: string, guardFormulas = true) => {
      const bytes = new TextEncoder().encode(predictionsCsv(report, { guardFormulas }).text);
      const table = await importTable({ name: 'predictions.csv', bytes }, {});
      return [...(table.columns.find((column) => column.name === name)?.cells ?? [])];
    };
    const texts = [...formulas, "'=already", "'tis", 'a "b", c\nd', ' spaces ', '中文，“引号”', '😀'];
    expect(await cellsOf(reportOf(texts), 'text')).toEqual(texts);
    expect(await cellsOf(reportOf(texts), 'text', false)).toEqual(texts);
    expect(await cellsOf(numbers, 'text 2')).toEqual(['+b']);
    expect(await cellsOf(numbers, 'label')).toEqual(['-3.8']);
    expect(await cellsOf(sets, 'text')).toEqual(['=x', 'y']);
    expect((await cellsOf(sets, 'label')).map((cell) => JSON.parse(cell) as unknown)).toEqual([['joy', 'a, b'], []]);
    expect(await cellsOf(tags, 'text')).toEqual(['Ann "runs"']);
  });
});
