/** What scikit-learn, scipy and seqeval answer (parity/golden_tasks.py), for tests. */
import { readFileSync } from 'node:fs';

interface CaseOf<Task, Expected> {
  task: Task;
  name: string;
  expected: Expected;
}

export interface GoldenScore {
  label: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

export type RegressionCase = CaseOf<'regression', Record<'meanSquaredError' | 'meanAbsoluteError', number> & Record<'r2' | 'pearson' | 'spearman', number | null>> & { truth: number[]; answers: number[] };
export type MultiLabelCase = CaseOf<'multi-label', Record<'microF1' | 'macroF1' | 'sampleF1' | 'exactMatch' | 'loss', number> & { perLabel: GoldenScore[] }> & {
  truth: number[][];
  answers: number[][];
  logits: number[][];
};
export type TokenCase = CaseOf<'tokens', Record<'precision' | 'recall' | 'f1' | 'macroF1', number> & { perType: GoldenScore[] }> & {
  scheme: 'IOB1' | 'IOB2' | 'IOBES';
  truth: string[][];
  answers: string[][];
};
type GoldenCase = RegressionCase | MultiLabelCase | TokenCase;

export function goldenCases<Task extends GoldenCase['task']>(task: Task): [string, Extract<GoldenCase, { task: Task }>][] {
  const { cases } = JSON.parse(readFileSync('parity/golden/task-metrics.json', 'utf8')) as { cases: GoldenCase[] };
  return cases.filter((one): one is Extract<GoldenCase, { task: Task }> => one.task === task).map((one) => [one.name, one]);
}
