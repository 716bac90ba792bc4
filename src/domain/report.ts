/** Scores on the test rows. `null` where a figure has no meaning (no row of that label), never 0 and never NaN. */

export interface ClassScore {
  label: string;
  precision: number | null;
  recall: number | null;
  f1: number | null;
  support: number;
}

export interface Prediction {
  /** Spreadsheet row in its file. */
  row: number;
  text: string;
  /** Index of the true label and of the answer. */
  label: number;
  predicted: number;
  logits: number[];
  /** Softmax of `logits`, one a label, summing to 1. */
  scores: number[];
}

export interface Report {
  task: 'single-label-classification';
  labels: string[];
  rows: number;
  accuracy: number;
  /** Wilson score interval at 95 %. */
  accuracyInterval: [number, number];
  macroF1: number;
  loss: number;
  baseline: { label: string; accuracy: number };
  classes: ClassScore[];
  /** confusion[true][predicted] counts; `null` above 200 labels, where only `worstPairs` is given. */
  confusion: number[][] | null;
  /** Commonest confusions first, at most 50. */
  worstPairs: { label: number; predicted: number; rows: number }[];
  predictions: Prediction[];
}
