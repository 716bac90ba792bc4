/** Scores of label sets, with scikit-learn's meaning at zero_division=0 (held to it in metrics.test.ts). */
import type { ClassScore, ThresholdPoint } from '../../domain';

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

/** Each row's mean over the labels, natural logarithm, from the logits: max(x, 0) - x y + ln(1 + e^-|x|). */
export function rowLosses(logits: readonly ArrayLike<number>[], truth: LabelSets): Float64Array {
  return Float64Array.from(logits, (row, index) => {
    const set = new Set(truth[index]);
    const sum = Array.from(row).reduce((total, logit, label) => total + Math.max(logit, 0) - (set.has(label) ? logit : 0) + Math.log1p(Math.exp(-Math.abs(logit))), 0);
    return row.length > 0 ? sum / row.length : 0;
  });
}

/** Mean over every row and label; all rows have as many labels. */
export function binaryCrossEntropy(logits: readonly ArrayLike<number>[], truth: LabelSets): number {
  return logits.length > 0 ? rowLosses(logits, truth).reduce((sum, loss) => sum + loss, 0) / logits.length : 0;
}

/** Labels whose sigmoid is at least the threshold. */
export function labelsAbove(scores: readonly number[], threshold: number): number[] {
  return scores.flatMap((score, label) => (score >= threshold ? [label] : []));
}

const STEPS = 100;

/** Steps of a hundredth that a score reaches: the largest whole k with k / 100 at most the score. */
function stepsReached(score: number): number {
  const near = Math.min(STEPS, Math.max(0, Math.round(score * STEPS)));
  return near / STEPS <= score ? near : near - 1;
}

/** Micro-averaged figures at every hundredth from 0.01 to 0.99, counted in one pass over the scores. */
export function thresholdCurve(scores: readonly (readonly number[])[], truth: LabelSets): ThresholdPoint[] {
  const answered = new Float64Array(STEPS + 1);
  const right = new Float64Array(STEPS + 1);
  let support = 0;
  scores.forEach((row, index) => {
    const set = new Set(truth[index]);
    support += set.size;
    row.forEach((score, label) => {
      const steps = stepsReached(score);
      answered[steps] = (answered[steps] ?? 0) + 1;
      if (set.has(label)) right[steps] = (right[steps] ?? 0) + 1;
    });
  });
  const points: ThresholdPoint[] = [];
  const above = { right: right[STEPS] ?? 0, answered: answered[STEPS] ?? 0, support };
  for (let step = STEPS - 1; step > 0; step -= 1) {
    above.right += right[step] ?? 0;
    above.answered += answered[step] ?? 0;
    points.push({
      threshold: step / STEPS,
      precision: above.answered > 0 ? above.right / above.answered : null,
      recall: support > 0 ? above.right / support : null,
      microF1: above.answered + support > 0 ? f1Of(above) : null,
    });
  }
  return points.reverse();
}

/** The threshold of the curve with the best micro F1; of equals the one nearest to one half, then the lower. One half of nothing. */
export function bestThreshold(curve: readonly ThresholdPoint[]): number {
  const nearest = [...curve].sort((a, b) => Math.abs(a.threshold - 0.5) - Math.abs(b.threshold - 0.5) || a.threshold - b.threshold);
  return nearest.reduce((best, { threshold, microF1: f1 }) => ((f1 ?? 0) > best.f1 ? { threshold, f1: f1 ?? 0 } : best), { threshold: 0.5, f1: 0 }).threshold;
}
