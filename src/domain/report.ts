/** Scores on the test rows. `null` where a figure has no meaning (no row of that label), never 0 and never NaN. */
import type { Calibration } from './calibration';
import type { Scaler } from './dataset';
import type { TaskOf } from './tasks';

/** 95 %: both ends, in the figure's own unit. Null where the figure, or its spread over rows drawn anew, has no meaning. */
export type Interval = [number, number] | null;

interface ReportOf {
  labels: string[];
  rows: number;
  /** By the names of `reportMetrics`: bootstrap over the test rows (src/tasks/bootstrap). */
  intervals: Record<string, Interval>;
  /** Where test rows repeat texts that were learnt from: the same figures on the other rows alone. */
  withoutLeaks?: { rows: number; metrics: Record<string, number | null> };
}

export interface ClassScore {
  label: string;
  precision: number | null;
  recall: number | null;
  f1: number | null;
  support: number;
}

interface PredictionOf<Label, Predicted> {
  /** Spreadsheet row in its file. */
  row: number;
  text: string;
  /** Second text of a pair. */
  textPair?: string;
  /** The truth and the answer. */
  label: Label;
  predicted: Predicted;
  /** As the model gave them: before softmax, sigmoid or the scaler. */
  logits: number[];
}

/** Label ids. */
export interface Prediction extends PredictionOf<number, number> {
  /** Softmax of `logits`, one a label, summing to 1. */
  scores: number[];
}

export interface ClassificationReport extends ReportOf {
  kind: 'class';
  task: TaskOf<'class'>;
  accuracy: number;
  macroF1: number;
  loss: number;
  baseline: { label: string; accuracy: number };
  /** Of the answers: their score against how often they are right. */
  calibration: Calibration;
  classes: ClassScore[];
  /** confusion[true][predicted] counts; `null` above 200 labels, where only `worstPairs` is given. */
  confusion: number[][] | null;
  /** Commonest confusions first, at most 50. */
  worstPairs: { label: number; predicted: number; rows: number }[];
  predictions: Prediction[];
}

export interface RegressionReport extends ReportOf {
  kind: 'number';
  task: TaskOf<'number'>;
  /** In the target's own unit; `loss` is in the scaler's. */
  meanSquaredError: number;
  meanAbsoluteError: number;
  /** Null where all truths are equal. */
  r2: number | null;
  /** Null where truths or answers are all equal. */
  pearson: number | null;
  spearman: number | null;
  loss: number;
  /** What always answering the training rows' mean reaches. */
  baseline: { value: number; meanSquaredError: number; meanAbsoluteError: number };
  scaler: Scaler;
  /** Numbers in the target's own unit. */
  predictions: PredictionOf<number, number>[];
}

/** Micro-averaged figures at one threshold. Precision is null where nothing is answered, recall where no row has a label. */
export interface ThresholdPoint {
  threshold: number;
  precision: number | null;
  recall: number | null;
  microF1: number | null;
}

export interface MultiLabelReport extends ReportOf {
  kind: 'labels';
  task: TaskOf<'labels'>;
  /** A label is answered where its sigmoid is at least this; chosen on the validation rows. */
  threshold: number;
  /** On the validation rows, thresholds ascending; empty where there were none. */
  thresholdCurve: ThresholdPoint[];
  microF1: number;
  macroF1: number;
  /** Mean of the rows' own F1. */
  sampleF1: number;
  /** Share of rows with every label right. */
  exactMatch: number;
  loss: number;
  /** What always answering the labels that most training rows have reaches. */
  baseline: { labels: string[]; microF1: number };
  /** Of every label of every row: its score against how often the row has it. */
  calibration: Calibration;
  classes: ClassScore[];
  /** Label ids, ascending; `scores` are sigmoids, one a label. */
  predictions: (PredictionOf<number[], number[]> & { scores: number[] })[];
}

/**
 * How tags mark an entity: IOB2, every one begins with B; IOB1, one begins with I, and with B only right behind another of
 * its type; IOBES (also written BILOU or BMES), the last word is marked E, one of a single word S.
 */
export type TagScheme = 'IOB1' | 'IOB2' | 'IOBES';

export interface TokenReport extends ReportOf {
  kind: 'tokens';
  /** As the test rows are tagged: the answers' tags are read in the same way. */
  scheme: TagScheme;
  task: TaskOf<'tokens'>;
  /** Entities whole, type and both ends right (seqeval's strict mode). Null where there is none to find or none was found. */
  precision: number | null;
  recall: number | null;
  f1: number;
  macroF1: number;
  /** Share of words with the right tag. */
  tokenAccuracy: number;
  loss: number;
  /** Words with the commonest training tag: what always answering it is right in. */
  baseline: { label: string; tokenAccuracy: number };
  /** Of the tags of the words that were read. */
  calibration: Calibration;
  /** By entity type. */
  classes: ClassScore[];
  /** One label id a word; `logits` of the read words one after another. Words past the length limit are answered O (-1 where there is no O). */
  predictions: (PredictionOf<number[], number[]> & { words: string[] })[];
}

export type Report = ClassificationReport | RegressionReport | MultiLabelReport | TokenReport;

/** The report's own figures by name, for lists, files and logs. */
export function reportMetrics(report: Report): Record<string, number | null> {
  switch (report.kind) {
    case 'class':
      return { accuracy: report.accuracy, macroF1: report.macroF1, loss: report.loss };
    case 'number': {
      const { meanSquaredError, meanAbsoluteError, r2, pearson, spearman, loss } = report;
      return { meanSquaredError, meanAbsoluteError, r2, pearson, spearman, loss };
    }
    case 'labels': {
      const { microF1, macroF1, sampleF1, exactMatch, threshold, loss } = report;
      return { microF1, macroF1, sampleF1, exactMatch, threshold, loss };
    }
    case 'tokens': {
      const { precision, recall, f1, macroF1, tokenAccuracy, loss } = report;
      return { precision, recall, f1, macroF1, tokenAccuracy, loss };
    }
  }
}
