/** Scores of label sets, with scikit-learn's meaning at zero_division=0 (held to it in metrics.test.ts). */
import type { ClassScore } from '../../domain';

export type LabelSets = readonly (readonly number[])[];

/** Plain counts, added up over labels or rows. */
export interface Counts {
  right: number;
  support: number;
  answered: number;
}

/** F1 of counts; 0 where there is neither a truth nor an answer. */
export const f1Of = ({ right, support, answered }: Counts): number => (support + answered > 0 ? (2 * right) / (support + answered) : 0);

export function countLabels(truth: LabelSets, answers: LabelSets, labels: number): Counts[] {
  const counts = Array.from({ length: labels }, (): Counts => ({ right: 0, support: 0, answered: 0 }));
  truth.forEach((set, row) => {
    const answer = new Set(answers[row]);
    for (const label of set) {
      const count = counts[label];
      if (!count) continue;
      count.support += 1;
      if (answer.has(label)) count.right += 1;
    }
    for (const label of answer) {
      const count = counts[label];
      if (count) count.answered += 1;
    }
  });
  return counts;
}

export function microF1(truth: LabelSets, answers: LabelSets, labels: number): number {
  const sum = { right: 0, support: 0, answered: 0 };
  for (const { right, support, answered } of countLabels(truth, answers, labels)) {
    sum.right += right;
    sum.support += support;
    sum.answered += answered;
  }
  return f1Of(sum);
}

/** Over all labels, also those that never occur. */
export function macroF1(truth: LabelSets, answers: LabelSets, labels: number): number {
  return labels > 0 ? countLabels(truth, answers, labels).reduce((sum, count) => sum + f1Of(count), 0) / labels : 0;
}

/** Mean of the rows' own F1; a row with neither a truth nor an answer counts 0, as in scikit-learn. */
export function sampleF1(truth: LabelSets, answers: LabelSets): number {
  if (truth.length === 0) return 0;
  const sum = truth.reduce((total, set, row) => {
    const answer = new Set(answers[row]);
    return total + f1Of({ right: set.filter((label) => answer.has(label)).length, support: set.length, answered: answer.size });
  }, 0);
  return sum / truth.length;
}

export function exactMatch(truth: LabelSets, answers: LabelSets): number {
  if (truth.length === 0) return 0;
  return truth.filter((set, row) => [...set].sort().join() === [...(answers[row] ?? [])].sort().join()).length / truth.length;
}

/** A label without test rows has no recall and no F1, one never answered no precision. */
export function labelScores(truth: LabelSets, answers: LabelSets, labels: readonly string[]): ClassScore[] {
  return countLabels(truth, answers, labels.length).map((count, index) => ({
    label: labels[index] ?? '',
    precision: count.answered > 0 ? count.right / count.answered : null,
    recall: count.support > 0 ? count.right / count.support : null,
    f1: count.support > 0 ? f1Of(count) : null,
    support: count.support,
  }));
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Mean over every row and label, natural logarithm, from the logits: max(x, 0) - x y + ln(1 + e^-|x|). */
export function binaryCrossEntropy(logits: readonly ArrayLike<number>[], truth: LabelSets): number {
  let sum = 0;
  let terms = 0;
  logits.forEach((row, index) => {
    const set = new Set(truth[index]);
    Array.from(row).forEach((logit, label) => {
      sum += Math.max(logit, 0) - (set.has(label) ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit)));
      terms += 1;
    });
  });
  return terms > 0 ? sum / terms : 0;
}

/** Labels whose sigmoid is at least the threshold. */
export function labelsAbove(scores: readonly number[], threshold: number): number[] {
  return scores.flatMap((score, label) => (score >= threshold ? [label] : []));
}

/** The threshold, in steps of a hundredth, with the best micro F1; of equals the one nearest to one half, then the lower. */
export function bestThreshold(scores: readonly (readonly number[])[], truth: LabelSets, labels: number): number {
  let best = { threshold: 0.5, f1: -1 };
  const steps = Array.from({ length: 99 }, (_, index) => index + 1).sort((a, b) => Math.abs(a - 50) - Math.abs(b - 50) || a - b);
  for (const step of steps) {
    const threshold = step / 100;
    const f1 = microF1(truth, scores.map((row) => labelsAbove(row, threshold)), labels);
    if (f1 > best.f1) best = { threshold, f1 };
  }
  return best.threshold;
}
