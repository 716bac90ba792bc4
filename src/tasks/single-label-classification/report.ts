/** What the test rows say of a model. */
import type { Example, Prediction, Report } from '../../domain';
import { accuracy, argmax, classScores, confusionCounts, crossEntropy, macroF1, softmax, wilsonInterval } from './metrics';

/** Above this many labels the whole matrix is neither built nor kept (fault 9); the worst pairs say more. */
const LARGEST_MATRIX = 200;
const WORST_PAIRS = 50;

export function predictions(examples: readonly Example[], logits: readonly ArrayLike<number>[]): Prediction[] {
  return examples.map(({ row, text, label }, index) => {
    const values = Array.from(logits[index] ?? []);
    return { row, text, label, predicted: argmax(values), logits: values, scores: softmax(values) };
  });
}

function worstPairs(answered: readonly Prediction[], labels: number): Report['worstPairs'] {
  const counts = new Map<number, number>();
  for (const { label, predicted } of answered) {
    if (label === predicted) continue;
    const pair = label * labels + predicted;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .sort(([pairA, rowsA], [pairB, rowsB]) => rowsB - rowsA || pairA - pairB)
    .slice(0, WORST_PAIRS)
    .map(([pair, rows]) => ({ label: Math.floor(pair / labels), predicted: pair % labels, rows }));
}

/** @param baseline the commonest training label; its share among the test rows is what guessing would reach */
export function buildReport(labels: readonly string[], answered: Prediction[], baseline: number): Report {
  const truth = answered.map(({ label }) => label);
  const answers = answered.map(({ predicted }) => predicted);
  const right = answered.filter(({ label, predicted }) => label === predicted).length;
  const counts = labels.length <= LARGEST_MATRIX ? confusionCounts(truth, answers, labels.length) : null;
  return {
    task: 'single-label-classification',
    labels: [...labels],
    rows: answered.length,
    accuracy: accuracy(truth, answers),
    accuracyInterval: wilsonInterval(right, answered.length),
    macroF1: macroF1(truth, answers, labels.length),
    loss: crossEntropy(answered.map(({ logits }) => logits), truth),
    baseline: { label: labels[baseline] ?? '', accuracy: accuracy(truth, truth.map(() => baseline)) },
    classes: classScores(truth, answers, labels),
    confusion: counts && labels.map((_, row) => Array.from(counts.subarray(row * labels.length, (row + 1) * labels.length))),
    worstPairs: worstPairs(answered, labels.length),
    predictions: answered,
  };
}

/** Index of the commonest label; the first of equals. */
export function commonestLabel(examples: readonly Example[], labels: number): number {
  const counts = new Uint32Array(labels);
  for (const { label } of examples) counts[label] = (counts[label] ?? 0) + 1;
  return argmax(counts);
}
